import { TerraformOutput, TerraformVariable } from "cdktf";
import { Metaflow, type MetaflowProps, type WebInterface } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { RootConstruct } from "constructs";
import { blockOrEmpty as block } from "../support/blocks";
import { metaflow } from "../support/composition";
import { addresses, synthesized, type Configuration } from "../support/synth";

// Metaflow's web interface in a deployment, as it is synthesized.

const CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const POOL = {
  arn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_Ab1Cd2Ef3",
  clientId: "1example23456789",
  domain: "acme",
};

const withUi = (ui: Partial<WebInterface> = {}, props: MetaflowProps = {}) =>
  metaflow({ ui: { certificateArn: CERTIFICATE, ...ui }, ...props });

const OF_UI = /[.](ui|user_pool)_/;

test("without the option there is no trace of it", () => {
  expect(JSON.stringify(metaflow())).not.toMatch(/ui_|user_pool|METAFLOW_UI_URL|metaflow-ui/);
  expect(addresses(withUi()).filter((address) => !OF_UI.test(address))).toEqual(addresses(metaflow()));
});

test("a certificate is enough: it has its own cluster, balancer, services, log and role, and no user pool", () => {
  expect(
    addresses(withUi()).filter((address) => OF_UI.test(address) && !/^data[.]|aws_iam_role_policy/.test(address)),
  ).toEqual([
    "aws_cloudwatch_log_group.ui_this",
    "aws_ecs_cluster.ui_this",
    "aws_ecs_service.ui_ui_backend",
    "aws_ecs_service.ui_ui_static",
    "aws_ecs_task_definition.ui_ui_backend",
    "aws_ecs_task_definition.ui_ui_static",
    "aws_iam_role.ui_metadata_ui_ecs_task_role",
    "aws_lb.ui_this",
    "aws_lb_listener.ui_redirect",
    "aws_lb_listener.ui_this",
    "aws_lb_listener_rule.ui_ui_backend",
    "aws_lb_target_group.ui_ui_backend",
    "aws_lb_target_group.ui_ui_static",
    "aws_security_group.ui_fargate_security_group",
    "aws_security_group.ui_ui_lb_security_group",
  ]);
});

test.each<[what: string, address: string, expected: object]>([
  ["TLS 1.2 and 1.3", "aws_lb_listener.ui_this", { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06", port: 443 }],
  [
    "a redirect from port 80",
    "aws_lb_listener.ui_redirect",
    {
      port: 80,
      default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    },
  ],
  ["a cluster of its own", "aws_ecs_cluster.ui_this", { name: "metaflow-ui-prod" }],
  [
    "logs that expire",
    "aws_cloudwatch_log_group.ui_this",
    { retention_in_days: 365, kms_key_id: "${aws_kms_key.encryption_logs.arn}" },
  ],
  [
    "a balancer that AWS does not delete",
    "aws_lb.ui_this",
    { internal: false, enable_deletion_protection: true, drop_invalid_header_fields: true },
  ],
  [
    "a backend without the metadata service's group",
    "aws_ecs_service.ui_ui_backend",
    { network_configuration: { security_groups: ["${aws_security_group.ui_fargate_security_group.id}"] } },
  ],
  ["tasks that must start", "aws_ecs_service.ui_ui_static", { wait_for_steady_state: true }],
])("has %s", (_, address, expected) => {
  expect(block(withUi(), address)).toMatchObject(expected);
});

test("the database admits the tasks", () => {
  expect(block(withUi(), "aws_security_group.datastore_rds_security_group").ingress).toMatchObject([
    {
      security_groups: [
        "${aws_security_group.metadata_service_metadata_service_security_group.id}",
        "${aws_security_group.ui_fargate_security_group.id}",
      ],
    },
  ]);
});

const container = (configuration: Configuration, name: "backend" | "static") =>
  String(block(configuration, `aws_ecs_task_definition.ui_ui_${name}`).container_definitions);

test.each<[mode: MetaflowProps["databasePasswordMode"], isSecret: boolean]>([
  ["secret", true],
  ["write-only", true],
  ["environment", false],
])("with the password by %s, the backend has it so", (databasePasswordMode, isSecret) => {
  const text = container(withUi({}, { databasePasswordMode }), "backend");
  expect(text.includes("random_password")).toBe(!isSecret);
  expect(/"secrets" = \[{ "name" = "MF_METADATA_DB_PSWD", "valueFrom"/.test(text)).toBe(isSecret);
});

test("both images are pinned, the backend's being that of the metadata service", () => {
  expect(container(withUi(), "backend")).toContain('"image" = "netflixoss/metaflow_metadata_service:v2.5.1"');
  expect(container(withUi(), "static")).toMatch(/"image" = "public.ecr.aws\/outerbounds\/metaflow_ui:v[0-9.]+"/);
  expect(container(withUi({}, { metadataServiceContainerImage: "acme/service:1" }), "backend")).toContain(
    '"image" = "acme/service:1"',
  );
});

test("the tasks have public addresses where the network is the deployment's own, as the service's has", () => {
  const addressOf = (props: MetaflowProps) =>
    block(withUi({}, props), "aws_ecs_service.ui_ui_backend").network_configuration;
  const given = {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnet1Id: "subnet-0a1b2c3d4e5f60718",
    subnet2Id: "subnet-0a1b2c3d4e5f60719",
  };
  expect(addressOf({})).toMatchObject({ assign_public_ip: true });
  expect(addressOf(given)).toMatchObject({ assign_public_ip: false });
  expect(addressOf({ withPublicIp: false })).toMatchObject({ assign_public_ip: false });
});

/** The networks that the load balancer admits. */
function admitted(configuration: Configuration): string[] {
  const { ingress } = block(configuration, "aws_security_group.ui_ui_lb_security_group");
  const rules = ingress as readonly { from_port: number; cidr_blocks: string[] }[];
  return rules.flatMap(({ from_port: port, cidr_blocks: networks }) => (port === 443 ? networks : []));
}

test.each<[what: string, ui: Partial<WebInterface>, networks: readonly string[]]>([
  ["nobody by default", {}, []],
  ["the networks of the list", { allowList: ["198.51.100.0/24"] }, ["198.51.100.0/24"]],
  ["everybody who signs in", { ownUserPool: true }, ["0.0.0.0/0"]],
  ["everybody who signs in to another pool", { userPool: POOL }, ["0.0.0.0/0"]],
  ["those of the list who sign in", { userPool: POOL, allowList: ["10.0.0.0/8"] }, ["10.0.0.0/8"]],
  ["everybody within", { internal: true, allowList: ["0.0.0.0/0"] }, ["0.0.0.0/0"]],
])("admits %s", (_, ui, networks) => {
  expect(admitted(withUi(ui))).toEqual(networks);
});

const signIn = (configuration: Configuration) =>
  ["aws_lb_listener.ui_this", "aws_lb_listener_rule.ui_ui_backend"].map((address) => {
    const { action, default_action: actions = action } = block(configuration, address);
    return (actions as readonly { type: string }[]).map(({ type }) => type);
  });

test.each<[what: string, ui: Partial<WebInterface>, types: readonly string[]]>([
  ["nobody signs in", {}, ["forward"]],
  ["visitors sign in to a pool of the deployment's own", { ownUserPool: true }, ["authenticate-cognito", "forward"]],
  ["visitors sign in to a pool that is given", { userPool: POOL }, ["authenticate-cognito", "forward"]],
])("where %s, both the page and the API ask for it", (_, ui, types) => {
  expect(signIn(withUi(ui))).toEqual([types, types]);
});

test("a pool of the deployment's own has users that an administrator creates, and knows the load balancer by both names", () => {
  const pool = withUi({ ownUserPool: true, domainName: "metaflow.example.com" });
  expect(block(pool, "aws_cognito_user_pool.user_pool_this")).toMatchObject({
    deletion_protection: "ACTIVE",
    admin_create_user_config: { allow_admin_create_user_only: true },
  });
  expect(block(pool, "aws_cognito_user_pool_client.user_pool_this")).toMatchObject({
    generate_secret: true,
    allowed_oauth_flows: ["code"],
    callback_urls: [
      "https://${lower(aws_lb.ui_this.dns_name)}/oauth2/idpresponse",
      "https://metaflow.example.com/oauth2/idpresponse",
    ],
  });
});

test("the tasks reach HTTPS and the database alone, and with restrictEgress = false everything", () => {
  const ports = (props: MetaflowProps) => {
    const { egress } = block(withUi({}, props), "aws_security_group.ui_fargate_security_group");
    return (egress as { from_port: number }[]).map(({ from_port }) => from_port);
  };
  expect(ports({})).toEqual([443, 5432]);
  expect(ports({ restrictEgress: false })).toEqual([0]);
});

test.each<[what: string, ui: Partial<WebInterface>, isThere: boolean]>([
  ["without a sign-in", {}, false],
  ["with one", { ownUserPool: true }, true],
])("%s, whether the load balancer reaches the user pool is %j", (_what, ui, isThere) => {
  const { egress } = block(withUi(ui), "aws_security_group.ui_ui_lb_security_group");
  expect((egress as { from_port: number }[]).some(({ from_port }) => from_port === 443)).toBe(isThere);
});

test("VPC endpoints admit the tasks", () => {
  const { ingress } = block(withUi({}, { vpcEndpoints: true }), "aws_security_group.endpoints_this");
  expect(ingress).toContainEqual(
    expect.objectContaining({
      description: "The web interface",
      security_groups: ["${aws_security_group.ui_fargate_security_group.id}"],
    }),
  );
});

test("the execution role writes the log of both services, and pulls all images that are in ECR", () => {
  const image = (name: string) => `111122223333.dkr.ecr.us-west-2.amazonaws.com/${name}:1`;
  const role = block(
    withUi({ backendImage: image("backend"), frontendImage: image("page") }),
    "data.aws_iam_policy_document.execution_role_this",
  );
  expect(JSON.stringify(role)).toContain("log-group:metaflow-ui-prod:log-stream:ui_*");
  expect(JSON.stringify(role)).toMatch(/:repository\/backend.*:repository\/page/);
  expect(JSON.stringify(role).match(/"sid":"Login"/g)).toHaveLength(1);
});

test("it is in Metaflow's profile, and the outputs of the stack tell how to reach it", () => {
  const profile = (ui: Partial<WebInterface>) => {
    const { output } = synthesized((stack) => {
      const it = new Metaflow(stack, "Default", { s3BucketName: "acme", ui: { certificateArn: CERTIFICATE, ...ui } });
      new TerraformOutput(stack, "profile", { value: it.metaflowProfileJson, sensitive: true });
    });
    return String(output?.profile?.value);
  };
  expect(profile({ domainName: "metaflow.example.com" })).toContain(
    '"METAFLOW_UI_URL" = "https://metaflow.example.com"',
  );
  expect(profile({})).toContain('"METAFLOW_UI_URL" = "https://${lower(aws_lb.ui_this.dns_name)}"');

  const outputs = (options: object) => {
    const stack = new MetaflowStack(new RootConstruct(), "metaflow", { options });
    return Object.keys((stack.toTerraform() as Configuration).output ?? {}).filter((name) => /ui_/i.test(name));
  };
  expect(outputs({})).toEqual([]);
  expect(outputs({ ui: { certificateArn: CERTIFICATE, ownUserPool: true } })).toEqual([
    "METAFLOW_UI_URL",
    "ui_load_balancer_dns_name",
    "ui_load_balancer_zone_id",
    "ui_user_pool_id",
  ]);
});

test.each<[what: string, ui: object, message: string]>([
  ["no certificate", {}, "ui.certificateArn is required."],
  [
    "an unknown field",
    { certificateArn: CERTIFICATE, allowlist: [] },
    "ui has no option allowlist (did you mean allowList?)",
  ],
  ["a certificate's name", { certificateArn: "example.com" }, "ui.certificateArn must be the ARN of a certificate"],
  [
    "everybody without a sign-in",
    { certificateArn: CERTIFICATE, allowList: ["10.0.0.0/8", "0.0.0.0/0"] },
    'ui.allowList, ["10.0.0.0/8","0.0.0.0/0"], must be a list without networks of size 0',
  ],
  [
    "a network with bits behind the prefix",
    { certificateArn: CERTIFICATE, allowList: ["10.0.0.1/8"] },
    "ui.allowList must be a list, each item an IPv4 network",
  ],
  [
    "two user pools",
    { certificateArn: CERTIFICATE, ownUserPool: true, userPool: POOL },
    'ui.ownUserPool is true and ui.userPool is {"arn":',
  ],
  [
    "half of a user pool",
    { certificateArn: CERTIFICATE, userPool: { arn: POOL.arn } },
    "ui.userPool.clientId is required.",
  ],
  [
    "TLS 1.0",
    { certificateArn: CERTIFICATE, sslPolicy: "ELBSecurityPolicy-2016-08" },
    'without TLS 1.0 and 1.1, such as ELBSecurityPolicy-TLS13-1-2-2021-06; received "ELBSecurityPolicy-2016-08"',
  ],
  [
    "a size that Fargate has not",
    { certificateArn: CERTIFICATE, backendCpu: 1024, backendMemory: 16384 },
    "Fargate has no tasks of backend_cpu = 1024 with backend_memory = 16384.",
  ],
  [
    "a URL in place of a name",
    { certificateArn: CERTIFICATE, domainName: "https://metaflow.example.com" },
    "ui.domainName must be a domain name",
  ],
  [
    "a variable of the deployment's own",
    { certificateArn: CERTIFICATE, backendEnvironment: { MF_METADATA_DB_HOST: "db" } },
    "none of them MF_METADATA_DB_HOST",
  ],
])("refuses %s", (_, ui, message) => {
  expect(() => metaflow({ ui: ui as WebInterface })).toThrow(message);
});

test("a domain that Amazon Cognito refuses is refused when Terraform plans, as the account is part of it", () => {
  const text = JSON.stringify(withUi({ ownUserPool: true }));
  expect(text).toContain("The name of the user pool's domain, ");
});

test("a list that Terraform alone knows is checked when it plans", () => {
  const text = JSON.stringify(
    synthesized((stack) => {
      const list = new TerraformVariable(stack, "list", { type: "list(string)" });
      new Metaflow(stack, "Default", {
        s3BucketName: "acme",
        ui: { certificateArn: CERTIFICATE, allowList: list.listValue },
      });
    }),
  );
  expect(text).toContain("must be a list without networks of size 0");
});
