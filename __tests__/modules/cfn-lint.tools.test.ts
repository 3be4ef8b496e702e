import { stackRoot } from "../support/app-stack";
import { cfnLint, EXPLAINED, explains, NOT_COVERED, place, type CfnFinding, type Linted } from "../support/cfn-lint";
import { PLANTS, planted, type Name } from "../support/cfn-lint-plants";
import { noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";

/** What Terraform made of a stack, and by which requests. */
interface Applied {
  readonly calls: readonly AwsCall[];
  readonly addresses: readonly string[];
}

const SETTINGS: Readonly<Record<Name, Readonly<Record<string, unknown>>>> = {
  "an instance": {},
  Aurora: {
    api_basic_auth: false,
    access_list_cidr_blocks: ["198.51.100.0/24", "2001:db8::/32"],
    db_engine: "aurora-postgresql",
    db_engine_version: "17.7",
    db_instance_type: "db.r6g.large",
    vpc_endpoints: true,
    with_public_ip: false,
  },
};

const NAMES = Object.keys(SETTINGS) as Name[];
const applied = new Map<Name, Applied>();
const linted = new Map<Name, Linted>();

async function apply(name: Name): Promise<void> {
  const root = stackRoot({ variables: SETTINGS[name] });
  await noteCalls(root.account);
  await root.apply();
  applied.set(name, { calls: await notedCalls(root.account), addresses: await root.addresses() });
}

beforeAll(async () => {
  await Promise.all(NAMES.map(apply));
  const all = await cfnLint(NAMES.map((name) => applied.get(name)?.calls ?? []));
  NAMES.forEach((name, index) => linted.set(name, all[index] as Linted));
});

const isExplained = (finding: CfnFinding) => EXPLAINED.some((one) => explains(one, finding));

describe("cfn-lint on what the stack asks of AWS", () => {
  test.each(NAMES)("with %s it finds nothing but what is explained", (name) => {
    expect(linted.get(name)?.findings.filter((finding) => !isExplained(finding))).toEqual([]);
  });

  test("what is explained is found", () => {
    const found = [...linted.values()].flatMap(({ findings }) => findings);
    expect(EXPLAINED.filter((one) => !found.some((finding) => explains(one, finding)))).toEqual([]);
  });

  test("the template has every request and parameter but those that have no place in it", () => {
    const notCovered = new Set([...linted.values()].flatMap((one) => one.notCovered));
    expect([...notCovered].sort()).toEqual(Object.keys(NOT_COVERED).sort());
  });

  test.each(
    Object.entries({
      aws_api_gateway_method: "AWS::ApiGateway::Method",
      aws_batch_compute_environment: "AWS::Batch::ComputeEnvironment",
      aws_batch_job_queue: "AWS::Batch::JobQueue",
      aws_cloudwatch_log_group: "AWS::Logs::LogGroup",
      aws_db_instance: "AWS::RDS::DBInstance",
      aws_dynamodb_table: "AWS::DynamoDB::Table",
      aws_ecs_service: "AWS::ECS::Service",
      aws_ecs_task_definition: "AWS::ECS::TaskDefinition",
      aws_iam_role: "AWS::IAM::Role",
      aws_iam_role_policy: "AWS::IAM::RolePolicy",
      aws_iam_instance_profile: "AWS::IAM::InstanceProfile",
      aws_kms_key: "AWS::KMS::Key",
      aws_lambda_function: "AWS::Lambda::Function",
      aws_launch_template: "AWS::EC2::LaunchTemplate",
      aws_lb_target_group: "AWS::ElasticLoadBalancingV2::TargetGroup",
      aws_s3_bucket_policy: "AWS::S3::BucketPolicy",
      aws_security_group: "AWS::EC2::SecurityGroup",
      aws_subnet: "AWS::EC2::Subnet",
    }),
  )("every %s is a resource of the template", (terraform, type) => {
    const count = applied.get("an instance")?.addresses.filter((address) => address.startsWith(`${terraform}.`)).length;
    expect(count).toBeGreaterThan(0);
    expect(linted.get("an instance")?.types[type]).toBe(count);
  });
});

describe("cfn-lint finds what is planted in a request", () => {
  const results: Linted[] = [];

  beforeAll(async () => {
    results.push(...(await cfnLint(PLANTS.map((plant) => planted(plant, applied.get(plant[1])?.calls ?? [])))));
  });

  test.each(PLANTS.map((plant, index) => [plant[0], plant[1], plant[2], plant[4], index] as const))(
    "%s (%s, %s): %s",
    (_what, _name, _operation, expected, index) => {
      const found = results[index]?.findings.filter((finding) => !isExplained(finding));
      expect(found?.map((finding) => `${finding.rule} ${place(finding)}`)).toEqual([expected]);
    },
  );
});
