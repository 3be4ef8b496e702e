"""The shapes that a flow can have: branches, a foreach in a foreach, a step that fails once, and one that always fails."""

from metaflow import FlowSpec, Parameter, catch, current, retry, step


class ShapesFlow(FlowSpec):
    word = Parameter("word", default="none")

    @step
    def start(self):
        self.outer = ["a", "b"]
        self.next(self.letters, self.attempts)

    @step
    def letters(self):
        self.next(self.letter, foreach="outer")

    @step
    def letter(self):
        self.letter_ = self.input
        self.inner = [1, 2]
        self.next(self.number, foreach="inner")

    @step
    def number(self):
        self.label = f"{self.letter_}{self.input}"
        self.next(self.numbers)

    @step
    def numbers(self, inputs):
        self.names = sorted(one.label for one in inputs)
        self.next(self.joined)

    @step
    def joined(self, inputs):
        self.names = sum(sorted(one.names for one in inputs), [])
        self.next(self.both)

    @retry(times=1, minutes_between_retries=0)
    @step
    def attempts(self):
        self.attempt = current.retry_count
        if self.attempt == 0:
            raise RuntimeError("the first attempt fails")
        self.next(self.caught)

    @catch(var="failure")
    @retry(times=0)
    @step
    def caught(self):
        raise ValueError("this step always fails")
        self.next(self.both)

    @step
    def both(self, inputs):
        self.merge_artifacts(inputs, include=["word"])
        self.result = f"{'-'.join(inputs.joined.names)} attempt {inputs.caught.attempt} {inputs.caught.failure.exception} {self.word}"
        self.next(self.end)

    @step
    def end(self):
        print(f"the shapes: {self.result}")


if __name__ == "__main__":
    ShapesFlow()
