"""A step that takes longer than it may."""

import time

from metaflow import FlowSpec, step, timeout


class LateFlow(FlowSpec):
    # AWS Batch takes no less than a minute.
    @timeout(seconds=60)
    @step
    def start(self):
        time.sleep(600)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    LateFlow()
