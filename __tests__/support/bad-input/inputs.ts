import fc from "fast-check";
import * as aws from "./aws";
import { freeText, noTagText, oneOf, tagText, textOf, word } from "./texts";

/** What AWS makes of one input by itself. */
export interface InputOracle {
  /** Values that are mostly accepted. */
  readonly likely: fc.Arbitrary<unknown>;
  /** Values near to the edge of what is accepted, and beyond. */
  readonly values: fc.Arbitrary<unknown>;
  /** Whether AWS accepts a value of the right type; what depends on other inputs is the business of a module's oracle. */
  readonly accepts: (value: never) => boolean;
}

function oracle<Value>(
  accepts: (value: Value) => boolean,
  likely: fc.Arbitrary<Value>,
  ...others: fc.Arbitrary<Value>[]
): InputOracle {
  return { likely, values: fc.oneof(likely, ...others), accepts };
}

const anything = () => true;
const bool = oracle<boolean>(anything, fc.boolean());
const text = oracle<string>(anything, freeText);
const optional = (accepts: (value: string) => boolean) => (value: string) => value === "" || accepts(value);
const whole = (least: number, most: number) =>
  oracle<number>(
    (value) => Number.isInteger(value) && value >= least && value <= most,
    fc.integer({ min: least, max: most }),
    oneOf(least - 1, most + 1, least + 0.5, -1, 1e12),
  );
const among = (...numbers: number[]) =>
  oracle<number>((value) => numbers.includes(value), oneOf(...numbers), oneOf(-1, 2, 4, 100, 366, 0.5));
const ipv6 = fc.constantFrom("2001:db8::/32", "2001:db8::1", "::/0");

const id = (prefix: string) =>
  oracle<string>(
    (value) => aws.isResourceId(prefix, value),
    textOf("0123456789abcdef", 8, 17).map((digits) => `${prefix}-${digits}`),
    oneOf(
      "",
      `${prefix}-`,
      "i-0a1b2c3d",
      "vpce-0a1b2c3d",
      `["${prefix}-0a1b2c3d"]`,
      `${prefix}-0a1b2c3d,${prefix}-0a1b2c3e`,
    ),
    oneOf(`arn:aws:ec2:us-west-2:123456789012:${prefix}/${prefix}-0a1b2c3d`, ` ${prefix}-0a1b2c3d`, `${prefix} 1`),
    // What stands for an id elsewhere: Terragrunt's mock outputs, terraform test's mocked providers.
    oneOf(`test_${prefix}_id`, "mock", `${prefix}-fake`, "k3x0p9q1"),
  );

const octet = fc.nat(255);
const network = fc.tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 })).map(([a, b, c, d, bits]) => {
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % 2 ** (32 - bits));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${String(bits)}`;
});
const noNetwork = oneOf(
  "10.20.0.5/16",
  "10.20.0.0",
  "10.20.0.0/33",
  "10.0.0/8",
  "256.0.0.0/8",
  "example.com",
  "",
  "any",
);

const lists = (item: fc.Arbitrary<string>) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });
const map = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });

const manyTags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${String(index)}`, "x"]));
const tags = (accepts: (value: Record<string, string>) => boolean) =>
  oracle<Record<string, string>>(
    accepts,
    map(tagText, tagText),
    map(tagText, fc.oneof(tagText, noTagText)),
    map(fc.oneof(tagText, noTagText), tagText),
    oneOf<Record<string, string>>({}, manyTags(48), manyTags(49), { "": "x" }, { ["k".repeat(128)]: "v".repeat(256) }),
    oneOf<Record<string, string>>(
      { ["k".repeat(129)]: "x" },
      { long: "v".repeat(257) },
      { Name: "mine" },
      { "rds:a": "x" },
      { empty: "" },
      { Team: "a", team: "b" },
      { "metaflow-deployment": "mine" },
    ),
  );

const arnOf = (accepts: (value: string) => boolean, ...good: string[]) =>
  oracle<string>(
    accepts,
    oneOf(...good),
    oneOf("", "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/metaflow", "metaflow-role", "arn:aws:s3", "acme-bucket"),
    oneOf("k3x0p9q1", "arn:aws:iam::12345:role/x", "ARN:AWS:S3:::acme", "arn:gcp:s3:::acme", "arn:aws:s3:::"),
  );

/** A list of ARNs as the first is, without a wildcard. */
const arns = (good: string, bad: string) =>
  oracle<string[]>(
    (list) => list.every((item) => item === good),
    oneOf([good]),
    oneOf<string[]>(
      [],
      [bad],
      [good, ""],
      ["alice"],
      [`${good}*`],
      [good.toUpperCase()],
      ["arn:aws:iam::123456789012"],
    ),
  );

const prefix = oracle<string>(
  anything,
  word(10).map((name) => `${name}-`),
  fc.oneof(word(30), word(12)),
  oneOf(
    "",
    "a",
    "metaflow-",
    "Acme-",
    "acme_",
    "1acme-",
    "sg-",
    "a.b-",
    "-a",
    "acme--",
    "xn--",
    "über-",
    "a b-",
    "a/b-",
  ),
  oneOf("internal-", 'say"', "${x}-", "a{$}-", "%{x}", "a\nb-"),
);
const suffix = oracle<string>(
  anything,
  word(6).map((name) => `-${name}`),
  fc.oneof(word(8), oneOf("", "-dev", "-prod")),
  oneOf("-", "_dev", "-Dev", "--x-s3", "-s3alias", "-an", " dev", "${x}", "é", "-"),
);

const size = (values: readonly number[]) => oracle<number>(anything, oneOf(...values), oneOf(0, 300, 512.5, -256, 1e9));

/** The addresses of a rule of a security group. */
const networks = oracle<string[]>(
  (list) => list.every((item) => aws.ipv4Network(item) !== undefined),
  lists(network),
  lists(fc.oneof(network, noNetwork)),
  oneOf<string[]>([], ["0.0.0.0/0"], ["2001:db8::/32"]),
);

/** The oracle of every input, by its name in TypeScript. */
export const INPUTS: Readonly<Record<string, InputOracle>> = {
  accessListCidrBlocks: oracle<string[]>(
    (list) => list.every((item) => /^[0-9a-f:]+(\/\d+)?$/.test(item) || isAddressOrNetwork(item)),
    lists(fc.oneof(network, ipv6, oneOf("198.51.100.7", "203.0.113.7/24", "10.0.0.1/8"))),
    lists(fc.oneof(network, oneOf("vpn.example.com", "1.2.3", "1.2.3.4/33", "", "10.0.0.0/8/8", "01.2.3.4"))),
    oneOf<string[]>([]),
  ),
  accessLogBucket: oracle<string>(
    optional(aws.isBucketName),
    oneOf("", "acme-logs", "logs.example.com"),
    oneOf("Acme", "a", "a..b", "acme_logs", "s3://acme-logs"),
  ),
  allowMajorVersionUpgrade: bool,
  apiAccessLogs: bool,
  apiBasicAuth: bool,
  apiBurst: whole(0, 2_147_483_647),
  apiRequestsPerDay: whole(0, 2_147_483_647),
  apiRequestsPerSecond: whole(0, 2_147_483_647),
  autoMinorVersionUpgrade: bool,
  apiGatewayAccountRole: bool,
  applyImmediately: bool,
  /** "AWS Regions", AWS General Reference. */
  awsRegion: oracle<string>(
    (value) => ["us-west-2"].includes(value),
    oneOf("us-west-2"),
    oneOf("", "us-west", "us-west-2a", "US-WEST-2", "Oregon", "us_west_2"),
  ),
  /** "CreateDBInstance", BackupRetentionPeriod, Amazon RDS API Reference. */
  backupRetentionDays: whole(0, 35),
  batchJobQueueArns: arns(
    "arn:aws:batch:us-west-2:123456789012:job-queue/metaflow",
    "arn:aws:batch:us-west-2:1:queue/a",
  ),
  batchJobRoleArns: arns("arn:aws:iam::123456789012:role/batch", "arn:aws:iam::123456789012:user/batch"),
  bucketEvents: bool,
  bucketKeyEnabled: bool,
  bucketVersioning: bool,
  /** "Using SSL/TLS to encrypt a connection to a DB instance", Amazon RDS User Guide. */
  caCertIdentifier: oracle<string>(
    optional((value) => ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"].includes(value)),
    oneOf("", "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"),
    oneOf("rsa2048", "rds_ca_rsa2048", "RDS-CA-RSA2048-G1", "rds-ca-", "-----BEGIN CERTIFICATE-----", "${x}"),
  ),
  computeEnvironmentEgressCidrBlocks: networks,
  /** "ComputeResource", instanceTypes, AWS Batch API Reference; "Naming conventions", Amazon EC2 instance type guide. */
  computeEnvironmentInstanceTypes: oracle<string[]>(
    (list) =>
      list.length > 0 &&
      list.every((item) => aws.INSTANCE_TYPES.includes(item)) &&
      new Set(list.map((item) => aws.GRAVITON_TYPES.includes(item))).size === 1,
    fc.oneof(
      fc.uniqueArray(fc.constantFrom(...aws.X86_TYPES), { minLength: 1, maxLength: 3 }),
      oneOf(["m7g", "c7gn.2xlarge"]),
    ),
    oneOf<string[]>(
      [],
      [""],
      ["m5."],
      ["M5.large"],
      ["m5 large"],
      ["large"],
      ["t3.big"],
      ["m5.large", "m7g.large"],
      ["g5", "g5g"],
    ),
  ),
  computeEnvironmentMaxVcpus: whole(0, 1_000_000),
  computeEnvironmentMinVcpus: whole(0, 1_000_000),
  computeEnvironmentType: oracle<string>(
    (value) => ["EC2", "SPOT"].includes(value),
    oneOf("EC2", "SPOT"),
    oneOf("", "ec2", "spot", "FARGATE", "fargate", "ON_DEMAND"),
  ),
  /** "EbsBlockDevice", Amazon EC2 API Reference; the image needs 30 GiB. */
  computeEnvironmentVolumeSize: whole(30, 16_384),
  createNetwork: bool,
  databaseName: text,
  databasePassword: text,
  databasePasswordVersion: whole(1, 1_000_000_000),
  databaseSslMode: oracle<string>(
    (value) => ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"].includes(value),
    oneOf("disable", "allow", "prefer", "require"),
    oneOf("", "Require", "required", "on", "true", "verify"),
  ),
  databaseUsername: text,
  datastoreS3BucketKmsKeyArn: arnOf(
    (value) => value === "*" || aws.isArn(value) || aws.isMocked(value),
    "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1",
    "*",
  ),
  /** "CreateDBInstance", Engine, Amazon RDS API Reference. */
  dbEngine: oracle<string>(
    (value) => ["postgres", "aurora-postgresql", "aurora-mysql", "mysql", "mariadb", "Postgres"].includes(value),
    oneOf("postgres", "postgres", "postgres", "aurora-postgresql", "aurora-mysql", "mysql", "mariadb", "Postgres"),
    oneOf("", "postgresql", "pg", "aurora", "aurora-postgres", "Aurora-PostgreSQL", "sqlite", "oracle", "aurora-"),
  ),
  dbEngineVersion: oracle<string>(
    optional((value) => value.length === value.trim().length && /^\d[^,]*$/.test(value)),
    oneOf("", "11", "14", "16", "17", "13.12", "16.6", "8.0", "15.00.4073.23.v1"),
    oneOf("latest", "v17", "pg16", "17 ", "16,6", "Ⅻ"),
  ),
  dbIdentifierPrefix: oracle<string>(
    anything,
    fc.oneof(oneOf(""), word(10), word(50)),
    oneOf("a-", "Acme", "1a", "a_b", "a--b", "-a", "é", "a b", "a".repeat(62), "${x}"),
  ),
  dbInstanceTags: tags((value) => aws.areTags(value, "aws:", "rds:")),
  /** "DB instance class types" and "Encrypting Amazon RDS resources", Amazon RDS User Guide. */
  dbInstanceType: oracle<string>(
    (value) =>
      value.startsWith("db.") &&
      !["db.t2.micro", "db.m1.small", "db.m2.xlarge", "db.", "db.serverless"].includes(value),
    oneOf("db.t4g.small", "db.t3.medium", "db.r6g.large", "db.m7g.xlarge", "db.x2iedn.24xlarge"),
    oneOf(
      "",
      "t4g.small",
      "db.serverless",
      "db.t2.micro",
      "db.m1.small",
      "db.m2.xlarge",
      "db",
      "db.",
      "db t4g small",
      "small",
    ),
  ),
  /** "Lambda runtimes", AWS Lambda Developer Guide; the function's code is Python. */
  dbMigrateLambdaRuntime: oracle<string>(
    (value) =>
      ["python3.7", "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13"].includes(value),
    oneOf("python3.8", "python3.9", "python3.11", "python3.13"),
    oneOf("", "python", "python3", "python2.7", "python3.6", "nodejs20.x", "Python3.13", "3.13", "python3.013"),
  ),
  dbMigrateLambdaZipFile: oracle<string>(
    anything,
    word(8).map((name) => `zips/${name}.zip`),
  ),
  dbName: oracle<string>(
    anything,
    fc.oneof(word(12), oneOf("metaflow", "postgres")),
    oneOf("", "1a", "a-b", "a_b", "Flow", "é", "pg_flows", "a".repeat(64), "a b", "a'b", ...aws.POSTGRESQL_WORDS),
  ),
  dbParameters: oracle<Record<string, string>>(
    anything,
    oneOf<Record<string, string>>({}),
    fc.dictionary(
      oneOf("log_min_duration_statement", "work_mem", "rds.force_ssl", "log_line_prefix", "auto_explain.log_format"),
      fc.oneof(
        oneOf("1", "500"),
        freeText.filter((value) => value !== ""),
      ),
      { maxKeys: 3, noNullPrototype: true },
    ),
    oneOf<Record<string, string>>(
      { max_connections: "100" },
      { "log min": "1" },
      { "work-mem": "1" },
      { "": "1" },
      { shared_buffers: "1" },
    ),
    oneOf<Record<string, string>>(
      { "rds.logical_replication": "1" },
      { "a.b.c": "1" },
      { 'a"b': "1" },
      { "${x}": "1" },
    ),
  ),
  dbUsername: oracle<string>(
    anything,
    fc.oneof(word(12), oneOf("metaflow", "postgres", "Flow1")),
    oneOf("", "1a", "a-b", "_a", "é", "pg_me", "a".repeat(64), "a b", "root;", ...aws.POSTGRESQL_ROLES),
  ),
  deletionProtection: bool,
  /** "ClusterSetting", Amazon ECS API Reference. */
  ecsClusterSettings: oracle<Record<string, string>>(
    (value) =>
      Object.entries(value).every(
        ([key, setting]) => key === "containerInsights" && ["enabled", "enhanced", "disabled"].includes(setting),
      ),
    oneOf<Record<string, string>>({}, { containerInsights: "enabled" }, { containerInsights: "disabled" }),
    oneOf<Record<string, string>>({ containerInsights: "on" }, { containerinsights: "enabled" }, { a: "b" }),
    oneOf<Record<string, string>>({ containerInsights: "enabled", other: "enabled" }, { containerInsights: "" }),
  ),
  permissionsBoundaryArn: arnOf(
    (value) => value === "" || aws.isPolicyArn(value),
    "",
    "arn:aws:iam::123456789012:policy/boundary",
    "arn:aws-us-gov:iam::aws:policy/PowerUserAccess",
  ),
  fargateExecutionRoleArn: arnOf(
    (value) => aws.isArn(value, "iam", "role/"),
    "arn:aws:iam::123456789012:role/ecs-execution",
    "arn:aws-cn:iam::123456789012:role/path/ecs-execution",
  ),
  enableCustomBatchContainerRegistry: bool,
  enableStepFunctions: bool,
  flowLogs: bool,
  forceDestroyS3Bucket: bool,
  jobRolePolicyArns: arns("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "arn:aws:iam::123456789012:role/flows"),
  jobSecretArns: arns(
    "arn:aws:secretsmanager:us-west-2:123456789012:secret:flows/*",
    "arn:aws:ssm:us-west-2:123456789012:parameter/flows",
  ),
  /** "Amazon Resource Names (ARNs)", AWS General Reference. */
  iamPartition: oracle<string>(
    (value) => ["aws", "aws-us-gov", "aws-cn"].includes(value),
    oneOf("aws", "aws-us-gov", "aws-cn"),
    oneOf("", "AWS", "aws-moon", "gov", "us-gov", "aws "),
  ),
  isGov: bool,
  keyRotation: bool,
  loadBalancerNamePrefix: oracle<string>(
    anything,
    fc.oneof(oneOf(""), word(10), word(28)),
    oneOf("internal-a", "-a", "a_b", "a.b", "é", "b".repeat(29), "a b", "${x}"),
  ),
  /** "PutRetentionPolicy", Amazon CloudWatch Logs API Reference. */
  logRetentionDays: among(0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653),
  maintenanceWindow: oracle<string>(
    aws.isMaintenanceWindow,
    oneOf("", "Mon:00:00-Mon:03:00", "sun:23:45-mon:00:15", "TUE:10:00-tue:10:30", "Sat:08:08-Sat:09:09"),
    oneOf("monday", "Mon:00:00", "Mon:24:00-Tue:01:00", "Mon:00:00-Mon:00:29", "Mon:00:00-Mon:00:00", "0 0 * * 1"),
    oneOf("Mon:00:00-Mon:03:60", "Mon:0:00-Mon:3:00", "Mon:00:00 - Mon:03:00", "sun:23:45-mon:00:10", "${x}"),
  ),
  /** "CreateRole", MaxSessionDuration, IAM API Reference. */
  maxSessionDuration: whole(3600, 43200),
  metadataServiceContainerImage: oracle<string>(
    optional(aws.isImage),
    oneOf("", "netflixoss/metaflow_metadata_service:v2.5.1", "registry.example.com:5000/a/b@sha256:0a1b", "img"),
    oneOf("my image", ":v1", "image:${tag}", 'a"b', "é/img", `a${"b".repeat(255)}`, "https://x y"),
  ),
  metadataServiceCpu: size([256, 512, 512, 1024, 2048, 4096, 8192, 16384]),
  metadataServiceEnvironment: oracle<Record<string, string>>(
    (map) => Object.keys(map).every(aws.isAdditionalVariable),
    map(oneOf("MF_METADATA_DB_TIMEOUT", "A_1", "_x"), freeText),
    oneOf<Record<string, string>>(
      { "1A": "x" },
      { "A-B": "x" },
      { MF_METADATA_DB_HOST: "x" },
      { "": "x" },
      { "a b": "" },
    ),
  ),
  metadataServiceMemory: size([512, 1024, 1024, 2048, 4096, 8192, 16384, 32768]),
  metadataServiceSecurityGroupId: id("sg"),
  metaflowVpcId: id("vpc"),
  metadataServiceSecrets: oracle<Record<string, string>>(
    (map) => Object.entries(map).every(([name, arn]) => aws.isAdditionalVariable(name) && aws.isSecretArn(arn)),
    map(
      oneOf("TOKEN", "B_1"),
      oneOf(
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:token-AbCdEf",
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:token-AbCdEf:key::",
        "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/metaflow/token",
      ),
    ),
    map(
      oneOf("TOKEN", "MF_METADATA_DB_PSWD", "9"),
      oneOf("", "token", "arn:aws:s3:::acme", "arn:aws:kms:us-west-2:1:key/2"),
    ),
  ),
  migrateAutomatically: bool,
  /** "CreateDBInstance", MonitoringInterval, Amazon RDS API Reference. */
  monitoringInterval: among(0, 1, 5, 10, 15, 30, 60),
  noncurrentVersionDays: whole(1, 36500),
  openApi: bool,
  performanceInsights: bool,
  rdsMasterInstanceEndpoint: text,
  resourcePrefix: prefix,
  resourceSuffix: suffix,
  s3BucketArn: arnOf(
    (value) => aws.isArn(value) || aws.isMocked(value),
    "arn:aws:s3:::acme",
    "arn:aws-us-gov:s3:::acme.metaflow",
  ),
  /** "Naming Amazon S3 objects", Amazon S3 User Guide; a policy reads `*`, `?` and `$` otherwise. */
  s3Folders: oracle<string[]>(
    (list) => list.length > 0 && list.every((item) => /^[\w.-]+(\/[\w.-]+)*$/.test(item)),
    oneOf(["metaflow", "data"], ["teams/forecast"], ["a.b_c-d"]),
    oneOf<string[]>([], [""], ["/metaflow"], ["metaflow/"], ["*"], ["a b"], ["${aws:username}"], ["é"], ["a", "b?"]),
  ),
  s3BucketName: oracle<string>(
    anything,
    fc.oneof(oneOf(""), word(20), word(63)),
    oneOf("ab", "Acme", "a..b", "192.168.5.4", "acme-s3alias", "a_b", "-ab", "ab-", "xn--ab", "acme-an", "é-acme"),
    oneOf(
      "a".repeat(64),
      "sthree-a",
      "amzn-s3-demo-a",
      "a--ol-s3",
      "a.mrap",
      "a--x-s3",
      "a--table-s3",
      "a b c",
      "${x}",
    ),
  ),
  standardTags: tags((value) => aws.areTags(value, "aws:", "rds:")),
  stateMachinePrefix: oracle<string>(
    optional((value) => /^[\w-]{1,60}$/.test(value)),
    oneOf("", "acme-metaflow", "flows_2"),
    oneOf("acme.flows", "a b", "é", "*", "a".repeat(61)),
  ),
  stepFunctionsExecutionLogs: bool,
  stepFunctionsRoleArns: arns("arn:aws:iam::123456789012:role/states", "arn:aws:iam::123456789012:user/states"),
  subnet1Cidr: vpcPart("10.20.0.0/24", "10.20.32.0/20"),
  subnet1Id: id("subnet"),
  subnet2Cidr: vpcPart("10.20.1.0/24", "10.20.64.0/20"),
  subnet2Id: id("subnet"),
  userRolePrincipals: arns("arn:aws:iam::123456789012:role/data-science", "*"),
  vpcCidr: vpcPart("10.20.0.0/16", "10.20.0.0/17"),
  vpcCidrBlocks: oracle<string[]>(
    (list) => list.every((item) => aws.ipv4Network(item) !== undefined) && new Set(list).size === list.length,
    lists(network),
    lists(fc.oneof(network, noNetwork)),
    oneOf(["10.0.0.0/8", "10.0.0.0/8"], ["2001:db8::/32"], ["10.20.0.0/16", ""]),
  ),
  vpcEndpoints: bool,
  vpcId: id("vpc"),
  withPublicIp: bool,
};

/** Inputs of which a module's services take less or more. */
export const INPUTS_OF: Readonly<Record<string, Readonly<Record<string, InputOracle>>>> = {
  "metadata-service": { standardTags: tags((value) => aws.areIamTags(value, "aws:")) },
  "custom-role": {
    datastoreS3BucketKmsKeyArn: arnOf(
      (value) => aws.isArn(value, "kms", "key/"),
      "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:us-west-2:123456789012:alias/metaflow",
    ),
    s3BucketArn: arnOf(
      (value) => aws.isArn(value) && value.includes(":s3:::"),
      "arn:aws:s3:::acme",
      "arn:aws-us-gov:s3:::acme.metaflow",
    ),
    standardTags: tags((value) => aws.areIamTags(value, "aws:")),
  },
  metaflow: {
    standardTags: tags(aws.areDeploymentTags),
    subnet1Id: orEmpty(id("subnet")),
    subnet2Id: orEmpty(id("subnet")),
    vpcId: orEmpty(id("vpc")),
  },
};

/** The oracle of a module's input. @throws where there is none */
export function inputOracle(module: string, name: string): InputOracle {
  const found = INPUTS_OF[module]?.[name] ?? INPUTS[name];
  if (!found) {
    throw new Error(`${module} has an input ${name}, of which INPUTS says nothing: write down what AWS accepts.`);
  }
  return found;
}

function orEmpty({ values, accepts }: InputOracle): InputOracle {
  const empty = oneOf("");
  return {
    likely: empty,
    values: fc.oneof(empty, values),
    accepts: optional(accepts as (value: string) => boolean) as never,
  };
}

function vpcPart(...good: string[]): InputOracle {
  const bad = oneOf("10.20.0.0/15", "10.20.0.0/29", "10.20.0.7/24", "10.20.0.0", "2001:db8::/56", "", "all", "${x}");
  return oracle<string>(aws.isVpcNetwork, oneOf(...good), bad);
}

function isAddressOrNetwork(item: string): boolean {
  const [address = "", bits = "32", ...rest] = item.split("/");
  return (
    aws.ipv4Network(`${address}/32`) !== undefined && rest.length === 0 && /^\d+$/.test(bits) && Number(bits) <= 32
  );
}
