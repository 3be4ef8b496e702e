import fc from "fast-check";
import { metadataServiceContract } from "../../../modules/metadata-service/contract";
import * as aws from "../../support/bad-input/aws";
import {
  AFFIXES,
  type Arrival,
  type ModuleOracle,
  type Problem,
  problemsIf,
  type Values,
} from "../../support/bad-input/oracle";
import { SEED } from "../../support/bad-input/seed";
import { freeText } from "../../support/bad-input/texts";
import { serviceInputs } from "./inputs";

/** The names of the reference's resources. */
export function serviceNames({ resourcePrefix, resourceSuffix, loadBalancerNamePrefix }: Values) {
  const named = (middle: string) => `${resourcePrefix}${middle}${resourceSuffix}`;
  return {
    balancer: loadBalancerNamePrefix === "" ? named("nlb") : `${loadBalancerNamePrefix}-nlb`,
    targets: [named("mdtg"), named("dbtg")] as const,
    cluster: named("").replaceAll("--", "-"),
    function: named("db_migrate"),
    functionRole: named("lambda_ecs_execute"),
    taskRole: named("metadata-ecs-task"),
    log: named("metadata"),
    service: named("metadata-service"),
    task: named("service"),
    securityGroup: named("metadata-service-security-group"),
  };
}

/** What AWS refuses of the inputs together. */
export function serviceProblems(values: Values): Problem[] {
  const {
    loadBalancerNamePrefix,
    metadataServiceCpu: cpu,
    metadataServiceMemory: memory,
    subnet1Id,
    subnet2Id,
  } = values;
  const names = serviceNames(values);
  const ofBalancer = loadBalancerNamePrefix === "" ? AFFIXES : ["load_balancer_name_prefix"];
  const isSize = (aws.FARGATE[cpu] ?? []).includes(memory);
  return problemsIf(
    [!aws.isLoadBalancerName(names.balancer), ofBalancer, names.balancer],
    ...names.targets.map((name) => [!aws.isTargetGroupName(name), AFFIXES, name] as const),
    ...[names.cluster, names.service, names.task].map((name) => [!aws.isEcsName(name), AFFIXES, name] as const),
    [!aws.isFunctionName(names.function), AFFIXES, names.function],
    ...[names.functionRole, names.taskRole].map((name) => [!aws.isRoleName(name), AFFIXES, name] as const),
    [!aws.isLogGroupName(names.log), AFFIXES, names.log],
    [!aws.isSecurityGroupName(names.securityGroup), AFFIXES, names.securityGroup],
    [!isSize, ["metadata_service_cpu", "metadata_service_memory"], memory],
    [subnet1Id === subnet2Id, ["subnet1_id", "subnet2_id"], subnet1Id],
  );
}

function serviceArrivals(values: Values): Arrival[] {
  const names = serviceNames(values);
  const standardTags = values.standardTags ?? {};
  const settings = Object.entries(values.ecsClusterSettings ?? {});
  const task = "aws_ecs_task_definition.this";
  const environment = {
    MF_METADATA_DB_HOST: values.rdsMasterInstanceEndpoint.replaceAll(":5432", ""),
    MF_METADATA_DB_NAME: values.databaseName,
    MF_METADATA_DB_PORT: "5432",
    MF_METADATA_DB_PSWD: values.databasePassword,
    MF_METADATA_DB_USER: values.databaseUsername,
  };
  const list = Object.entries<unknown>(environment).map(([name, value]) => ({ name, value }));
  const image = values.metadataServiceContainerImage;
  return [
    ["aws_lb.this", "name", names.balancer],
    ["aws_lb_target_group.this", "name", names.targets[0]],
    ["aws_ecs_cluster.this", "name", names.cluster],
    ["aws_ecs_cluster.this", "tags", { ...standardTags, Name: names.cluster, Metaflow: "true" }],
    ...(settings.length > 0
      ? [["aws_ecs_cluster.this", "setting", settings.map(([name, value]) => ({ name, value }))] as const]
      : []),
    ["aws_lambda_function.db_migrate_lambda", "function_name", names.function],
    ["aws_lambda_function.db_migrate_lambda", "runtime", values.dbMigrateLambdaRuntime],
    ["aws_lambda_function.db_migrate_lambda", "filename", values.dbMigrateLambdaZipFile],
    ["aws_iam_role.metadata_svc_ecs_task_role", "name", names.taskRole],
    ["aws_cloudwatch_log_group.this", "name", names.log],
    ["aws_ecs_service.this", "name", names.service],
    [task, "family", names.task],
    [task, "cpu", String(values.metadataServiceCpu)],
    [task, "memory", String(values.metadataServiceMemory)],
    [task, "execution_role_arn", values.fargateExecutionRoleArn],
    [task, "container_definitions.0.name", names.task],
    [task, "container_definitions.0.environment", list],
    ...(image === "" ? [] : [[task, "container_definitions.0.image", image] as const]),
    ["aws_security_group.metadata_service_security_group", "name", names.securityGroup],
  ];
}

/** Each configuration has a zip file of its own, as they are planned at once; its name may have any character in it. */
function distinctZipFile(id: string): object {
  const [middle = ""] = fc.sample(freeText, { seed: SEED + Number(id.slice(1)), numRuns: 1 });
  return { dbMigrateLambdaZipFile: `zips/${id}-${middle.replaceAll("/", "")}.zip` };
}

/** The oracle of the metadata service. */
export const moduleOracle: ModuleOracle = {
  contracts: { construct: metadataServiceContract, module: metadataServiceContract },
  inputs: serviceInputs,
  counts: { construct: 60, module: 180, refused: 200 },
  takesNull: ["dbMigrateLambdaZipFile", "isGov", "standardTags", "vpcCidrBlocks", "withPublicIp"],
  problems: serviceProblems,
  arrivals: serviceArrivals,
  distinct: distinctZipFile,
};
