import { expectEmptySecondPlans } from "../../support/second-plan";

/** Resources whose answers moto gets wrong without corrections.py, but for those that take minutes to create. */
function config(changed: boolean): Record<string, unknown> {
  const trust = (service: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });
  const policy =
    '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "*", Condition = { NotIpAddress = { "aws:SourceIp" = ["198.51.100.0/24"] } } }] })}';
  const tls =
    '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::corrections/*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })}';
  const parameters = [
    { name: "log_min_duration_statement", value: changed ? "1000" : "500", apply_method: "immediate" },
    { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
  ].slice(0, changed ? 1 : 2);
  const api = "${aws_api_gateway_rest_api.this.id}";
  const tags: Record<string, string> = changed ? { stays: "changed", comes: "x" } : { stays: "as it was", goes: "x" };
  const proxied = {
    rest_api_id: api,
    resource_id: "${aws_api_gateway_resource.this.id}",
    http_method: "${aws_api_gateway_method.this.http_method}",
  };
  return {
    resource: {
      aws_kms_key: { this: { enable_key_rotation: true, rotation_period_in_days: changed ? 180 : 365 } },
      aws_cloudwatch_log_group: {
        this: { name: "corrections", kms_key_id: changed ? null : "${aws_kms_key.this.arn}" },
      },
      aws_dynamodb_table: {
        this: {
          name: "corrections",
          billing_mode: "PAY_PER_REQUEST",
          hash_key: "id",
          attribute: [{ name: "id", type: "S" }],
          server_side_encryption: changed ? [{ enabled: true, kms_key_arn: "${aws_kms_key.this.arn}" }] : [],
        },
      },
      aws_iam_role: { this: { name: "corrections", assume_role_policy: trust("ecs-tasks.amazonaws.com") } },
      aws_iam_role_policy_attachment: {
        this: {
          role: "${aws_iam_role.this.name}",
          policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
      },
      aws_s3_bucket: { this: { bucket: "corrections", force_destroy: true } },
      aws_s3_bucket_policy: { this: { bucket: "${aws_s3_bucket.this.id}", policy: tls } },
      aws_s3_object: { this: { bucket: "${aws_s3_bucket_policy.this.bucket}", key: "key", content: "content" } },
      aws_s3_bucket_lifecycle_configuration: {
        this: {
          bucket: "${aws_s3_bucket.this.id}",
          rule: [
            {
              id: "old",
              status: "Enabled",
              filter: {},
              noncurrent_version_expiration: { noncurrent_days: 30, newer_noncurrent_versions: 3 },
            },
          ],
        },
      },
      aws_db_parameter_group: { this: { name: "corrections", family: "postgres17", parameter: parameters } },
      aws_vpc: { this: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: { this: { vpc_id: "${aws_vpc.this.id}", cidr_block: "10.0.0.0/24" } },
      aws_flow_log: {
        this: {
          vpc_id: "${aws_vpc.this.id}",
          traffic_type: "ALL",
          log_destination_type: "s3",
          log_destination: "${aws_s3_bucket.this.arn}/flow/",
        },
      },
      aws_ecs_cluster: { this: { name: "corrections" } },
      aws_ecs_task_definition: {
        this: {
          family: "corrections",
          network_mode: "awsvpc",
          requires_compatibilities: ["FARGATE"],
          cpu: changed ? 512 : 256,
          memory: 1024,
          container_definitions: '${jsonencode([{ name = "a", image = "b", essential = true }])}',
        },
      },
      aws_ecs_service: {
        this: {
          name: "corrections",
          cluster: "${aws_ecs_cluster.this.id}",
          task_definition: "${aws_ecs_task_definition.this.arn}",
          desired_count: changed ? 2 : 1,
          launch_type: "FARGATE",
          wait_for_steady_state: true,
          deployment_circuit_breaker: { enable: true, rollback: !changed },
          network_configuration: { subnets: ["${aws_subnet.this.id}"] },
        },
      },
      aws_appautoscaling_target: {
        this: {
          service_namespace: "ecs",
          resource_id: "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}",
          scalable_dimension: "ecs:service:DesiredCount",
          min_capacity: 1,
          max_capacity: 4,
        },
      },
      aws_api_gateway_rest_api: { this: { name: "corrections", tags } },
      aws_api_gateway_api_key: { this: { name: "corrections", tags } },
      aws_api_gateway_usage_plan: {
        this: { name: "corrections", tags, quota_settings: { limit: changed ? 20 : 10, period: "DAY" } },
      },
      aws_api_gateway_rest_api_policy: { this: { rest_api_id: api, policy } },
      aws_api_gateway_resource: {
        this: {
          rest_api_id: api,
          parent_id: "${aws_api_gateway_rest_api.this.root_resource_id}",
          path_part: "{proxy+}",
        },
      },
      aws_api_gateway_vpc_link: {
        this: {
          name: "corrections",
          target_arns: ["arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/net/a/b"],
          tags,
        },
      },
      aws_api_gateway_method: {
        this: {
          rest_api_id: api,
          resource_id: "${aws_api_gateway_resource.this.id}",
          http_method: "ANY",
          authorization: "NONE",
          api_key_required: changed,
          request_parameters: { "method.request.path.proxy": true },
        },
      },
      aws_api_gateway_integration: {
        this: {
          ...proxied,
          type: "HTTP_PROXY",
          uri: changed ? "http://other.example.com/{proxy}" : "http://example.com/{proxy}",
          integration_http_method: "ANY",
          connection_type: "VPC_LINK",
          connection_id: "${aws_api_gateway_vpc_link.this.id}",
          request_parameters: { "integration.request.path.proxy": "method.request.path.proxy" },
        },
      },
    },
  };
}

test("a second plan is empty, after an apply and after a change, and nothing is left after a destroy", async () => {
  await expectEmptySecondPlans(config);
});
