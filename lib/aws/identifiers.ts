import type { Rule } from "../contract/contract";
import { all, any, equal, everyEntry, lower, matches, not } from "../hcl/functions";
import { emptyOr, form } from "../contract/rules";

/** Source: "Resource IDs" in the Amazon EC2 User Guide. */
export const vpcId = form("^vpc-[0-9a-f]+$", "the id of a VPC, such as vpc-0a1b2c3d4e5f60718");

/** Source: "Resource IDs" in the Amazon EC2 User Guide. */
export const subnetId = form("^subnet-[0-9a-f]+$", "the id of a subnet, such as subnet-0a1b2c3d4e5f60718");

/** A group of a peered VPC has its account before it. Source: "UserIdGroupPair" in the Amazon EC2 API Reference. */
export const securityGroupId = form(
  "^([0-9]{12}/)?sg-[0-9a-f]+$",
  "the id of a security group, such as sg-0a1b2c3d4e5f60718",
);

/** What a policy's statement takes as a resource. Source: "IAM identifiers" in the IAM User Guide. */
const ARN = "arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9*-]*:[0-9a-z*-]*:[!-~]+";

/** The ARN of a KMS key, or all of them, in a policy's statement. */
export const keyArn = form(
  `^([*]|${ARN})$`,
  "the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
);

/** The ARN of a bucket in a policy's statement. */
export const bucketArn = form(`^${ARN}$`, "the ARN of a bucket, such as arn:aws:s3:::acme-metaflow");

/** Source: "IAM identifiers" in the IAM User Guide. */
export const roleArn = form(
  "^arn:aws[a-z0-9-]*:iam::[0-9]{12}:role/[!-~]+$",
  "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecs-execution",
);

/** Source: "AWS Regions" in the AWS General Reference. */
export const region = form("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", "an AWS region, such as us-west-2");

/**
 * The engines of RDS; the provider writes an instance's in lower case.
 * Source: "CreateDBInstance", Engine, in the Amazon RDS API Reference.
 */
export const databaseEngine: Rule = {
  allowed:
    "an engine of RDS: postgres or aurora-postgresql (or mysql, mariadb, aurora-mysql, db2-…, oracle-…, sqlserver-…, custom-…)",
  test: (value) =>
    any(
      matches("^aurora-(postgresql|mysql)$", value),
      matches("^(postgres|mysql|mariadb|(db2|oracle|sqlserver|custom)-[a-z0-9-]+)$", lower(value)),
    ),
};

/** Source: "CreateDBInstance", EngineVersion, in the Amazon RDS API Reference. */
export const engineVersion = emptyOr(form("^[0-9][A-Za-z0-9._-]*$", 'a version of the engine, such as "17" or "16.6"'));

/**
 * Sources: "DB instance class types" and "Encrypting Amazon RDS resources" (which classes have no encryption) in the
 * Amazon RDS User Guide.
 */
export const instanceClass: Rule = {
  allowed:
    "an instance class of RDS, such as db.t4g.small, that can encrypt its storage (db.t2.micro, db.m1 and db.m2 cannot) " +
    "and has a size (db.serverless has none)",
  test: (value) =>
    all(matches("^db([.][a-z0-9-]+)+$", value), not(matches("^db[.](m[12][.]|t2[.]micro$|serverless$)", value))),
};

/** Source: "Supported DB engines for DB instance classes" in the Amazon Aurora User Guide. */
export const auroraPostgresqlClass: Rule = {
  allowed: "a class of Aurora PostgreSQL: a memory-optimized one, or db.t3 or db.t4g in medium or large",
  test: (value) => not(matches("^db[.](m[0-9]|t[0-9]+g?[.](nano|micro|small|xlarge|2xlarge)$)", value)),
};

/** Source: "Using SSL/TLS to encrypt a connection to a DB instance" in the Amazon RDS User Guide. */
export const certificateAuthority = emptyOr(
  form("^rds-ca-[a-z0-9-]+$", "a certificate authority of RDS, such as rds-ca-rsa2048-g1"),
);

/** Source: "ContainerDefinition", image, in the Amazon ECS API Reference. */
export const containerImage = emptyOr(
  form(
    "^[A-Za-z0-9][A-Za-z0-9._:/@#-]{0,254}$",
    "up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit",
  ),
);

/** Source: "Lambda runtimes" in the AWS Lambda Developer Guide. */
export const pythonRuntime = form("^python3[.]([7-9]|[1-9][0-9])$", "a Python runtime of Lambda, such as python3.13");

/** Source: "ClusterSetting" in the Amazon ECS API Reference. */
export const clusterSettings: Rule = {
  allowed: "a map that is empty or has the key containerInsights, with enabled, enhanced or disabled",
  test: (map) =>
    everyEntry(map, (name, value) =>
      all(
        equal(name, "containerInsights"),
        any(...["enabled", "enhanced", "disabled"].map((each) => equal(value, each))),
      ),
    ),
};
