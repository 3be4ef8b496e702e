"""A flow that a schedule starts."""

from metaflow import FlowSpec, schedule, step


@schedule(hourly=True)
class ScheduledFlow(FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print("started by the schedule")


if __name__ == "__main__":
    ScheduledFlow()
