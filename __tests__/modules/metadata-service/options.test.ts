import { MetadataService, type MetadataServiceProps } from "../../../modules/metadata-service";
import { added, block } from "../../support/blocks";
import { synthesized, type Configuration } from "../../support/synth";

// What the construct does beyond its Terraform module: nothing unless it is asked for.

type ServiceSettings = Partial<MetadataServiceProps>;

const place = { metaflowVpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" };
const names = { resourcePrefix: "metaflow-", resourceSuffix: "-dev", standardTags: {} };

function metadataService(options: Partial<MetadataServiceProps> = {}): Configuration {
  const props: MetadataServiceProps = {
    ...place,
    ...names,
    accessListCidrBlocks: [],
    databasePassword: "secret",
    databaseUsername: "metaflow",
    datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
    rdsMasterInstanceEndpoint: "db:5432",
    s3BucketArn: "arn:aws:s3:::bucket",
    vpcCidrBlocks: ["10.0.0.0/16"],
    ...options,
  };
  return synthesized((stack) => new MetadataService(stack, "Default", props));
}

describe("the metadata service", () => {
  const plain = metadataService();
  const containers = (configuration: Configuration) =>
    String(block(configuration, "aws_ecs_task_definition.this")?.container_definitions);

  test("takes the password from a secret instead of the task definition", () => {
    expect(containers(plain)).toContain('{ "name" = "MF_METADATA_DB_PSWD", "value" = "secret" }');
    const definitions = containers(metadataService({ databasePasswordSecret: "arn:secret:::v1" }));
    expect(definitions).toContain('"secrets" = [{ "name" = "MF_METADATA_DB_PSWD", "valueFrom" = "arn:secret:::v1" }]');
    expect(definitions).not.toContain('"value" = "secret"');
  });

  test("needs a password or a secret", () => {
    expect(() => metadataService({ databasePassword: undefined })).toThrow(
      /databasePassword \(database_password\) is required/,
    );
    expect(() => metadataService({ databasePassword: undefined, databasePasswordSecret: "arn" })).not.toThrow();
  });

  test.each<[string, ServiceSettings, string, Record<string, unknown>]>([
    [
      "waits for its tasks",
      { waitForSteadyState: true },
      "aws_ecs_service.this",
      { wait_for_steady_state: true, deployment_circuit_breaker: { enable: true, rollback: true } },
    ],
    ["traces", { tracing: true }, "aws_api_gateway_stage.this", { xray_tracing_enabled: true }],
    ["protects its balancer", { deletionProtection: true }, "aws_lb.this", { enable_deletion_protection: true }],
    ["balances across zones", { crossZone: true }, "aws_lb.this", { enable_cross_zone_load_balancing: true }],
    [
      "logs its TLS connections",
      { loadBalancerAccessLog: { enabled: true, bucket: "logs", prefix: "lb" } },
      "aws_lb.this",
      { access_logs: { enabled: true, bucket: "logs", prefix: "lb" } },
    ],
  ])("%s where %j asks for it", (_, options, address, expected) => {
    expect(block(metadataService(options), address)).toMatchObject(expected);
    for (const attribute of Object.keys(expected)) expect(block(plain, address)).not.toHaveProperty(attribute);
    expect(added(metadataService(options), plain)).toEqual([]);
  });

  test.each<[ServiceSettings, readonly string[]]>([
    [{ migrateAutomatically: true }, ["aws_lambda_invocation.db_migrate"]],
    [{ validateRequests: true }, ["aws_api_gateway_request_validator.this"]],
    [
      { apiLogs: { enabled: true } },
      ["aws_api_gateway_method_settings.this", "aws_cloudwatch_log_group.api", "aws_cloudwatch_log_group.api_errors"],
    ],
    [{ logs: { retentionDays: 7 } }, ["aws_cloudwatch_log_group.db_migrate"]],
    [
      { deadLetterQueue: true },
      [
        "aws_iam_role_policy.grant_lambda_dead_letters",
        "aws_sqs_queue.db_migrate",
        "data.aws_iam_policy_document.lambda_dead_letters",
      ],
    ],
  ])("%j adds %j", (options, expected) => {
    expect(added(metadataService(options), plain)).toEqual(expected);
  });

  describe("deploys the API anew when any part of it changes", () => {
    const deployment = (options: ServiceSettings = {}) =>
      block(metadataService({ redeployApi: true, ...options }), "aws_api_gateway_deployment.this") as {
        depends_on: string[];
        triggers: { redeployment: string };
      };

    test.each<ServiceSettings>([
      { apiBasicAuth: false },
      { validateRequests: true },
      { accessListCidrBlocks: ["198.51.100.0/24"] },
    ])("%j", (options) => {
      expect(deployment(options).triggers.redeployment).not.toBe(deployment().triggers.redeployment);
    });

    test("the addresses that it admits, its methods and what answers them", () => {
      const { redeployment } = deployment({ accessListCidrBlocks: ["198.51.100.0/24"] }).triggers;
      expect(redeployment).toContain('["198.51.100.0/24"]');
      expect(redeployment).toContain('"http://${aws_lb.this.dns_name}/{proxy}"');
      expect(redeployment).toContain(':8082/db_schema_status"');
      expect(redeployment.match(/"statusCode" = "200"/g)).toHaveLength(3);
    });

    test("after every part of it is there", () => {
      const parts = Object.entries(metadataService({ redeployApi: true }).resource ?? {}).filter(([type]) =>
        /^aws_api_gateway_(method|integration|method_response|integration_response|rest_api_policy)$/.test(type),
      );
      const expected = parts.flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
      expect(deployment().depends_on.sort()).toEqual(expected.sort());
      expect(block(plain, "aws_api_gateway_deployment.this")).not.toHaveProperty("triggers");
    });
  });

  test("takes no load balancer for new that has no security group", () => {
    expect(() => metadataService({ newLoadBalancer: true })).toThrow(
      "newLoadBalancer is true and ownSecurityGroups is not; newLoadBalancer must be left out, or ownSecurityGroups be true",
    );
  });

  test("lets out no more than it needs", () => {
    const egress = (options: ServiceSettings) =>
      block(metadataService(options), "aws_security_group.metadata_service_security_group")?.egress as {
        from_port: number;
      }[];
    expect(egress({}).map((rule) => rule.from_port)).toEqual([0]);
    expect(egress({ restrictEgress: true }).map((rule) => rule.from_port)).toEqual([443, 5432, 8082]);
  });

  test("writes the function's log where its role may write", () => {
    const configuration = metadataService({ logs: { retentionDays: 7, kmsKeyArn: "arn:key" } });
    expect(block(configuration, "aws_lambda_function.db_migrate_lambda")).toMatchObject({
      logging_config: { log_group: "${aws_cloudwatch_log_group.db_migrate.name}" },
    });
    const statements = JSON.stringify(
      block(configuration, "data.aws_iam_policy_document.lambda_ecs_task_execute_policy_cloudwatch"),
    );
    expect(statements).toContain(":log-group:${aws_cloudwatch_log_group.db_migrate.name}:*");
  });
});
