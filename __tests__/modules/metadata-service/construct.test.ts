import { hcl } from "../../../lib/hcl/expression";
import { MetadataService, type MetadataServiceProps } from "../../../modules/metadata-service";
import { synthesized } from "../../support/synth";

const required: MetadataServiceProps = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  accessListCidrBlocks: [],
  databasePassword: "s3cret",
  databaseUsername: "metaflow",
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
  fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
  metaflowVpcId: "vpc-1",
  rdsMasterInstanceEndpoint: "db.example.com:5432",
  s3BucketArn: "arn:aws:s3:::metaflow",
  standardTags: {},
  subnet1Id: "subnet-1",
  subnet2Id: "subnet-2",
  vpcCidrBlocks: ["10.20.0.0/16"],
};

function metadataService(props: Partial<MetadataServiceProps> = {}) {
  return synthesized((stack) => new MetadataService(stack, "service", { ...required, ...props }));
}

function refusal(props: Partial<MetadataServiceProps>): string {
  try {
    metadataService(props);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("refuses", () => {
  test.each<[string, Partial<MetadataServiceProps>, RegExp]>([
    [
      "a prefix that makes the load balancer's name too long",
      { resourcePrefix: "a".repeat(26) },
      /name of the load balancer, "a{26}nlb-dev" .*resource_prefix and resource_suffix.* up to 32/,
    ],
    [
      "a load balancer prefix that is too long",
      { loadBalancerNamePrefix: "b".repeat(29) },
      /load balancer, "b{29}-nlb" \(made of load_balancer_name_prefix/,
    ],
    [
      "a prefix that makes a target group's name too long",
      { resourcePrefix: "a".repeat(25), loadBalancerNamePrefix: "lb" },
      /metadata service's target group, "a{25}mdtg-dev"/,
    ],
    ["a load balancer name for AWS's own", { loadBalancerNamePrefix: "internal" }, /"internal-nlb" .* "internal-"/],
    [
      "a suffix that makes the Lambda's name too long",
      { resourceSuffix: "s".repeat(50), loadBalancerNamePrefix: "lb", resourcePrefix: "" },
      /Lambda function, "db_migrates+"|target group/,
    ],
    ["a space in the prefix", { resourcePrefix: "meta flow-" }, /must be .* ASCII letters/],
    ["an underscore in the suffix", { resourceSuffix: "_dev" }, /load balancer, "metaflow-nlb_dev"/],
    [
      "no affixes at all, which leaves the cluster without a name",
      { resourcePrefix: "", resourceSuffix: "" },
      /ECS cluster, ""/,
    ],
    [
      "a task size that Fargate does not have",
      { metadataServiceCpu: 512, metadataServiceMemory: 512 },
      /no tasks of metadata_service_cpu = 512 with metadata_service_memory = 512\. It has 256 CPU units with/,
    ],
    [
      "a CIDR block that is none",
      { vpcCidrBlocks: ["10.20.0.0"] },
      /vpcCidrBlocks \(vpc_cidr_blocks\) must be a list, each item an IPv4 network.*\["10\.20\.0\.0"\]/,
    ],
    ["a CIDR block with bits behind the prefix", { vpcCidrBlocks: ["10.20.0.1/16"] }, /vpc_cidr_blocks/],
    [
      "an address that is none",
      { accessListCidrBlocks: ["198.51.100.0/24", "vpn"] },
      /accessListCidrBlocks .* each item an IPv4 or IPv6 address/,
    ],
    [
      "an unknown partition",
      { iamPartition: "aws-moon" },
      /iamPartition .* one of aws, aws-us-gov, aws-cn.*received "aws-moon"/,
    ],
    ["equal subnets", { subnet2Id: "subnet-1" }, /subnet1_id and subnet2_id are both "subnet-1"/],
  ])("%s", (_, props, message) => {
    expect(refusal(props)).toMatch(message);
  });

  test("a password of the wrong type without showing it", () => {
    const message = refusal({ databasePassword: 12345 as never });
    expect(message).toContain("databasePassword (database_password) must be a string; received a number.");
    expect(message).not.toContain("12345");
  });
});

describe("takes what the reference can apply", () => {
  test.each<[string, Partial<MetadataServiceProps>]>([
    ["an empty prefix", { resourcePrefix: "", resourceSuffix: "dev" }],
    ["any password", { databasePassword: '"${x}" %{y} \\ \n é' }],
    ["IPv6 and single addresses", { accessListCidrBlocks: ["2001:db8::/32", "203.0.113.7"] }],
    ["GovCloud", { iamPartition: "aws-us-gov", isGov: true }],
    ["China", { iamPartition: "aws-cn" }],
    ["an endpoint without a port", { rdsMasterInstanceEndpoint: "cluster.example.com" }],
    ["the largest task", { metadataServiceCpu: 16384, metadataServiceMemory: 122880 }],
    [
      "tokens",
      { metadataServiceCpu: hcl`var.c`.number, vpcCidrBlocks: hcl`var.b`.list, iamPartition: hcl`var.p`.string },
    ],
  ])("%s", (_, props) => {
    expect(refusal(props)).toBe("");
  });
});

test("the partition decides the kind of endpoint", () => {
  const { resource } = metadataService({ iamPartition: "aws-cn" });
  expect(resource?.aws_api_gateway_rest_api?.service_this?.endpoint_configuration).toEqual({
    types: ["REGIONAL"],
  });
});

test("a password with any sign stands in the container's JSON as it is", () => {
  const { resource } = metadataService({ databasePassword: 'a"b\\c${d}%{e}\nf' });
  const definitions = resource?.aws_ecs_task_definition?.service_this?.container_definitions;
  expect(definitions).toContain('{ "name" = "MF_METADATA_DB_PSWD", "value" = "a\\"b\\\\c$${d}%%{e}\\nf" }');
});

describe("options that are no inputs", () => {
  const environment = (props: Partial<MetadataServiceProps>) =>
    String(metadataService(props).resource?.aws_ecs_task_definition?.service_this?.container_definitions);

  test("no TLS mode is asked for unless it is set", () => {
    expect(environment({})).not.toContain("SSL_MODE");
    expect(environment({ databaseSslMode: "require" })).toContain(
      '{ "name" = "MF_METADATA_DB_SSL_MODE", "value" = "require" }',
    );
  });

  test("the migration's source is the project's own unless another one is given", () => {
    const source = (props: Partial<MetadataServiceProps>) =>
      metadataService(props).data?.archive_file?.service_db_migrate_lambda?.source;
    expect(JSON.stringify(source({}))).toContain("def handler(");
    expect(source({ migrationSource: "print('${x}')" })).toEqual([{ content: "print('$${x}')", filename: "index.py" }]);
  });
});

test("the migration function goes before the policies by which Lambda deletes its network interfaces", () => {
  const { resource } = metadataService();
  expect(resource?.aws_lambda_function?.service_db_migrate_lambda?.depends_on).toEqual(
    expect.arrayContaining([
      "aws_iam_role_policy.service_grant_lambda_ecs_cloudwatch",
      "aws_iam_role_policy.service_grant_lambda_ecs_vpc",
    ]),
  );
});
