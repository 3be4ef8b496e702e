/**
 * How a resource that Terraform did not record is found again, by its type. A template such as `{rest_api_id}/{stage_name}` is
 * filled from what was found of the resource and from its planned attributes.
 */
export type Kind = Findable | Recreated;

/** A resource that has to be imported where it exists, as creating it would fail or make a second one. */
export interface Findable {
  /** The id that Terraform imports it by. */
  readonly id: string;
  /**
   * Its ARN from the service on, without region and account, where AWS lists the resource by its tags. A named group has to equal
   * the planned attribute of that name. Types without tags are tried by their `id` alone.
   */
  readonly arn?: RegExp;
  /** A data source that tells more, where the ARN cannot tell one resource of the type from another. */
  readonly ask?: Question;
  /** The group whose highest number is meant, where older versions of the resource stay. */
  readonly newest?: string;
  /** What an attribute says while AWS still creates the resource, other attributes being empty. */
  readonly creating?: Readonly<Record<string, string>>;
}

export interface Question {
  /** The data source's type. */
  readonly type: string;
  /** Its arguments, each a template. */
  readonly with: Readonly<Record<string, string>>;
  /** The attributes in which its answer has to equal the plan. */
  readonly same: readonly string[];
  /** Answers of resources that are on their way out. */
  readonly unless?: Readonly<Record<string, readonly string[]>>;
}

/** A resource that needs no import. */
export interface Recreated {
  /** Why creating it again is right. */
  readonly recreated: string;
}

const OVERWRITTEN = { recreated: "creating it again overwrites it" };
const NOT_IN_AWS = { recreated: "it exists in the state alone" };

/** By the resource's type. A type that ends with `*` is a beginning. */
export const kinds: Readonly<Record<string, Kind>> = {
  // Network
  aws_vpc: { arn: /^ec2:vpc\/(?<id>[^/]+)$/, id: "{id}" },
  aws_subnet: { arn: /^ec2:subnet\/(?<id>[^/]+)$/, id: "{id}" },
  aws_internet_gateway: { arn: /^ec2:internet-gateway\/(?<id>[^/]+)$/, id: "{id}" },
  aws_route_table: { arn: /^ec2:route-table\/(?<id>[^/]+)$/, id: "{id}" },
  aws_route: { id: "{route_table_id}_{destination_cidr_block}" },
  aws_route_table_association: { id: "{subnet_id}/{route_table_id}" },
  aws_vpc_endpoint: { arn: /^ec2:vpc-endpoint\/(?<id>[^/]+)$/, id: "{id}" },
  aws_flow_log: { arn: /^ec2:vpc-flow-log\/(?<id>[^/]+)$/, id: "{id}" },
  aws_default_security_group: { recreated: "it is AWS's own, which Terraform takes over" },
  aws_security_group: {
    arn: /^ec2:security-group\/(?<id>[^/]+)$/,
    id: "{id}",
    ask: { type: "aws_security_group", with: { id: "{id}" }, same: ["name", "vpc_id"] },
  },

  // Keys, roles, secrets
  aws_kms_key: {
    arn: /^kms:key\/(?<id>.+)$/,
    id: "{id}",
    ask: {
      type: "aws_kms_key",
      with: { key_id: "{id}" },
      same: ["description"],
      unless: { key_state: ["PendingDeletion", "PendingReplicaDeletion"] },
    },
  },
  aws_kms_alias: { id: "{name}" },
  aws_iam_role: { id: "{name}" },
  aws_iam_instance_profile: { id: "{name}" },
  aws_iam_role_policy: OVERWRITTEN,
  aws_iam_role_policy_attachment: OVERWRITTEN,
  aws_secretsmanager_secret: {
    arn: /^secretsmanager:secret:(?<name>.+)-[A-Za-z0-9]{6}$/,
    id: "{arn}",
  },
  aws_secretsmanager_secret_version: { recreated: "it is a new version of the secret" },
  aws_secretsmanager_secret_policy: OVERWRITTEN,
  aws_ssm_parameter: { arn: /^ssm:parameter(?<name>\/.+)$/, id: "{name}" },

  // Storage and database
  aws_s3_bucket: { id: "{bucket}" },
  "aws_s3_bucket_*": OVERWRITTEN,
  aws_db_instance: {
    arn: /^rds:db:(?<identifier>.+)$/,
    id: "{identifier}",
    creating: { status: "creating" },
  },
  aws_db_parameter_group: { arn: /^rds:pg:(?<name>.+)$/, id: "{name}" },
  aws_db_subnet_group: { arn: /^rds:subgrp:(?<name>.+)$/, id: "{name}" },
  aws_rds_cluster: { arn: /^rds:cluster:(?<cluster_identifier>.+)$/, id: "{cluster_identifier}" },
  aws_rds_cluster_instance: { arn: /^rds:db:(?<identifier>.+)$/, id: "{identifier}" },
  aws_rds_cluster_parameter_group: { arn: /^rds:cluster-pg:(?<name>.+)$/, id: "{name}" },

  // Compute
  // The provider makes up the names of environments and launch templates: their tag Name tells which one is which.
  aws_batch_compute_environment: { arn: /^batch:compute-environment\/(?<environment>.+)$/, id: "{environment}" },
  aws_batch_job_queue: { arn: /^batch:job-queue\/(?<name>.+)$/, id: "{arn}" },
  aws_launch_template: { arn: /^ec2:launch-template\/(?<id>.+)$/, id: "{id}" },
  aws_dynamodb_table: { id: "{name}" },
  aws_ecr_repository: { id: "{name}" },

  // Load balancer
  aws_lb: {
    arn: /^elasticloadbalancing:loadbalancer\/\w+\/(?<name>[^/]+)\/\w+$/,
    id: "{arn}",
    // The provider makes up the end of a name: the type tells the metadata service's from the web interface's.
    ask: { type: "aws_lb", with: { arn: "{arn}" }, same: ["load_balancer_type"] },
  },
  aws_lb_target_group: { arn: /^elasticloadbalancing:targetgroup\/(?<name>[^/]+)\/\w+$/, id: "{arn}" },
  aws_lb_listener: {
    arn: /^elasticloadbalancing:listener\/\w+\/[^/]+\/\w+\/\w+$/,
    id: "{arn}",
    ask: { type: "aws_lb_listener", with: { arn: "{arn}" }, same: ["port", "protocol", "load_balancer_arn"] },
  },

  aws_lb_listener_rule: {
    arn: /^elasticloadbalancing:listener-rule\/\w+\/[^/]+\/\w+\/\w+\/\w+$/,
    id: "{arn}",
    ask: { type: "aws_lb_listener_rule", with: { arn: "{arn}" }, same: ["listener_arn", "priority"] },
  },

  // User pool of the web interface
  aws_cognito_user_pool: { arn: /^cognito-idp:userpool\/(?<id>[^/]+)$/, id: "{id}" },
  aws_cognito_user_pool_domain: { id: "{domain}" },
  aws_cognito_user_pool_client: { recreated: "one that no listener uses does nothing, and goes with the user pool" },

  // Notebook
  aws_sagemaker_notebook_instance: { arn: /^sagemaker:notebook-instance\/(?<lower_name>.+)$/, id: "{name}" },
  aws_sagemaker_notebook_instance_lifecycle_configuration: { id: "{name}" },

  // Service and functions
  aws_cloudwatch_dashboard: OVERWRITTEN,
  aws_cloudwatch_event_bus: { arn: /^events:event-bus\/(?<name>.+)$/, id: "{name}" },
  // AWS itself makes log groups of the names that its services write to, without tags.
  aws_cloudwatch_log_group: { id: "{name}" },
  aws_ecs_cluster: { arn: /^ecs:cluster\/(?<name>[^/]+)$/, id: "{name}" },
  aws_ecs_service: { arn: /^ecs:service\/(?<cluster_name>[^/]+)\/(?<name>[^/]+)$/, id: "{cluster_name}/{name}" },
  // Creating it again sets the bounds of the one that is there; its policy has a name in it.
  aws_appautoscaling_target: OVERWRITTEN,
  aws_appautoscaling_policy: OVERWRITTEN,
  aws_ecs_task_definition: {
    arn: /^ecs:task-definition\/(?<family>[^/:]+):(?<number>\d+)$/,
    id: "{arn}",
    newest: "number",
  },
  aws_lambda_function: { arn: /^lambda:function:(?<function_name>[^:]+)$/, id: "{function_name}" },
  aws_lambda_permission: { id: "{function_name}/{statement_id}" },
  aws_lambda_invocation: { recreated: "it is a call" },

  aws_sqs_queue: {
    arn: /^sqs:(?<name>[^:]+)$/,
    id: "{url}",
    ask: { type: "aws_sqs_queue", with: { name: "{name}" }, same: [] },
  },

  // REST API
  aws_api_gateway_rest_api: { arn: /^apigateway:\/restapis\/(?<id>[^/]+)$/, id: "{id}" },
  aws_api_gateway_rest_api_policy: OVERWRITTEN,
  aws_api_gateway_vpc_link: { arn: /^apigateway:\/vpclinks\/(?<id>[^/]+)$/, id: "{id}" },
  aws_api_gateway_api_key: { arn: /^apigateway:\/apikeys\/(?<id>[^/]+)$/, id: "{id}" },
  aws_api_gateway_usage_plan: { arn: /^apigateway:\/usageplans\/(?<id>[^/]+)$/, id: "{id}" },
  aws_api_gateway_usage_plan_key: { id: "{usage_plan_id}/{key_id}" },
  aws_api_gateway_stage: {
    arn: /^apigateway:\/restapis\/(?<rest_api_id>[^/]+)\/stages\/(?<stage_name>[^/]+)$/,
    id: "{rest_api_id}/{stage_name}",
  },
  aws_api_gateway_resource: {
    id: "{rest_api_id}/{id}",
    ask: {
      type: "aws_api_gateway_resource",
      with: { rest_api_id: "{rest_api_id}", path: "/{path_part}" },
      same: ["parent_id"],
    },
  },
  aws_api_gateway_method: { id: "{rest_api_id}/{resource_id}/{http_method}" },
  aws_api_gateway_method_response: { id: "{rest_api_id}/{resource_id}/{http_method}/{status_code}" },
  aws_api_gateway_method_settings: OVERWRITTEN,
  aws_api_gateway_integration: OVERWRITTEN,
  aws_api_gateway_integration_response: OVERWRITTEN,
  aws_api_gateway_account: OVERWRITTEN,
  aws_api_gateway_request_validator: { recreated: "one that no method uses does nothing, and goes with the REST API" },
  aws_api_gateway_deployment: { recreated: "one that no stage uses is never called, and goes with the REST API" },

  "random_*": NOT_IN_AWS,
  "terraform_*": NOT_IN_AWS,
  "time_*": NOT_IN_AWS,
};

/** How resources of a type are found; undefined where nobody has written that down. */
export function kindOf(type: string): Kind | undefined {
  const beginning = Object.keys(kinds).find((key) => key.endsWith("*") && type.startsWith(key.slice(0, -1)));
  return kinds[type] ?? (beginning === undefined ? undefined : kinds[beginning]);
}
