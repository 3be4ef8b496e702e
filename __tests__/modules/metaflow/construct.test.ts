import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { App, Fn, type TerraformStack } from "cdktf";
import { Metaflow, type MetaflowProps } from "../../../modules/metaflow";
import { MetaflowStack } from "../../../modules/metaflow/stack";
import { stackContract } from "../../../modules/metaflow/stack-contract";
import { terraformName, type Output } from "../../../lib/contract/contract";
import { addresses, synthesized, type Configuration } from "../../support/synth";

/** What the app writes for a stack. */
function app(props: ConstructorParameters<typeof MetaflowStack>[2] = {}): {
  text: string;
  stack: Configuration & Record<string, unknown>;
} {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const cdktf = new App({ outdir });
    new MetaflowStack(cdktf, "metaflow", props);
    cdktf.synth();
    const text = readFileSync(join(outdir, "stacks", "metaflow", "cdk.tf.json"), "utf8");
    return { text, stack: JSON.parse(text) as Configuration & Record<string, unknown> };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe("the stack", () => {
  const { text, stack } = app();

  test("has a variable with a default for every setting", () => {
    expect(Object.keys(stack.variable ?? {}).sort()).toEqual(
      Object.keys(stackContract.inputs).map(terraformName).sort(),
    );
    for (const [name, variable] of Object.entries(stack.variable ?? {})) {
      expect([name, variable]).toEqual([name, expect.objectContaining({ default: variable.default })]);
      expect("default" in variable).toBe(true);
    }
  });

  test("has every output but those of options, the secret ones sensitive", () => {
    const outputs = Object.entries<Output>(stackContract.outputs).filter(([, { optional }]) => !optional);
    expect(Object.keys(stack.output ?? {}).sort()).toEqual(outputs.map(([name]) => terraformName(name)).sort());
    const sensitive = Object.entries(stack.output ?? {}).filter(([, output]) => output.sensitive);
    expect(sensitive.map(([name]) => name).sort()).toEqual(["METAFLOW_SERVICE_AUTH_KEY", "metaflow_profile_json"]);
  });

  test("has no path of this machine and no backend of its own", () => {
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(home|tmp|root|usr|opt|var)\//);
    expect(stack.terraform).not.toHaveProperty("backend");
  });

  test("asks for ranges of provider versions", () => {
    expect(stack.terraform).toEqual({
      required_version: ">= 1.5",
      required_providers: {
        aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
        random: { source: "hashicorp/random", version: ">= 3.6.0, < 4.0.0" },
      },
    });
  });

  test("is the same on every synth", () => {
    expect(app().text).toBe(text);
  });

  test("keeps its addresses", () => {
    expect(addresses(stack)).toEqual(ADDRESSES);
  });
});

test("the state goes to S3, encrypted and with a lock, where a bucket is given", () => {
  const { stack } = app({ backend: { bucket: "state", key: "metaflow.tfstate", region: "us-west-2" } });
  expect(stack.terraform).toMatchObject({
    required_version: ">= 1.10",
    backend: {
      s3: { bucket: "state", key: "metaflow.tfstate", region: "us-west-2", encrypt: true, use_lockfile: true },
    },
  });
});

test("another profile or role may reach the state than deploys", () => {
  const assumeRole = { roleArn: "arn:aws:iam::123456789012:role/state", externalId: "acme", sessionName: "metaflow" };
  const { stack } = app({ backend: { bucket: "state", key: "k", region: "us-west-2", profile: "infra", assumeRole } });
  expect(stack.terraform).toMatchObject({
    backend: {
      s3: {
        profile: "infra",
        assume_role: { role_arn: assumeRole.roleArn, external_id: "acme", session_name: "metaflow" },
      },
    },
  });
});

describe("the variables of a stack", () => {
  test("have the defaults that they are given, and nothing else is different", () => {
    const variables = {
      resourceSuffix: "-dev",
      standardTags: { team: "ml" },
      awsRegion: "eu-west-1",
      vpcEndpoints: true,
    };
    const { stack } = app({ variables });
    const { stack: plain } = app();
    const defaults = ({ variable = {} }: Configuration) =>
      Object.entries(variable).map(([name, block]) => [name, (block as { default?: unknown }).default] as const);
    const before = new Map(defaults(plain));
    const changed = defaults(stack).filter(([name, value]) => !isDeepStrictEqual(value, before.get(name)));
    expect(Object.fromEntries(changed)).toEqual({
      aws_region: "eu-west-1",
      resource_suffix: "-dev",
      standard_tags: { team: "ml" },
      vpc_endpoints: true,
    });
    expect({ ...stack, variable: {} }).toEqual({ ...plain, variable: {} });
  });

  test("keep their own defaults where null is given", () => {
    expect(app({ variables: { resourceSuffix: null as never } }).text).toBe(app().text);
  });

  test.each<[object, string]>([
    [{ resourceSufix: "-x" }, "variables has no variable resourceSufix (did you mean resourceSuffix?)."],
    [{ dbName: 5 }, "dbName (db_name) must be a string; received 5."],
    [{ awsRegion: "oregon" }, "awsRegion (aws_region) must be an AWS region"],
    [{ dbName: Fn.join("", ["a", "b"]) }, "dbName (db_name) must be a literal; received a token."],
    [{ standardTags: { a: Fn.upper("b") } }, "standardTags (standard_tags) must be a literal; received a token."],
  ])("%j is refused", (variables, message) => {
    expect(() => app({ variables })).toThrow(message);
  });
});

describe("Metaflow", () => {
  const refusal = (props: MetaflowProps): string => {
    try {
      synthesized((stack: TerraformStack) => new Metaflow(stack, "metaflow", props));
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  test("needs no props", () => {
    expect(refusal({})).toBe("");
  });

  test("takes a network that is there", () => {
    expect(refusal({ vpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" })).toBe("");
  });

  test.each<[string, MetaflowProps, RegExp]>([
    [
      "a VPC without subnets",
      { vpcId: "vpc-1" },
      /Network at .*subnet1_id is empty; it must be the id of a subnet where vpc_id/,
    ],
    ["a VPC with one subnet", { vpcId: "vpc-1", subnet1Id: "subnet-1" }, /subnet2_id is empty/],
    [
      "a VPC that is too large",
      { vpcCidr: "10.0.0.0/8" },
      /vpcCidr \(vpc_cidr\) must be an IPv4 network of \/16 to \/28/,
    ],
    [
      "a subnet outside of the VPC",
      { subnet1Cidr: "10.21.0.0/24" },
      /subnet1_cidr, "10.21.0.0\/24", must be a part of vpc_cidr, "10.20.0.0\/16"/,
    ],
    [
      "subnets that overlap",
      { subnet2Cidr: "10.20.0.128/25" },
      /subnet2_cidr, "10.20.0.128\/25", .* no address in common with subnet1_cidr, "10.20.0.0\/24"/,
    ],
    [
      "what a module refuses, with the module's path",
      { metadataServiceMemory: 1 },
      /MetadataService at stack\/metaflow\/metadata_service: Fargate/,
    ],
  ])("refuses %s", (_, props, message) => {
    expect(refusal(props)).toMatch(message);
  });

  test("passes text with Terraform's own signs on as it is", () => {
    const props = { dbParameters: { log_line_prefix: "${x}" } };
    const { resource } = synthesized((stack) => new Metaflow(stack, "metaflow", props));
    expect(resource?.aws_db_parameter_group?.metaflow_datastore_this?.parameter).toEqual([
      { apply_method: "immediate", name: "log_line_prefix", value: "$${x}" },
    ]);
  });
});

/** The addresses of the deployable stack: to change one is to replace a resource, unless a `moved` block goes with it. */
const ADDRESSES = [
  "aws_api_gateway_account.api_gateway_this",
  "aws_api_gateway_api_key.metadata_service_this",
  "aws_api_gateway_deployment.metadata_service_this",
  "aws_api_gateway_integration.metadata_service_db",
  "aws_api_gateway_integration.metadata_service_this",
  "aws_api_gateway_integration_response.metadata_service_this",
  "aws_api_gateway_method.metadata_service_db",
  "aws_api_gateway_method.metadata_service_this",
  "aws_api_gateway_method_response.metadata_service_db",
  "aws_api_gateway_method_response.metadata_service_this",
  "aws_api_gateway_method_settings.metadata_service_this",
  "aws_api_gateway_request_validator.metadata_service_this",
  "aws_api_gateway_resource.metadata_service_db",
  "aws_api_gateway_resource.metadata_service_this",
  "aws_api_gateway_rest_api.metadata_service_this",
  "aws_api_gateway_rest_api_policy.metadata_service_this",
  "aws_api_gateway_stage.metadata_service_this",
  "aws_api_gateway_usage_plan.metadata_service_this",
  "aws_api_gateway_usage_plan_key.metadata_service_this",
  "aws_api_gateway_vpc_link.metadata_service_this",
  "aws_batch_compute_environment.compute_this",
  "aws_batch_job_queue.compute_this",
  "aws_cloudwatch_log_group.datastore_rds_postgresql",
  "aws_cloudwatch_log_group.datastore_rds_upgrade",
  "aws_cloudwatch_log_group.flow_logs_this",
  "aws_cloudwatch_log_group.metadata_service_api",
  "aws_cloudwatch_log_group.metadata_service_api_errors",
  "aws_cloudwatch_log_group.metadata_service_db_migrate",
  "aws_cloudwatch_log_group.metadata_service_this",
  "aws_cloudwatch_log_group.step_functions_executions",
  "aws_db_instance.datastore_this",
  "aws_db_parameter_group.datastore_this",
  "aws_db_subnet_group.datastore_this",
  "aws_default_security_group.network_this",
  "aws_dynamodb_table.step_functions_step_functions_state_table",
  "aws_ecr_repository.batch_image",
  "aws_ecs_cluster.metadata_service_this",
  "aws_ecs_service.metadata_service_this",
  "aws_ecs_task_definition.metadata_service_this",
  "aws_flow_log.flow_logs_this",
  "aws_iam_instance_profile.compute_instance_role_this",
  "aws_iam_role.api_gateway_this",
  "aws_iam_role.compute_instance_role_this",
  "aws_iam_role.execution_role_this",
  "aws_iam_role.flow_logs_this",
  "aws_iam_role.job_role_this",
  "aws_iam_role.metadata_service_lambda_ecs_execute_role",
  "aws_iam_role.metadata_service_metadata_svc_ecs_task_role",
  "aws_iam_role.monitoring_role_this",
  "aws_iam_role.step_functions_eventbridge_role",
  "aws_iam_role.step_functions_step_functions_role",
  "aws_iam_role.user_role_this",
  "aws_iam_role_policy.database_password_read",
  "aws_iam_role_policy.execution_role_this",
  "aws_iam_role_policy.flow_logs_this",
  "aws_iam_role_policy.job_role_datastore",
  "aws_iam_role_policy.job_role_secrets",
  "aws_iam_role_policy.job_role_step_functions",
  "aws_iam_role_policy.metadata_service_grant_deny_presigned_batch",
  "aws_iam_role_policy.metadata_service_grant_lambda_dead_letters",
  "aws_iam_role_policy.metadata_service_grant_lambda_ecs_cloudwatch",
  "aws_iam_role_policy.metadata_service_grant_lambda_ecs_vpc",
  "aws_iam_role_policy.step_functions_eventbridge_step_functions_policy",
  "aws_iam_role_policy.step_functions_step_functions_batch",
  "aws_iam_role_policy.step_functions_step_functions_cloudwatch",
  "aws_iam_role_policy.step_functions_step_functions_dynamodb",
  "aws_iam_role_policy.step_functions_step_functions_eventbridge",
  "aws_iam_role_policy.step_functions_step_functions_map",
  "aws_iam_role_policy.step_functions_step_functions_s3",
  "aws_iam_role_policy.user_role_batch",
  "aws_iam_role_policy.user_role_datastore",
  "aws_iam_role_policy.user_role_pass_job_role",
  "aws_iam_role_policy.user_role_step_functions",
  "aws_iam_role_policy_attachment.api_gateway_this",
  "aws_iam_role_policy_attachment.compute_instance_role_this",
  "aws_iam_role_policy_attachment.job_role_this",
  "aws_iam_role_policy_attachment.monitoring_role_this",
  "aws_internet_gateway.network_this",
  "aws_kms_key.datastore_rds",
  "aws_kms_key.datastore_s3",
  "aws_kms_key.encryption_logs",
  "aws_lambda_function.metadata_service_db_migrate_lambda",
  "aws_lambda_invocation.metadata_service_db_migrate",
  "aws_launch_template.compute_this",
  "aws_lb.metadata_service_this",
  "aws_lb_listener.metadata_service_db_migrate",
  "aws_lb_listener.metadata_service_this",
  "aws_lb_target_group.metadata_service_db_migrate",
  "aws_lb_target_group.metadata_service_this",
  "aws_rds_cluster.datastore_this",
  "aws_rds_cluster_instance.datastore_cluster_instances",
  "aws_route.network_internet",
  "aws_route_table.network_this",
  "aws_route_table_association.network_subnet1",
  "aws_route_table_association.network_subnet2",
  "aws_s3_bucket.datastore_this",
  "aws_s3_bucket_lifecycle_configuration.datastore_this",
  "aws_s3_bucket_logging.datastore_this",
  "aws_s3_bucket_notification.datastore_this",
  "aws_s3_bucket_policy.datastore_this",
  "aws_s3_bucket_public_access_block.datastore_this",
  "aws_s3_bucket_versioning.datastore_this",
  "aws_secretsmanager_secret.database_password_this",
  "aws_secretsmanager_secret_version.database_password_this",
  "aws_security_group.compute_this",
  "aws_security_group.datastore_rds_security_group",
  "aws_security_group.endpoints_this",
  "aws_security_group.metadata_service_db_migrate",
  "aws_security_group.metadata_service_load_balancer",
  "aws_security_group.metadata_service_metadata_service_security_group",
  "aws_sqs_queue.metadata_service_db_migrate",
  "aws_subnet.network_subnet1",
  "aws_subnet.network_subnet2",
  "aws_vpc.network_this",
  "aws_vpc_endpoint.endpoints_batch",
  "aws_vpc_endpoint.endpoints_dynamodb",
  "aws_vpc_endpoint.endpoints_ecr_api",
  "aws_vpc_endpoint.endpoints_ecr_dkr",
  "aws_vpc_endpoint.endpoints_ecs",
  "aws_vpc_endpoint.endpoints_ecs_agent",
  "aws_vpc_endpoint.endpoints_ecs_telemetry",
  "aws_vpc_endpoint.endpoints_logs",
  "aws_vpc_endpoint.endpoints_s3",
  "aws_vpc_endpoint.endpoints_secretsmanager",
  "data.aws_availability_zones.network_available",
  "data.aws_caller_identity.current",
  "data.aws_caller_identity.metadata_service_current",
  "data.aws_caller_identity.step_functions_current",
  "data.aws_iam_policy_document.api_gateway_assume_role",
  "data.aws_iam_policy_document.compute_instance_role_assume_role",
  "data.aws_iam_policy_document.database_password_read",
  "data.aws_iam_policy_document.datastore_s3",
  "data.aws_iam_policy_document.encryption_key",
  "data.aws_iam_policy_document.encryption_logs",
  "data.aws_iam_policy_document.execution_role_assume_role",
  "data.aws_iam_policy_document.execution_role_this",
  "data.aws_iam_policy_document.flow_logs_assume_role",
  "data.aws_iam_policy_document.flow_logs_this",
  "data.aws_iam_policy_document.job_role_assume_role",
  "data.aws_iam_policy_document.job_role_datastore",
  "data.aws_iam_policy_document.job_role_secrets",
  "data.aws_iam_policy_document.job_role_step_functions",
  "data.aws_iam_policy_document.metadata_service_deny_presigned_batch",
  "data.aws_iam_policy_document.metadata_service_lambda_dead_letters",
  "data.aws_iam_policy_document.metadata_service_lambda_ecs_execute_role",
  "data.aws_iam_policy_document.metadata_service_lambda_ecs_task_execute_policy_cloudwatch",
  "data.aws_iam_policy_document.metadata_service_lambda_ecs_task_execute_policy_vpc",
  "data.aws_iam_policy_document.metadata_service_metadata_svc_ecs_task_assume_role",
  "data.aws_iam_policy_document.monitoring_role_assume_role",
  "data.aws_iam_policy_document.step_functions_eventbridge_assume_role_policy",
  "data.aws_iam_policy_document.step_functions_eventbridge_step_functions_policy",
  "data.aws_iam_policy_document.step_functions_step_functions_assume_role_policy",
  "data.aws_iam_policy_document.step_functions_step_functions_batch_policy",
  "data.aws_iam_policy_document.step_functions_step_functions_cloudwatch",
  "data.aws_iam_policy_document.step_functions_step_functions_dynamodb",
  "data.aws_iam_policy_document.step_functions_step_functions_eventbridge",
  "data.aws_iam_policy_document.step_functions_step_functions_map",
  "data.aws_iam_policy_document.step_functions_step_functions_s3",
  "data.aws_iam_policy_document.user_role_assume_role",
  "data.aws_iam_policy_document.user_role_batch",
  "data.aws_iam_policy_document.user_role_datastore",
  "data.aws_iam_policy_document.user_role_pass_job_role",
  "data.aws_iam_policy_document.user_role_step_functions",
  "data.aws_partition.current",
  "data.aws_region.current",
  "data.aws_region.metadata_service_current",
  "data.aws_region.step_functions_current",
  "data.aws_route_tables.endpoints_this",
  "data.aws_vpc.network_given",
  "random_password.datastore_this",
  "random_pet.datastore_final_snapshot_id",
  "terraform_data.datastore_database_identity",
  "terraform_data.inputs_this",
  "terraform_data.metadata_service_load_balancer_security_group",
  "terraform_data.metadata_service_load_balancer_subnets",
];

test("the service goes before its way to the internet", () => {
  const { resource } = synthesized((stack) => new Metaflow(stack, "metaflow"));
  const only = (type: string) => Object.values(resource?.[type] ?? {})[0];
  expect(only("aws_ecs_service")?.depends_on).toContain("aws_route.metaflow_network_internet");
});
