import { stackRoot } from "../support/app-stack";
import { askAws, noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";
import { deployerCall } from "../support/deployer-calls";
import { dependentCalls } from "../support/deployer-dependents";
import { deployerPolicies } from "../support/deployer-policies";
import { judge, type Call } from "../support/iam";
import { isInOrder, orderNames, type Order } from "../support/order";
import { argument, CHANGEABLE, INPUT_CHANGES } from "../support/input-changes";

/** Every input that a deployment may change, with its other value; the upgrade and the destroy need leave to do so. */
const CHANGED = INPUT_CHANGES.flatMap(([input, value, effect]) =>
  "replaced" in effect ? [argument(input, value)] : [],
);
const BALANCER = "aws_lb.metadata_service_this";
const BACK = ["-var=apply_immediately=true", "-var=db_engine_version=18"];

const IN_ORDER: readonly Order[] = [
  [{ operation: "ecs:RegisterTaskDefinition" }, { operation: "ecs:UpdateService" }],
  [{ operation: "elbv2:CreateLoadBalancer" }, { operation: "elbv2:DeleteLoadBalancer" }],
  [{ operation: "apigateway:CreateDeployment" }, { operation: "apigateway:UpdateStage", of: "/deploymentId" }],
  [{ operation: "apigateway:UpdateStage", of: "/deploymentId" }, { operation: "apigateway:DeleteDeployment" }],
  [{ operation: "apigateway:CreateVpcLink" }, { operation: "apigateway:UpdateIntegration" }],
  [{ operation: "apigateway:DeleteVpcLink" }, { operation: "elbv2:DeleteLoadBalancer" }],
  [{ operation: "rds:CreateDBParameterGroup" }, { operation: "rds:ModifyDBInstance" }],
];

const BOUNDARY = "arn:aws:iam::123456789012:policy/metaflow-boundary";

/** What is done to nothing of somebody else's, or has no resource. */
const OF_THE_API = /:API-Gateway-Execution-Logs_/;
const EVERYWHERE =
  /:(Describe|Create(?!Role|Route$|Grant|LaunchTemplateVersion)|TagResource|Get(CallerIdentity))|^apigateway:|logs:.*Delivery|VpcEndpointService/;

/** What changes need that are not those of inputs: new versions of this project, options, some of several parameters that go. */
const LATER = new Set([
  "dynamodb:UntagResource",
  "iam:UpdateAssumeRolePolicy",
  "kms:PutKeyPolicy",
  "lambda:UpdateFunctionCode",
  "logs:AssociateKmsKey",
  "rds:ResetDBParameterGroup",
]);

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
  const root = stackRoot({
    variables: { ...CHANGEABLE, permissions_boundary_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  });
  const names: (string | undefined)[] = [];
  const left: string[][] = [];
  /** All calls; and those of the apply of all changes. */
  let calls: readonly AwsCall[] = [];
  let changing: readonly AwsCall[] = [];

  beforeAll(async () => {
    const apply = async (...args: string[]) => {
      await root.apply(...args);
      left.push(await root.changes(...args.filter((arg) => !arg.startsWith("-replace"))));
      const { resources } = ((await root.state()) as State).values.root_module;
      names.push(resources.find(({ address }) => address === BALANCER)?.values.name);
    };
    await makeLogBucket(root.account);
    await noteCalls(root.account);
    await apply();
    const { length } = await notedCalls(root.account);
    await apply(...CHANGED, `-replace=${BALANCER}`);
    changing = (await notedCalls(root.account)).slice(length);
    await apply(...BACK);
    await askAws({
      service: "s3",
      account: root.account,
      path: `/${String(await root.output("s3_bucket_name"))}/a`,
      method: "PUT",
      body: "a",
    });
    await root.destroy(...BACK);
    // The object is the test's own.
    calls = (await notedCalls(root.account)).filter(({ operation }) => operation !== "PutObject");
  });

  test("each apply leaves nothing to do: the first, that of all changes, and that of the way back", () => {
    expect(CHANGED.length).toBeGreaterThan(40);
    expect(left).toEqual([[], [], []]);
  });

  test.each(orderNames(IN_ORDER))("%s", (_name, order) => {
    expect(isInOrder(changing, order)).toBe(true);
  });

  test("the task's definition that the service leaves stays registered", () => {
    expect(changing.map(({ operation }) => operation)).not.toContain("DeregisterTaskDefinition");
  });

  test("a load balancer that is replaced is made under another name before the old one is deleted", () => {
    const [before, after] = names;
    expect(before).toMatch(/^metaflow-nlb-prod-[0-9a-f]{5}$/);
    expect(after).toMatch(/^other-nlb-[0-9a-f]{5}$/);
  });

  describe("docs/deployer-policy.md", () => {
    const deployment = () => ({
      account: root.account,
      region: "us-west-2",
      tag: "metaflow-/-prod",
      boundary: BOUNDARY,
    });
    const policies = () => deployerPolicies(root.account);
    // The changed load_balancer_name_prefix is another name, and needs another policy.
    const named = (call: Call) => ({
      ...call,
      resource: String(call.resource ?? "*").replace("/other-nlb-", "/metaflow-nlb-"),
    });
    const asked = () =>
      calls.flatMap((call) => [deployerCall(call, deployment()), ...dependentCalls(call, deployment())]).map(named);
    const name = ({ action, resource = "*" }: Call) => `${action} on ${String(resource)}`;

    test("allows each call of applies, changes and a destroy", () => {
      const refused = asked().filter((call) => judge(policies(), call) !== "allowed");
      expect([...new Set(refused.map(name))]).toEqual([]);
      expect(calls.length).toBeGreaterThan(1000);
    });

    test("grants no action that none of them needs", () => {
      const needed = asked();
      const granted = policies().flatMap(({ Statement: all }) => [all].flat().flatMap(({ Action: some = [] }) => some));
      const unused = granted.filter((Action) => {
        const alone = { Statement: { Effect: "Allow" as const, Action, Resource: "*" } };
        return !needed.some((call) => judge([alone], call) === "allowed");
      });
      expect(unused.filter((action) => !LATER.has(action))).toEqual([]);
    });

    test("allows none of them on other names, or without the deployment's tag", () => {
      const foreign = asked()
        .filter(({ action, resource }) => !EVERYWHERE.test(action) && !OF_THE_API.test(String(resource)))
        .map(({ action, context, resource = "*" }) => ({
          action,
          context: Object.fromEntries(
            Object.entries(context ?? {}).filter(([key]) => !key.startsWith("aws:ResourceTag/")),
          ),
          resource: String(resource).replaceAll("metaflow-", "payroll-").replace("/aws-service-role/", "/other/"),
        }));
      expect(foreign.length).toBeGreaterThan(500);
      const allowed = foreign.filter((call) => judge(policies(), call) === "allowed");
      expect([...new Set(allowed.map(name))]).toEqual([]);
    });

    test.each([undefined, "arn:aws:iam::aws:policy/AdministratorAccess"])(
      "lets no role be made with the boundary %s",
      (boundary) => {
        const context: Record<string, string> = boundary === undefined ? {} : { "iam:PermissionsBoundary": boundary };
        const call = { action: "iam:CreateRole", resource: `arn:aws:iam::${root.account}:role/metaflow-x`, context };
        expect(judge(policies(), call)).toBe("denied");
      },
    );

    test("each policy is of a size that IAM takes", () => {
      const sizes = policies().map((policy) => JSON.stringify(policy).length);
      expect(sizes).toHaveLength(3);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
    });
  });
});
