import type { Order } from "./order";

const SERVICE_LOG = '"metaflow-metadata-prod"';
const INSTANCES = "AmazonEC2ContainerServiceforEC2Role";
const [EXECUTION, MIGRATION] = ["metaflow-ecs-execution-prod", "metaflow-lambda_ecs_execute-prod"];

/** What AWS would take in another order, too, and then not do, or do without what comes too late. */
export const MADE: readonly Order[] = [
  // A task starts with its permissions, its secret, its log, a way to the registry, and a database.
  [{ operation: "iam:PutRolePolicy", of: EXECUTION }, { operation: "ecs:CreateService" }],
  [{ operation: "secretsmanager:PutSecretValue" }, { operation: "ecs:CreateService" }],
  [{ operation: "logs:CreateLogGroup", of: SERVICE_LOG }, { operation: "ecs:CreateService" }],
  [{ operation: "ec2:CreateRoute" }, { operation: "ecs:CreateService" }],
  [{ operation: "rds:CreateDBInstance" }, { operation: "ecs:CreateService" }],
  [{ operation: "elbv2:CreateListener" }, { operation: "ecs:CreateService" }],
  // Lambda makes network interfaces by the function's role.
  [{ operation: "iam:PutRolePolicy", of: MIGRATION }, { operation: "lambda:CreateFunction" }],
  [{ operation: "ecs:CreateService" }, { operation: "lambda:Invoke" }],
  // AWS makes log groups without retention and key where there are none.
  [{ operation: "logs:CreateLogGroup", of: "/aws/rds/" }, { operation: "rds:CreateDBInstance" }],
  [{ operation: "logs:CreateLogGroup", of: "metadata-prod-migration" }, { operation: "lambda:CreateFunction" }],
  [{ operation: "logs:CreateLogGroup", of: "/aws/apigateway/" }, { operation: "apigateway:CreateStage" }],
  [{ operation: "iam:AttachRolePolicy", of: "AmazonRDSEnhancedMonitoringRole" }, { operation: "rds:CreateDBInstance" }],
  [{ operation: "apigateway:UpdateAccount" }, { operation: "apigateway:CreateStage" }],
  [{ operation: "apigateway:PutIntegration" }, { operation: "apigateway:CreateDeployment" }],
  // Instances start with their permissions and a way to the registry.
  [{ operation: "iam:AttachRolePolicy", of: INSTANCES }, { operation: "batch:CreateComputeEnvironment" }],
  [{ operation: "ec2:CreateRoute" }, { operation: "batch:CreateComputeEnvironment" }],
];

/** Likewise, of a destroy. */
export const UNMADE: readonly Order[] = [
  // Lambda deletes network interfaces by the function's role, and what they are in cannot go before them.
  [{ operation: "lambda:DeleteFunction" }, { operation: "iam:DeleteRolePolicy", of: MIGRATION }],
  [{ operation: "lambda:DeleteFunction" }, { operation: "ec2:DeleteSubnet" }],
  // Tasks end with their way out, their permissions, their database and their log.
  [{ operation: "ecs:DeleteService" }, { operation: "ec2:DeleteRoute" }],
  [{ operation: "ecs:DeleteService" }, { operation: "ec2:DetachInternetGateway" }],
  [{ operation: "ecs:DeleteService" }, { operation: "iam:DeleteRolePolicy", of: EXECUTION }],
  [{ operation: "ecs:DeleteService" }, { operation: "rds:DeleteDBInstance" }],
  [{ operation: "ecs:DeleteService" }, { operation: "elbv2:DeleteListener" }],
  [{ operation: "ecs:DeleteService" }, { operation: "logs:DeleteLogGroup", of: SERVICE_LOG }],
  // What still writes would have AWS make its log group anew.
  [{ operation: "rds:DeleteDBInstance" }, { operation: "logs:DeleteLogGroup", of: "/aws/rds/" }],
  [{ operation: "lambda:DeleteFunction" }, { operation: "logs:DeleteLogGroup", of: "metadata-prod-migration" }],
  [{ operation: "apigateway:DeleteStage" }, { operation: "logs:DeleteLogGroup", of: "/aws/apigateway/" }],
  [{ operation: "ec2:DeleteFlowLogs" }, { operation: "logs:DeleteLogGroup", of: "metadata-prod-network" }],
  [{ operation: "rds:DeleteDBInstance" }, { operation: "rds:DeleteDBSubnetGroup" }],
  [{ operation: "apigateway:DeleteVpcLink" }, { operation: "elbv2:DeleteLoadBalancer" }],
  // Instances end with their permissions, and what they are in cannot go before them.
  [{ operation: "batch:DeleteJobQueue" }, { operation: "batch:DeleteComputeEnvironment" }],
  [{ operation: "batch:DeleteComputeEnvironment" }, { operation: "iam:DetachRolePolicy", of: INSTANCES }],
  [{ operation: "batch:DeleteComputeEnvironment" }, { operation: "ec2:DeleteSubnet" }],
  [{ operation: "batch:DeleteComputeEnvironment" }, { operation: "ec2:DetachInternetGateway" }],
];
