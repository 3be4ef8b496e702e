import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { MetadataService } from "../../../modules/metadata-service";
import { resourcesOf } from "../../support/resources-of";
import { METADATA_SERVICE } from "./sample";

const newStack = () => new TerraformStack(new RootConstruct(), "stack");

test("the resources of the metadata service are public", () => {
  expect(resourcesOf(new MetadataService(newStack(), "Default", METADATA_SERVICE))).toEqual([
    "api: aws_api_gateway_rest_api.this",
    "apiKey: aws_api_gateway_api_key.this",
    "apiStage: aws_api_gateway_stage.this",
    "cluster: aws_ecs_cluster.this",
    "listener: aws_lb_listener.this",
    "loadBalancer: aws_lb.this",
    "logGroup: aws_cloudwatch_log_group.this",
    "migrationFunction: aws_lambda_function.db_migrate_lambda",
    "migrationListener: aws_lb_listener.db_migrate",
    "migrationRole: aws_iam_role.lambda_ecs_execute_role",
    "migrationTargetGroup: aws_lb_target_group.db_migrate",
    "securityGroup: aws_security_group.metadata_service_security_group",
    "service: aws_ecs_service.this",
    "targetGroup: aws_lb_target_group.this",
    "taskDefinition: aws_ecs_task_definition.this",
    "taskRole: aws_iam_role.metadata_svc_ecs_task_role",
    "vpcLink: aws_api_gateway_vpc_link.this",
  ]);
});
