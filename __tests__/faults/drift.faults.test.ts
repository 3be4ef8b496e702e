import { stackRoot } from "../support/app-stack";
import { askAws, type AwsRequest } from "../support/emulated-aws";
import { deviations, outcome, type Outcome } from "../support/faults";
import type { TerraformRoot } from "../support/terraform-root";

type Ids = Readonly<Record<string, string>>;
type Call = Omit<AwsRequest, "account">;

const form = (service: string, version: string, fields: Record<string, string>): Call => ({
  service,
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams({ Version: version, ...fields }).toString(),
});
const json = (service: string, target: string, body: object): Call => ({
  service,
  headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});
const remove = (service: string, path: string): Call => ({ service, path, method: "DELETE" });
const ec2 = (fields: Record<string, string>) => form("ec2", "2016-11-15", fields);

/** What somebody does past Terraform: to which resource, by which call, and what the next plan is to say. */
const CHANGES: readonly (readonly [string, string, (id: Ids) => Call, string])[] = [
  [
    "a security group opened to the world",
    "aws_security_group.datastore_rds_security_group",
    ({ id = "" }) =>
      ec2({
        Action: "AuthorizeSecurityGroupIngress",
        GroupId: id,
        "IpPermissions.1.IpProtocol": "tcp",
        "IpPermissions.1.FromPort": "5432",
        "IpPermissions.1.ToPort": "5432",
        "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
      }),
    "update",
  ],
  [
    "a route deleted",
    "aws_route.network_internet[0]",
    ({ route_table_id = "" }) =>
      ec2({ Action: "DeleteRoute", RouteTableId: route_table_id, DestinationCidrBlock: "0.0.0.0/0" }),
    "create",
  ],
  [
    "a bucket opened to the public",
    "aws_s3_bucket_public_access_block.datastore_this",
    ({ bucket = "" }) => remove("s3", `/${bucket}?publicAccessBlock`),
    "create",
  ],
  [
    "a bucket's encryption taken away",
    "aws_s3_bucket.datastore_this",
    ({ id = "" }) => remove("s3", `/${id}?encryption`),
    "update",
  ],
  [
    "a function's settings changed",
    "aws_lambda_function.metadata_service_db_migrate_lambda",
    ({ function_name = "" }) => ({
      service: "lambda",
      path: `/2015-03-31/functions/${function_name}/configuration`,
      method: "PUT",
      body: JSON.stringify({ Timeout: 3 }),
    }),
    "update",
  ],
  [
    "a log group deleted",
    "aws_cloudwatch_log_group.metadata_service_this",
    ({ name = "" }) => json("logs", "Logs_20140328.DeleteLogGroup", { logGroupName: name }),
    "create",
  ],
  [
    "a role's policy deleted",
    "aws_iam_role_policy.metadata_service_grant_lambda_ecs_vpc",
    ({ role = "", name = "" }) =>
      form("iam", "2010-05-08", { Action: "DeleteRolePolicy", RoleName: role, PolicyName: name }),
    "create",
  ],
  [
    "a key disabled",
    "aws_kms_key.datastore_s3",
    ({ key_id = "" }) => json("kms", "TrentService.DisableKey", { KeyId: key_id }),
    "update",
  ],
  [
    "the database changed",
    "aws_db_instance.datastore_this[0]",
    ({ identifier = "" }) =>
      form("rds", "2014-10-31", {
        Action: "ModifyDBInstance",
        DBInstanceIdentifier: identifier,
        DBInstanceClass: "db.t4g.micro",
        ApplyImmediately: "true",
      }),
    "update",
  ],
  [
    "a listener deleted",
    "aws_lb_listener.metadata_service_this",
    ({ arn = "" }) => form("elasticloadbalancing", "2015-12-01", { Action: "DeleteListener", ListenerArn: arn }),
    "create",
  ],
  [
    "the service deleted",
    "aws_ecs_service.metadata_service_this",
    ({ cluster = "", name = "" }) =>
      json("ecs", "AmazonEC2ContainerServiceV20141113.DeleteService", { cluster, service: name, force: true }),
    "create",
  ],
  [
    "the API's key taken from its usage plan",
    "aws_api_gateway_usage_plan_key.metadata_service_this[0]",
    ({ usage_plan_id = "", key_id = "" }) => remove("apigateway", `/usageplans/${usage_plan_id}/keys/${key_id}`),
    "create",
  ],
  [
    "a method of the API deleted",
    "aws_api_gateway_method.metadata_service_db",
    ({ rest_api_id = "", resource_id = "" }) =>
      remove("apigateway", `/restapis/${rest_api_id}/resources/${resource_id}/methods/GET`),
    "create",
  ],
];

/**
 * What a plan may touch because of what it depends on: Terraform reads a policy document anew at apply where it names a bucket or a
 * key that changes, and the containers name the log group's region by its ARN.
 */
const DEPENDENT =
  /^aws_(api_gateway_(integration|method_response|deployment|stage)|s3_bucket_policy|ecs_task_definition|iam_role_policy\.(job_role_(datastore|step_functions)|step_functions_step_functions_s3))\b/;

interface Shown {
  readonly values: { readonly root_module: { readonly resources: readonly { address: string; values: Ids }[] } };
}

describe("a plan shows, and an apply mends,", () => {
  let root: TerraformRoot;
  let before: Outcome;
  let shown: readonly string[];
  let left: readonly string[];
  let after: Outcome;
  const refused: string[] = [];

  beforeAll(async () => {
    root = stackRoot();
    await root.apply();
    before = await outcome(root);
    const { resources } = ((await root.state()) as Shown).values.root_module;
    for (const [what, address, call] of CHANGES) {
      const values = resources.find((resource) => resource.address === address)?.values ?? {};
      const { status, body } = await askAws({ ...call(values), account: root.account });
      if (status >= 300) refused.push(`${what}: ${body}`);
    }
    shown = await root.changes();
    await root.apply();
    left = await root.changes();
    if (left.length > 0) await root.apply();
    after = await outcome(root);
  });

  // The deployment is created before the old one is destroyed, and with it what it depends on: Terraform puts the new integration
  // over the old one, and then deletes it, unless the two come about the other way round.
  test("with one apply, but for the integration of a method that was deleted, which may take two", () => {
    expect(["", "aws_api_gateway_integration.metadata_service_db: create"]).toContain(left.join());
  });

  test.each(CHANGES)("%s", (_, address, __, action) => {
    expect(refused).toEqual([]);
    expect(shown).toContain(`${address}: ${action}`);
    // Nothing else is changed but what depends on it.
    const addresses = CHANGES.map(([, each]) => each);
    const others = shown.map((change) => change.split(": ")[0] ?? "").filter((each) => !addresses.includes(each));
    expect(others.filter((each) => !DEPENDENT.test(each))).toEqual([]);
    // A task definition that was made anew has the next revision.
    const isAnew = (each: string) => each.startsWith("aws_ecs_task_definition.");
    expect(deviations(before, after, isAnew)).toEqual([]);
  });
});
