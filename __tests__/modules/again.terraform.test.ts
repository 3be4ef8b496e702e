import { stackRoot } from "../support/app-stack";
import { askAws, noteCalls, notedCalls } from "../support/emulated-aws";
import { CHANGEABLE } from "../support/input-changes";

/** Log groups that AWS makes by itself, and that no destroy takes. */
const OF_AWS = ["RDSOSMetrics", "/aws/ecs/containerinsights/metaflow-prod/performance"];

test("a deployment is destroyed and made again under the same names, beside what AWS has left of it", async () => {
  const root = stackRoot({ variables: CHANGEABLE });
  const { account } = root;
  const logs = async (operation: string, parameters: object) =>
    askAws({
      service: "logs",
      account,
      headers: { "x-amz-target": `Logs_20140328.${operation}`, "content-type": "application/x-amz-json-1.1" },
      body: JSON.stringify(parameters),
    });
  await root.apply();
  await Promise.all(OF_AWS.map((logGroupName) => logs("CreateLogGroup", { logGroupName })));
  await root.destroy();
  const { logGroups: left } = JSON.parse((await logs("DescribeLogGroups", {})).body) as {
    logGroups: { logGroupName: string }[];
  };
  expect(left.map(({ logGroupName }) => logGroupName).sort()).toEqual([...OF_AWS].sort());
  await noteCalls(account);
  await root.apply();
  const made = (await notedCalls(account)).filter(({ operation }) => operation === "CreateLogGroup");
  expect(made.map(({ parameters }) => parameters.logGroupName)).not.toEqual(expect.arrayContaining(OF_AWS));
  expect(await root.changes()).toEqual([]);
});
