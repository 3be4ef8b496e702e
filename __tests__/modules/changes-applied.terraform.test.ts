import { stackRoot } from "../support/app-stack";
import { askAws, noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";
import { isInOrder, orderNames, type Order } from "../support/order";
import { argument, CHANGEABLE, INPUT_CHANGES } from "../support/input-changes";

/** Every input that a deployment may change, with its other value; the upgrade and the destroy need leave to do so. */
const CHANGED = INPUT_CHANGES.flatMap(([input, value, effect]) =>
  "replaced" in effect ? [argument(input, value)] : [],
);
const BALANCER = "aws_lb.metadata_service_this";
const NOW = "-var=apply_immediately=true";

const IN_ORDER: readonly Order[] = [
  [{ operation: "ecs:RegisterTaskDefinition" }, { operation: "ecs:UpdateService" }],
  [{ operation: "elbv2:CreateLoadBalancer" }, { operation: "elbv2:DeleteLoadBalancer" }],
  [{ operation: "apigateway:CreateDeployment" }, { operation: "apigateway:UpdateStage", of: "/deploymentId" }],
  [{ operation: "apigateway:UpdateStage", of: "/deploymentId" }, { operation: "apigateway:DeleteDeployment" }],
  [{ operation: "apigateway:CreateVpcLink" }, { operation: "apigateway:UpdateIntegration" }],
  [{ operation: "apigateway:DeleteVpcLink" }, { operation: "elbv2:DeleteLoadBalancer" }],
  [{ operation: "rds:CreateDBParameterGroup" }, { operation: "rds:ModifyDBInstance" }],
];

interface State {
  readonly values: { readonly root_module: { readonly resources: { address: string; values: { name: string } }[] } };
}

/** The bucket that the changed `access_log_bucket` names. */
async function makeLogBucket(account: string): Promise<void> {
  const bucket = { account, service: "s3", path: "/acme-access-logs", method: "PUT" };
  const delivery = {
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::acme-access-logs/*",
  };
  await askAws({ ...bucket, body: OREGON });
  await askAws({
    ...bucket,
    path: "/acme-access-logs?policy",
    body: JSON.stringify({ Version: "2012-10-17", Statement: [delivery] }),
  });
}

const OREGON =
  "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";

describe("all inputs of a live deployment, changed in one apply", () => {
  const root = stackRoot({ variables: CHANGEABLE });
  const names: (string | undefined)[] = [];
  const left: string[][] = [];
  let calls: readonly AwsCall[] = [];

  beforeAll(async () => {
    const apply = async (...args: string[]) => {
      await root.apply(...args);
      left.push(await root.changes(...args.filter((arg) => !arg.startsWith("-replace"))));
      const { resources } = ((await root.state()) as State).values.root_module;
      names.push(resources.find(({ address }) => address === BALANCER)?.values.name);
    };
    await makeLogBucket(root.account);
    await apply();
    await noteCalls(root.account);
    await apply(...CHANGED, `-replace=${BALANCER}`);
    calls = await notedCalls(root.account);
    await apply(NOW, "-var=db_engine_version=18", "-var=deletion_protection=false");
  });

  test("each apply leaves nothing to do: the first, that of all changes, and that of the way back", () => {
    expect(CHANGED.length).toBeGreaterThan(40);
    expect(left).toEqual([[], [], []]);
  });

  test.each(orderNames(IN_ORDER))("%s", (_name, order) => {
    expect(isInOrder(calls, order)).toBe(true);
  });

  test("the task's definition that the service leaves stays registered", () => {
    expect(calls.map(({ operation }) => operation)).not.toContain("DeregisterTaskDefinition");
  });

  test("a load balancer that is replaced is made under another name before the old one is deleted", () => {
    const [before, after] = names;
    expect(before).toMatch(/^metaflow-nlb-prod-[0-9a-f]{5}$/);
    expect(after).toMatch(/^other-nlb-[0-9a-f]{5}$/);
  });
});
