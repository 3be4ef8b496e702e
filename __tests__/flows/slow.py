"""A flow that takes as long as it is let, and says when it has begun."""

import time

from metaflow import FlowSpec, Parameter, step


class SlowFlow(FlowSpec):
    seconds = Parameter("seconds", default=600)

    @step
    def start(self):
        print("the step has begun", flush=True)
        time.sleep(self.seconds)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    SlowFlow()
