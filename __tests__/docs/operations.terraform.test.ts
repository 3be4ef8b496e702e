import { Operator } from "../support/operator";

describe("somebody who follows docs/operations.md, but for what is done to the database", () => {
  const operator = new Operator();

  beforeAll(() => operator.begin());
  afterAll(() => operator.end());

  const secret = async () => {
    const command = "secretsmanager get-secret-value --secret-id metaflow-database-password-prod";
    return (await operator.aws<{ SecretString: string }>(command)).SecretString;
  };

  test("rotates the database's password", async () => {
    const before = await secret();
    await operator.follow("Rotate the database's password", { database_password_version: 2 });
    expect(await secret()).not.toBe(before);
  });

  test("rotates the API key", async () => {
    const before = operator.profile();
    await operator.follow("Rotate the API key");
    const { METAFLOW_SERVICE_AUTH_KEY: key, ...others } = operator.profile();
    expect({ ...others, METAFLOW_SERVICE_AUTH_KEY: before.METAFLOW_SERVICE_AUTH_KEY }).toEqual(before);
    expect(key).not.toBe(before.METAFLOW_SERVICE_AUTH_KEY);
  });

  test("upgrades the metadata service, and the schema with it", async () => {
    const service = operator.service;
    service.isUpToDate = false;
    const image = "netflixoss/metaflow_metadata_service:v2.5.2";
    const printed = await operator.follow("Upgrade the metadata service", { metadata_service_container_image: image });
    expect(service.upgrades).toBe(1);
    expect(printed).toContain('"DBSnapshotIdentifier": "before-upgrade"');
    expect(printed).toContain('"final-status"');
    expect(await operator.changes()).toEqual([]);
  });

  test("has a deleted object back", async () => {
    const bucket = await operator.shell("terraform output -raw s3_bucket_name");
    const key = "metaflow/MyFlow/data/ab/abcd";
    await operator.shell(`printf 42 > "$HOME/artifact"
      aws s3api put-object --bucket ${bucket} --key ${key} --body "$HOME/artifact"
      aws s3api delete-object --bucket ${bucket} --key ${key}`);
    const read = `aws s3api get-object --bucket ${bucket} --key ${key} "$HOME/found" > /dev/null; cat "$HOME/found"`;
    await expect(operator.shell(read)).rejects.toThrow("NoSuchKey");
    await operator.follow("Restore an object");
    expect(await operator.shell(read)).toBe("42");
  });

  test("takes the deployment down for good", async () => {
    const bucket = await operator.shell("terraform output -raw s3_bucket_name");
    await operator.shell(`aws s3api delete-object --bucket ${bucket} --key metaflow/MyFlow/data/ab/abcd`);
    operator.keep({ force_destroy_s3_bucket: true });
    const printed = await operator.follow("Take the deployment down for good");
    expect(printed).toMatch(/Destroy complete! Resources: \d{2,3} destroyed/);
    expect(printed).toContain("final-snapshot");
    expect(await operator.root.addresses()).toEqual([]);
  });
});
