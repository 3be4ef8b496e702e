import type { NotebookSettings, WebInterface } from "../../modules/metaflow";

/** What another value of a field of an option does to a live deployment: what it destroys, to make it anew or not, or why it is refused. */
export type FieldEffect = { readonly destroyed: readonly string[] } | { readonly refused: string };

type Changes<Settings> = { readonly [Name in keyof Settings]-?: readonly [Settings[Name], FieldEffect] };

const INSTANCE = { destroyed: ["aws_sagemaker_notebook_instance.notebook_this"] };
const BACKEND = { destroyed: ["aws_ecs_task_definition.ui_ui_backend"] };
const NOTHING = { destroyed: [] };

/** ~/SageMaker goes with an instance that is destroyed. */
export const NOTEBOOK_CHANGES: Changes<NotebookSettings> = {
  directInternetAccess: [
    true,
    {
      destroyed: [
        ...INSTANCE.destroyed,
        "aws_security_group.endpoints_this[0]",
        "aws_vpc_endpoint.endpoints_s3[0]",
        "aws_vpc_endpoint.endpoints_sagemaker_api[0]",
      ],
    },
  ],
  idleMinutes: [120, NOTHING],
  instanceType: ["ml.m5.xlarge", NOTHING],
  kmsKeyArn: [
    "arn:aws:kms:us-west-2:123456789012:key/1",
    { destroyed: ["aws_kms_key.notebook_this[0]", ...INSTANCE.destroyed] },
  ],
  metaflowPackage: ["metaflow==2.19.0", NOTHING],
  platformIdentifier: ["notebook-al2023-v1", { refused: "platform_identifier" }],
  volumeSize: [40, NOTHING],
};

/** Of a web interface with a user pool of the deployment's own. */
export const UI_CHANGES: Changes<WebInterface> = {
  certificateArn: ["arn:aws:acm:us-west-2:123456789012:certificate/2", NOTHING],
  domainName: ["flows.example.com", NOTHING],
  allowList: [["198.51.100.0/24"], NOTHING],
  internal: [
    true,
    {
      destroyed: [
        "aws_lb.ui_this",
        "aws_lb_listener.ui_redirect",
        "aws_lb_listener.ui_this",
        "aws_lb_listener_rule.ui_ui_backend",
      ],
    },
  ],
  loadBalancerSubnetIds: [
    ["subnet-1", "subnet-2"],
    { refused: "ui.loadBalancerSubnetIds is given and vpc_id is empty" },
  ],
  ownUserPool: [
    false,
    {
      destroyed: [
        "aws_cognito_user_pool.user_pool_this",
        "aws_cognito_user_pool_client.user_pool_this",
        "aws_cognito_user_pool_domain.user_pool_this",
      ],
    },
  ],
  userPool: [
    { arn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_a", clientId: "a1b2c3", domain: "acme" },
    { refused: "ui.ownUserPool is true and ui.userPool is" },
  ],
  sslPolicy: ["ELBSecurityPolicy-TLS13-1-3-2021-06", NOTHING],
  backendImage: ["acme/ui-backend:1", BACKEND],
  frontendImage: ["acme/ui-frontend:1", { destroyed: ["aws_ecs_task_definition.ui_ui_static"] }],
  backendCpu: [4096, BACKEND],
  backendMemory: [12288, BACKEND],
  backendEnvironment: [{ PREFETCH_RUNS_SINCE: "86400" }, BACKEND],
};
