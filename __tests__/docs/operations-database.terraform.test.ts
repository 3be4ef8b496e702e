import { Operator } from "../support/operator";

const DATABASE = "metaflow-metaflow-prod";

describe("somebody who follows docs/operations.md with the database", () => {
  const operator = new Operator();

  beforeAll(() => operator.begin());
  afterAll(() => operator.end());

  test("upgrades the database's major version", async () => {
    const before = await operator.instance(DATABASE);
    await operator.follow("Upgrade the database's major version", { db_engine_version: "18" });
    const after = await operator.instance(DATABASE);
    expect([before.EngineVersion, after.EngineVersion]).toEqual(["17", "18"]);
    expect(after.DbiResourceId).toBe(before.DbiResourceId);
  });

  test("restores the database", async () => {
    const before = await operator.instance(DATABASE);
    await operator.follow("Restore the database");
    const after = await operator.instance(DATABASE);
    expect(after.DbiResourceId).not.toBe(before.DbiResourceId);
    expect((await operator.instance("metaflow-metaflow-damaged")).DbiResourceId).toBe(before.DbiResourceId);
    expect(after).toMatchObject({
      DeletionProtection: true,
      BackupRetentionPeriod: 14,
      EngineVersion: before.EngineVersion,
    });
    expect(await operator.changes()).toEqual([]);
  });
});
