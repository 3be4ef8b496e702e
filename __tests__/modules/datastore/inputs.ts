import fc from "fast-check";
import * as aws from "../../support/bad-input/aws";
import { anything, bool, id, optional, oracle, tags, type InputOracles } from "../../support/bad-input/inputs";
import { freeText, oneOf, word } from "../../support/bad-input/texts";

/** What AWS makes of each input of the datastore by itself. */
export const datastoreInputs: InputOracles = {
  applyImmediately: bool,
  bucketKeyEnabled: bool,
  /** "Using SSL/TLS to encrypt a connection to a DB instance", Amazon RDS User Guide. */
  caCertIdentifier: oracle<string>(
    optional((value) => ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"].includes(value)),
    oneOf("", "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"),
    oneOf("rsa2048", "rds_ca_rsa2048", "RDS-CA-RSA2048-G1", "rds-ca-", "-----BEGIN CERTIFICATE-----", "${x}"),
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
  forceDestroyS3Bucket: bool,
  maintenanceWindow: oracle<string>(
    aws.isMaintenanceWindow,
    oneOf("", "Mon:00:00-Mon:03:00", "sun:23:45-mon:00:15", "TUE:10:00-tue:10:30", "Sat:08:08-Sat:09:09"),
    oneOf("monday", "Mon:00:00", "Mon:24:00-Tue:01:00", "Mon:00:00-Mon:00:29", "Mon:00:00-Mon:00:00", "0 0 * * 1"),
    oneOf("Mon:00:00-Mon:03:60", "Mon:0:00-Mon:3:00", "Mon:00:00 - Mon:03:00", "sun:23:45-mon:00:10", "${x}"),
  ),
  metadataServiceSecurityGroupId: id("sg"),
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
};
