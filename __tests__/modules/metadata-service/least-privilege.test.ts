import { MetadataService, type MetadataServiceProps } from "../../../modules/metadata-service";
import { synthesized } from "../../support/synth";

const props: MetadataServiceProps = {
  accessListCidrBlocks: ["198.51.100.0/24"],
  databasePassword: "secret",
  databaseUsername: "metaflow",
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:111122223333:key/1",
  fargateExecutionRoleArn: "arn:aws:iam::111122223333:role/execution",
  metaflowVpcId: "vpc-1",
  rdsMasterInstanceEndpoint: "db.example.com:5432",
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  s3BucketArn: "arn:aws:s3:::metaflow-s3-dev",
  standardTags: {},
  subnet1Id: "subnet-1",
  subnet2Id: "subnet-2",
  vpcCidrBlocks: ["10.0.0.0/16"],
};

/** What a stack with the service consists of, by address. */
function elements(options: Partial<MetadataServiceProps> = {}): Map<string, string> {
  const stack = synthesized((scope) => new MetadataService(scope, "service", { ...props, ...options }));
  const blocks = [...Object.entries(stack.resource ?? {}), ...Object.entries(stack.data ?? {})];
  return new Map(
    blocks.flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, block]) => [`${type}.${name}`, JSON.stringify(block)] as const),
    ),
  );
}

test("least privilege changes policies and nothing else", () => {
  const [before, after] = [elements(), elements({ leastPrivilege: true })];
  expect([...after.keys()].filter((address) => !before.has(address))).toEqual([]);
  expect([...before.keys()].filter((address) => !after.has(address)).sort()).toEqual([
    "aws_iam_policy_document.service_custom_s3_batch",
    "aws_iam_policy_document.service_s3_kms",
    "aws_iam_role_policy.service_grant_custom_s3_batch",
    "aws_iam_role_policy.service_grant_s3_kms",
  ]);
  expect([...after.keys()].filter((address) => before.get(address) !== after.get(address)).sort()).toEqual([
    "aws_iam_policy_document.service_lambda_ecs_task_execute_policy_cloudwatch",
    "aws_iam_policy_document.service_lambda_ecs_task_execute_policy_vpc",
    "aws_iam_policy_document.service_metadata_svc_ecs_task_assume_role",
  ]);
});

test("the policies are those of the Terraform module without the option", () => {
  expect(elements({ leastPrivilege: false })).toEqual(elements());
});

test("the function may not make a log group where it has one of the deployment's own", () => {
  const document = (leastPrivilege: boolean) =>
    elements({ leastPrivilege, logs: { retentionDays: 30 } }).get(
      "aws_iam_policy_document.service_lambda_ecs_task_execute_policy_cloudwatch",
    );
  expect(document(false)).toContain("logs:CreateLogGroup");
  expect(document(true)).not.toContain("logs:CreateLogGroup");
  expect(document(true)).toContain("logs:PutLogEvents");
});
