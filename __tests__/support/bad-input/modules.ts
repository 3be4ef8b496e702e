import * as aws from "./aws";

type Texts =
  | "databaseName"
  | "databasePassword"
  | "databaseUsername"
  | "dbEngine"
  | "dbIdentifierPrefix"
  | "dbInstanceType"
  | "dbMigrateLambdaRuntime"
  | "dbMigrateLambdaZipFile"
  | "dbName"
  | "dbUsername"
  | "fargateExecutionRoleArn"
  | "loadBalancerNamePrefix"
  | "metadataServiceContainerImage"
  | "rdsMasterInstanceEndpoint"
  | "resourcePrefix"
  | "resourceSuffix"
  | "subnet1Cidr"
  | "subnet1Id"
  | "subnet2Cidr"
  | "subnet2Id"
  | "vpcCidr"
  | "vpcId";

/** The values of a module's inputs, those that this file looks at; null stands for what Terraform leaves out. */
export type Values = Readonly<
  Record<Texts, string> &
    Record<"caCertIdentifier" | "dbEngineVersion" | "s3BucketName", string | null> &
    Record<"accessListCidrBlocks" | "userRolePrincipals" | "vpcCidrBlocks", readonly string[]> &
    Record<"apiBasicAuth" | "enableCustomBatchContainerRegistry" | "openApi", boolean> &
    Record<
      "computeEnvironmentMaxVcpus" | "computeEnvironmentMinVcpus" | "metadataServiceCpu" | "metadataServiceMemory",
      number
    > &
    Record<"createNetwork" | "forceDestroyS3Bucket", boolean | null> &
    Record<
      "dbInstanceTags" | "dbParameters" | "ecsClusterSettings" | "standardTags",
      Readonly<Record<string, string>> | null
    >
>;

/** Where a configuration is planned. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Why AWS would refuse a configuration. */
export interface Problem {
  /** The Terraform names of the inputs that are to blame: a message has to name one of them. */
  readonly inputs: readonly string[];
  /** The value that a message has to show. */
  readonly received: unknown;
  /** Whether it shows only when Terraform plans, also for literals: it depends on the account. */
  readonly atPlan?: boolean;
  /** Whether an input is required and not given. */
  readonly isMissing?: boolean;
  /** Whether the value is of another type: a message of Terraform's own does not show it then. */
  readonly isOfWrongType?: boolean;
}

/** A value that has to arrive in a resource: the resource's address in the module, and the way to the value in it. */
export type Arrival = readonly [address: string, path: string, value: unknown];

/** What AWS makes of a module's inputs together, and where they arrive. */
export interface ModuleOracle {
  readonly problems: (values: Values, place: Place) => Problem[];
  /** Whether the documentation leaves it open what AWS makes of a configuration. */
  readonly isUncertain: (values: Values) => boolean;
  readonly arrivals: (values: Values, place: Place) => Arrival[];
}

const AFFIXES = ["resource_prefix", "resource_suffix"];

/** The names of the reference's resources. */
function datastoreNames(values: Values) {
  const { resourcePrefix: prefix, resourceSuffix: suffix, dbIdentifierPrefix: own, dbName, s3BucketName } = values;
  const ownName = `${own}-${dbName}`;
  const isOwn = own !== "";
  return {
    bucket: s3BucketName === "" ? `${prefix}s3${suffix}` : s3BucketName,
    identifier: isOwn ? ownName : `${prefix}${dbName}${suffix}`,
    subnetGroup: isOwn ? ownName : `${prefix}main${suffix}`,
    securityGroup: `${prefix}rds-security-group${suffix}`,
    ofDatabase: isOwn ? ["db_identifier_prefix", "db_name"] : [...AFFIXES, "db_name"],
    ofGroup: isOwn ? ["db_identifier_prefix", "db_name"] : AFFIXES,
    ofBucket: s3BucketName === "" ? AFFIXES : ["s3_bucket_name"],
  };
}

const POSTGRESQL = ["postgres", "aurora-postgresql"];

/** "Working with parameters on your RDS for PostgreSQL DB instance", Amazon RDS User Guide: static ones. */
const STATIC_PARAMETERS = ["max_connections", "shared_buffers", "rds.logical_replication"];

function datastoreProblems(values: Values): Problem[] {
  const { dbEngine, dbEngineVersion, dbInstanceTags, dbInstanceType, dbName, dbParameters, dbUsername } = values;
  const { standardTags, subnet1Id, subnet2Id } = values;
  const names = datastoreNames(values);
  const isAurora = dbEngine.startsWith("aurora-");
  const isPostgresql = POSTGRESQL.includes(dbEngine.toLowerCase());
  const parameters = Object.keys(dbParameters ?? {});
  const badParameters = parameters.filter(
    (name) => STATIC_PARAMETERS.includes(name) || !/^[a-z_]+(\.[a-z_]+)?$/.test(name),
  );
  const tags = { ...standardTags, ...dbInstanceTags };
  return problemsIf(
    [names.bucket !== null && !aws.isBucketName(names.bucket), names.ofBucket, names.bucket],
    [!aws.isDatabaseIdentifier(names.identifier), names.ofDatabase, names.identifier],
    [isAurora && [...names.identifier].length > 61, names.ofDatabase, names.identifier],
    [!aws.isSubnetGroupName(names.subnetGroup), names.ofGroup, names.subnetGroup],
    [!aws.isSecurityGroupName(names.securityGroup), AFFIXES, names.securityGroup],
    [isPostgresql && !aws.isPostgresqlName(dbName), ["db_name"], dbName],
    [isPostgresql && !aws.isPostgresqlName(dbUsername), ["db_username"], dbUsername],
    [subnet1Id === subnet2Id, ["subnet1_id", "subnet2_id"], subnet1Id],
    [
      isPostgresql && parameters.length > 0 && !/^(9\.\d|[1-9]\d)(\.|$)/.test(dbEngineVersion ?? ""),
      ["db_engine_version"],
      dbEngineVersion,
    ],
    [dbEngineVersion === null && parameters.length > 0, ["db_engine_version"], null],
    [isAurora && values.caCertIdentifier === null, ["ca_cert_identifier"], null],
    [isPostgresql && badParameters.length > 0, ["db_parameters"], dbParameters],
    [
      dbEngine === "aurora-postgresql" && !/\.r\d|\.x\d|t3\.medium/.test(dbInstanceType),
      ["db_instance_type"],
      dbInstanceType,
    ],
    [
      aws.areTags(standardTags ?? {}) && aws.areTags(dbInstanceTags ?? {}) && !aws.areTags(tags),
      ["db_instance_tags", "standard_tags"],
      dbInstanceTags,
    ],
  );
}

/** What RDS alone can tell: engines other than PostgreSQL have their own names and parameter groups. */
function isUncertain({ dbEngine, dbName, dbUsername, dbParameters }: Values): boolean {
  const isForeign = !POSTGRESQL.includes(dbEngine.toLowerCase());
  const isPlain = [dbName, dbUsername].every(
    (name) => /^[a-z][a-z0-9]{0,15}$/.test(name) && aws.isPostgresqlName(name),
  );
  return isForeign && (!isPlain || Object.keys(dbParameters ?? {}).length > 0);
}

function datastoreArrivals(values: Values): Arrival[] {
  const { dbEngine, dbEngineVersion, dbInstanceTags, dbInstanceType, dbName, dbParameters, dbUsername } = values;
  const names = datastoreNames(values);
  const standardTags = values.standardTags ?? {};
  const isAurora = dbEngine.startsWith("aurora-");
  const database = isAurora ? "aws_rds_cluster.this[0]" : "aws_db_instance.this[0]";
  const tags = { ...standardTags, ...dbInstanceTags, Name: names.identifier, Metaflow: "true" };
  const parameters = Object.entries(dbParameters ?? {})
    .map(([name, value]) => ({ apply_method: "immediate", name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...(names.bucket === null ? [] : [["aws_s3_bucket.this", "bucket", names.bucket] as const]),
    ["aws_s3_bucket.this", "tags", { ...standardTags, Metaflow: "true" }],
    ["aws_s3_bucket.this", "force_destroy", values.forceDestroyS3Bucket ?? false],
    ["aws_kms_key.rds", "tags", Object.keys(standardTags).length === 0 ? null : standardTags],
    ["aws_db_subnet_group.this", "name", names.subnetGroup],
    ["aws_security_group.rds_security_group", "name", names.securityGroup],
    [database, isAurora ? "cluster_identifier" : "identifier", names.identifier],
    [database, isAurora ? "database_name" : "db_name", dbName],
    [database, isAurora ? "master_username" : "username", dbUsername],
    [database, "engine", dbEngine.toLowerCase()],
    ...(dbEngineVersion === null || dbEngineVersion === ""
      ? []
      : [[database, "engine_version", dbEngineVersion] as const]),
    [database, "tags", tags],
    ...(isAurora
      ? ([["aws_rds_cluster_instance.cluster_instances[0]", "instance_class", dbInstanceType]] as const)
      : ([[database, "instance_class", dbInstanceType]] as const)),
    ...(parameters.length > 0 ? [["aws_db_parameter_group.this[0]", "parameter", parameters] as const] : []),
  ];
}

function serviceNames({ resourcePrefix, resourceSuffix, loadBalancerNamePrefix }: Values) {
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

function serviceProblems(values: Values): Problem[] {
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

function roleProblems({ resourcePrefix, resourceSuffix }: Values): Problem[] {
  const name = `${resourcePrefix}metaflow_user${resourceSuffix}`;
  return problemsIf([!aws.isRoleName(name), AFFIXES, name]);
}

function roleArrivals({ resourcePrefix, resourceSuffix, standardTags, userRolePrincipals }: Values): Arrival[] {
  if (userRolePrincipals.length === 0) return [];
  return [
    ["aws_iam_role.this[0]", "name", `${resourcePrefix}metaflow_user${resourceSuffix}`],
    ["aws_iam_role.this[0]", "tags", Object.keys(standardTags ?? {}).length === 0 ? null : standardTags],
  ];
}

/** The app's name of the bucket has the account and region in it. */
function bucketOfApp(values: Values, { account, region }: Place): string {
  const { resourcePrefix, resourceSuffix, s3BucketName } = values;
  return s3BucketName || `${resourcePrefix}s3-${account}-${region}${resourceSuffix}`;
}

const ROLES_OF_FLOWS = ["batch-instance", "batch-job", "step_functions_role", "eventbridge_role"];

/** "CreateRepository", Amazon ECR API Reference. */
const isRepositoryName = (name: string) => /^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/.test(name);

function metaflowProblems(values: Values, place: Place): Problem[] {
  const { createNetwork, resourcePrefix, resourceSuffix, subnet1Cidr, subnet2Cidr, subnet1Id, subnet2Id, vpcCidr } =
    values;
  const isOwn = createNetwork ?? values.vpcId === "";
  const bucket = bucketOfApp(values, place);
  const named = (name: string) => `${resourcePrefix}${name}${resourceSuffix}`;
  const roles = ["ecs-execution", "flow-logs", "rds-monitoring", "api-logs", ...ROLES_OF_FLOWS].map(named);
  const machines = `${resourcePrefix}${resourceSuffix}`.replaceAll("--", "-");
  const sides = { s3BucketName: bucket, ...(isOwn ? { subnet1Id: "own1", subnet2Id: "own2" } : {}) };
  const inner = { ...values, ...sides };
  const others = [...datastoreProblems(inner), ...serviceProblems(inner)].filter(({ received }) => received !== bucket);
  return [
    ...others,
    ...problemsIf(
      ...roles.map((role): [boolean, string[], string] => [!aws.isRoleName(role), AFFIXES, role]),
      [!aws.isQueueName(named("batch")), AFFIXES, named("batch")],
      [!aws.isTableName(named("step_functions_state")), AFFIXES, named("step_functions_state")],
      [!/^[a-zA-Z0-9_-]{1,60}$/.test(machines), AFFIXES, machines],
      [values.enableCustomBatchContainerRegistry && !isRepositoryName(named("batch")), AFFIXES, named("batch")],
      [
        values.computeEnvironmentMinVcpus > values.computeEnvironmentMaxVcpus,
        ["compute_environment_min_vcpus", "compute_environment_max_vcpus"],
        values.computeEnvironmentMinVcpus,
      ],
      [isOwn && !aws.isWithin(subnet1Cidr, vpcCidr), ["subnet1_cidr"], subnet1Cidr],
      [isOwn && !aws.isWithin(subnet2Cidr, vpcCidr), ["subnet2_cidr"], subnet2Cidr],
      [isOwn && aws.doOverlap(subnet1Cidr, subnet2Cidr), ["subnet2_cidr"], subnet2Cidr],
      [
        aws.areDeploymentTags(values.standardTags ?? {}) &&
          aws.areTags(values.dbInstanceTags ?? {}) &&
          !aws.areTags({ ...values.standardTags, ...values.dbInstanceTags, "metaflow-deployment": "" }),
        ["db_instance_tags", "standard_tags"],
        values.dbInstanceTags,
      ],
      [!isOwn && values.vpcId === "", ["vpc_id"], ""],
      [
        !values.apiBasicAuth && values.accessListCidrBlocks.length === 0 && !values.openApi,
        ["api_basic_auth", "access_list_cidr_blocks"],
        false,
      ],
      [!isOwn && subnet1Id === "", ["subnet1_id"], ""],
      [!isOwn && subnet2Id === "", ["subnet2_id"], ""],
    ),
    ...problemsIf([!aws.isBucketName(bucket), values.s3BucketName === "" ? AFFIXES : ["s3_bucket_name"], bucket]).map(
      (problem) => ({ ...problem, atPlan: values.s3BucketName === "" }),
    ),
  ];
}

/** Where the network is another's and no networks are named, those of the VPC are asked for. */
function isUncertainDeployment(values: Values): boolean {
  const isOwn = values.createNetwork ?? values.vpcId === "";
  return isUncertain(values) || (!isOwn && values.vpcId !== "" && values.vpcCidrBlocks.length === 0);
}

function metaflowArrivals(values: Values, place: Place): Arrival[] {
  const names = datastoreNames(values);
  const service = serviceNames(values);
  const isOwn = values.createNetwork ?? values.vpcId === "";
  const database = values.dbEngine.startsWith("aurora-") ? "aws_rds_cluster" : "aws_db_instance";
  return [
    ["aws_s3_bucket.datastore_this", "bucket", bucketOfApp(values, place)],
    [
      `${database}.datastore_this[0]`,
      database === "aws_db_instance" ? "identifier" : "cluster_identifier",
      names.identifier,
    ],
    ["aws_ecs_service.metadata_service_this", "name", service.service],
    ...(isOwn
      ? ([
          ["aws_vpc.network_this[0]", "cidr_block", values.vpcCidr],
          ["aws_subnet.network_subnet2[0]", "cidr_block", values.subnet2Cidr],
        ] as const)
      : ([["aws_lb.metadata_service_this", "subnets", [values.subnet1Id, values.subnet2Id].sort()]] as const)),
  ];
}

function problemsIf(...conditions: (readonly [boolean, readonly string[], unknown])[]): Problem[] {
  return conditions.flatMap(([holds, inputs, received]) => (holds ? [{ inputs, received }] : []));
}

/** The oracle of each module. */
export const MODULES: Readonly<Record<string, ModuleOracle>> = {
  datastore: { problems: datastoreProblems, isUncertain, arrivals: datastoreArrivals },
  "metadata-service": { problems: serviceProblems, isUncertain: () => false, arrivals: serviceArrivals },
  "custom-role": { problems: roleProblems, isUncertain: () => false, arrivals: roleArrivals },
  metaflow: { problems: metaflowProblems, isUncertain: isUncertainDeployment, arrivals: metaflowArrivals },
};
