"""A first flow: fans out, joins, and keeps its artifacts in the datastore and its metadata in the metadata service.

    python examples/flows/hello.py run
"""

from metaflow import FlowSpec, card, retry, step


class HelloFlow(FlowSpec):
    @step
    def start(self):
        self.names = ["datastore", "metadata service"]
        self.next(self.greet, foreach="names")

    @retry(times=1)
    @step
    def greet(self):
        self.greeting = f"hello from the {self.input}"
        self.next(self.join)

    @step
    def join(self, inputs):
        self.greetings = [branch.greeting for branch in inputs]
        self.next(self.end)

    @card
    @step
    def end(self):
        print("\n".join(self.greetings))


if __name__ == "__main__":
    HelloFlow()
