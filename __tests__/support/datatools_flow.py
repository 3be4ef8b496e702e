"""A flow that uses the datastore in every way that Metaflow's S3 client has."""

from metaflow import S3, FlowSpec, IncludeFile, current, step

PARTS = 9 * 1024 * 1024  # boto3 uploads what is larger than 8 MiB in parts


class DatatoolsFlow(FlowSpec):
    included = IncludeFile("included", default=__file__)

    @step
    def start(self):
        self.items = list(range(3))
        self.next(self.work, foreach="items")

    @step
    def work(self):
        self.next(self.join)

    @step
    def join(self, inputs):
        self.artifacts = {f"artifact-{index}": index for index in range(20)}
        with S3(run=self) as s3:
            s3.put("one", "1")
            s3.put_many([(f"many/{index}", str(index)) for index in range(12)])
            s3.put("large", b"0" * PARTS)
        with S3(run=self) as s3:
            found = {item.key for item in s3.list_recursive()}
            assert found == {"one", "large", *(f"many/{index}" for index in range(12))}, found
            assert len(s3.list_paths(["many"])) == 12
            assert s3.get("one").text == "1"
            assert s3.get("large").size == PARTS
            assert len(s3.get_many(sorted(found))) == 14
            assert len(list(s3.get_recursive(["many"]))) == 12
            assert not s3.get("missing", return_missing=True).exists
            assert not s3.info("missing", return_missing=True).exists
            assert s3.info_many(["one", "missing"], return_missing=True)[0].size == 1
        self.next(self.end)

    @step
    def end(self):
        print(f"{current.flow_name} is through")


if __name__ == "__main__":
    DatatoolsFlow()
