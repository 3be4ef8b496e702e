import type { Rule } from "../contract/contract";
import type { Operand } from "../hcl/expression";
import { all, any, equal, lower, matches, not } from "../hcl/functions";
import { form, oneOfNumbers } from "../contract/rules";
import type { Check } from "../synth/checks";

/**
 * The check of a name that is made of inputs.
 *
 * @param what - what the name is of, such as "load balancer"
 * @param rule - what names the service takes
 * @param origin - the Terraform names of the inputs that make the name, in words
 */
export function nameCheck(what: string, rule: Rule, origin: string): (name: Operand) => Check {
  return (name) => ({
    condition: rule.test(name),
    message: [`The name of the ${what}, "`, name, `" (made of ${origin}), must be ${rule.allowed}.`],
  });
}

/** How the inputs that most names are made of are called in messages. */
export const AFFIXES = "resource_prefix and resource_suffix";

/**
 * Null, by which the provider generates a name, is allowed too.
 * Source: "General purpose bucket naming rules" in the Amazon S3 User Guide.
 */
export const bucketName: Rule = {
  allowed:
    "3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without two " +
    "dots in a row, the form of an IP address, or a prefix or suffix that S3 reserves",
  test: (name) =>
    any(
      equal(name, null),
      all(matches("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name), not(matches(RESERVED_BUCKET_NAMES, name))),
    ),
};

const RESERVED_BUCKET_NAMES = [
  "[.][.]",
  "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$",
  "^(xn--|sthree-|amzn-s3-demo-)",
  "(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3|-an)$",
].join("|");

/** Source: "CreateDBInstance", DBInstanceIdentifier, in the Amazon RDS API Reference. */
export const databaseIdentifier: Rule = {
  allowed:
    "1 to 63 lowercase letters, digits and hyphens, beginning with a letter, without two hyphens in a row or one at " +
    "the end",
  test: (name) => all(matches("^[a-z](-?[a-z0-9])*$", name), not(matches("^.{64}", name))),
};

/** The name of a cluster, whose instance's name has two characters more. */
export const clusterIdentifier: Rule = {
  allowed: "61 characters long at most with an Aurora engine, whose instance has the same name with -0 behind it",
  test: (name) => not(matches("^.{62}", name)),
};

/** Source: "CreateDBSubnetGroup" in the Amazon RDS API Reference. */
export const subnetGroupName: Rule = {
  allowed:
    "1 to 255 lowercase letters, digits, spaces, hyphens, underscores and dots, beginning with a letter, other than " +
    '"default"',
  test: (name) => all(matches("^[a-z][a-z0-9 _.-]{0,254}$", name), not(matches("^default$", name))),
};

/** Source: "CreateSecurityGroup" in the Amazon EC2 API Reference. */
export const securityGroupName: Rule = {
  allowed: 'up to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with "sg-"',
  test: (name) => all(matches("^[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", name), not(matches("^sg-", name))),
};

/** Source: "CreateTargetGroup" in the Elastic Load Balancing API Reference. */
export const targetGroupName = form(
  "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$",
  "up to 32 ASCII letters, digits and hyphens, without a hyphen at either end",
);

/** Source: "CreateLoadBalancer" in the Elastic Load Balancing API Reference. */
export const loadBalancerName: Rule = {
  allowed: `${targetGroupName.allowed}, not beginning with "internal-"`,
  test: (name) => all(targetGroupName.test(name), not(matches("^internal-", name))),
};

/** Source: "CreateCluster" in the Amazon ECS API Reference; services and task families have the same rule. */
export const ecsName = form("^[a-zA-Z0-9_-]{1,255}$", "1 to 255 ASCII letters, digits, underscores and hyphens");

/** Source: "CreateLogGroup" in the Amazon CloudWatch Logs API Reference. */
export const logGroupName = form(
  "^[a-zA-Z0-9._/#-]{1,512}$",
  "1 to 512 ASCII letters, digits, underscores, hyphens, slashes, dots and #",
);

/** Source: "PutRetentionPolicy" in the Amazon CloudWatch Logs API Reference; 0 stands for ever. */
export const logRetention = oneOfNumbers(
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
);

/** Source: "CreateRole" in the IAM API Reference. */
export const roleName = form("^[a-zA-Z0-9_+=,.@-]{1,64}$", "1 to 64 ASCII letters, digits and _+=,.@-");

/** Source: "CreateFunction" in the AWS Lambda API Reference. */
export const functionName = form("^[a-zA-Z0-9_-]{1,64}$", "1 to 64 ASCII letters, digits, underscores and hyphens");

/**
 * What RDS refuses as a name in a PostgreSQL database, in lower case: PostgreSQL's reserved key words (also those that
 * "can be function or type"), its own roles, and those of RDS.
 * Sources: "CreateDBInstance", DBName and MasterUsername, in the Amazon RDS API Reference; "SQL Key Words" and "CREATE
 * ROLE" in the PostgreSQL documentation.
 */
const RESERVED_DATABASE_NAMES =
  "^(pg_.*|admin|rdsadmin|rds_superuser|rds_replication|public|none|all|analy[sz]e|and|any|array|as|asc|asymmetric|" +
  "authorization|binary|both|case|cast|check|collate|collation|column|concurrently|constraint|create|cross|" +
  "current_(catalog|date|role|schema|time|timestamp|user)|default|deferrable|desc|distinct|do|else|end|except|false|" +
  "fetch|for|foreign|freeze|from|full|grant|group|having|ilike|in|initially|inner|intersect|into|is|isnull|join|" +
  "lateral|leading|left|like|limit|localtime|localtimestamp|natural|not|notnull|null|offset|on|only|or|order|outer|" +
  "overlaps|placing|primary|references|returning|right|select|session_user|similar|some|symmetric|system_user|table|" +
  "tablesample|then|to|trailing|true|union|unique|user|using|variadic|verbose|when|where|window|with)$";

/** A database's or user's name in PostgreSQL on RDS. */
export const postgresqlName: Rule = {
  allowed:
    "1 to 63 ASCII letters, digits and underscores, beginning with a letter, and no word that PostgreSQL reserves",
  test: (name) =>
    all(matches("^[A-Za-z][A-Za-z0-9_]{0,62}$", name), not(matches(RESERVED_DATABASE_NAMES, lower(name)))),
};

/**
 * The part of PostgreSQL's version that a parameter group's family has.
 * Source: "CreateDBParameterGroup", DBParameterGroupFamily, in the Amazon RDS API Reference.
 */
export const parameterGroupFamilyVersion = form("^(9[.][0-9]|[0-9]{2})$", 'a major version, such as "14"');
