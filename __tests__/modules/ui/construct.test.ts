import { Ui, type UiProps } from "../../../modules/ui";
import { blockOrEmpty as block } from "../../support/blocks";
import { synthesized, type Configuration } from "../../support/synth";
import { UI } from "./sample";

const ui = (props: Partial<UiProps> = {}): Configuration =>
  synthesized((stack) => new Ui(stack, "it", { ...UI, ...props }));

test.each<[string, Partial<UiProps>, string]>([
  ["a certificate's name in place of its ARN", { certificateArn: "metaflow.example.com" }, "ARN of a certificate"],
  ["a network with bits behind the prefix", { uiAllowList: ["10.0.0.1/8"] }, "uiAllowList"],
  ["a load balancer's name over 32 characters", { resourcePrefix: "a".repeat(26) }, "The name of the load balancer"],
  ["the id of a group of another kind", { metadataServiceSecurityGroupId: "vpc-1" }, "the id of a security group"],
])("refuses %s", (_, props, message) => {
  expect(() => ui(props)).toThrow(message);
});

test("cuts the names of target groups to what AWS takes", () => {
  const { resource } = ui({ resourcePrefix: "a".repeat(24), loadBalancerNamePrefix: "short" });
  const names = Object.values(resource?.aws_lb_target_group ?? {}).map(({ name }) => String(name));
  expect(names.map((name) => name.length)).toEqual([32, 32]);
});

test("the load balancer works off a sign-in before it forwards", () => {
  const { resource } = ui({ cognitoUserPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/x" });
  const { default_action: actions } = resource?.aws_lb_listener?.it_this as { default_action: { type: string }[] };
  expect(actions.map(({ type }) => type)).toEqual(["authenticate-cognito", "forward"]);
});

test("its parts are public", () => {
  synthesized((stack) => {
    const it = new Ui(stack, "it", UI);
    expect([it.loadBalancer, it.backend, it.frontend].map((part) => part.friendlyUniqueId)).toEqual([
      "it_this",
      "it_ui_backend",
      "it_ui_static",
    ]);
  });
});

describe("its options", () => {
  const plain = ui();

  test.each<[what: string, props: Partial<UiProps>, address: string, expected: object]>([
    [
      "a security policy",
      { sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      "aws_lb_listener.it_this",
      { ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
    ],
    ["a cluster of its own", { clusterName: "acme-ui" }, "aws_ecs_cluster.it_this", { name: "acme-ui" }],
    ["a redirect", { redirectHttp: true }, "aws_lb_listener.it_redirect", { port: 80, protocol: "HTTP" }],
    ["protection", { deletionProtection: true }, "aws_lb.it_this", { enable_deletion_protection: true }],
    ["strict headers", { dropInvalidHeaders: true }, "aws_lb.it_this", { drop_invalid_header_fields: true }],
    [
      "a log of requests",
      { loadBalancerAccessLog: { enabled: true, bucket: "logs", prefix: "ui" } },
      "aws_lb.it_this",
      { access_logs: { enabled: true, bucket: "logs", prefix: "ui" } },
    ],
    [
      "logs that expire",
      { logs: { retentionDays: 30 } },
      "aws_cloudwatch_log_group.it_this",
      { retention_in_days: 30 },
    ],
    [
      "former definitions",
      { keepTaskDefinitions: true },
      "aws_ecs_task_definition.it_ui_static",
      { skip_destroy: true },
    ],
    [
      "a smaller backend",
      { backendCpu: 1024, backendMemory: 4096 },
      "aws_ecs_task_definition.it_ui_backend",
      { cpu: "1024", memory: "4096" },
    ],
    [
      "no public address",
      { withPublicIp: false },
      "aws_ecs_service.it_ui_static",
      { network_configuration: { assign_public_ip: false } },
    ],
    [
      "no group of the metadata service",
      { ownDatabaseAccess: true },
      "aws_ecs_service.it_ui_backend",
      { network_configuration: { security_groups: ["${aws_security_group.it_fargate_security_group.id}"] } },
    ],
    ["a wait", { waitForSteadyState: true }, "aws_ecs_service.it_ui_backend", { wait_for_steady_state: true }],
    [
      "its listener first",
      { serviceDependsOn: [] },
      "aws_ecs_service.it_ui_backend",
      { depends_on: ["aws_lb_listener.it_this", "aws_lb_listener_rule.it_ui_backend"] },
    ],
    [
      "the folder of the datastore alone",
      { leastPrivilege: true },
      "data.aws_iam_policy_document.it_custom_s3_batch",
      {
        statement: [
          { actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::metaflow-s3-dev"] },
          { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::metaflow-s3-dev/metaflow/*"] },
        ],
      },
    ],
  ])("%s comes by %j", (_, props, address, expected) => {
    const configuration = ui(props);
    expect(block(configuration, address)).toMatchObject(expected);
    expect(block(plain, address)).not.toMatchObject(expected);
  });

  test("the password or the secret of it must be given", () => {
    const others: UiProps = { ...UI, databasePassword: undefined };
    const secret = "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf";
    const withSecret = synthesized((stack) => new Ui(stack, "it", { ...others, databasePasswordSecret: secret }));
    const definition = String(block(withSecret, "aws_ecs_task_definition.it_ui_backend").container_definitions);
    expect(definition).toContain(`"secrets" = [{ "name" = "MF_METADATA_DB_PSWD", "valueFrom" = "${secret}" }]`);
    expect(() => synthesized((stack) => new Ui(stack, "it", others))).toThrow(
      "databasePassword (database_password) is required",
    );
  });
});
