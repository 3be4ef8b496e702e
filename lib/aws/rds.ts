import type { Rule } from "../contract/contract";
import { emptyOr, pattern, oneOfNumbers, wholeNumber } from "../contract/rules";
import { Expression, type Operand, evaluate, hcl } from "../hcl/expression";
import { all, any, equal, lower, matches, not } from "../hcl/functions";

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

/** Whether an engine is one of Aurora's, whose databases are clusters. */
export function isAurora(engine: Operand): Expression {
  return matches("^aurora-", engine);
}

/** Source: "CreateDBSubnetGroup" in the Amazon RDS API Reference. */
export const subnetGroupName: Rule = {
  allowed:
    "1 to 255 lowercase letters, digits, spaces, hyphens, underscores and dots, beginning with a letter, other than " +
    '"default"',
  test: (name) => all(matches("^[a-z][a-z0-9 _.-]{0,254}$", name), not(matches("^default$", name))),
};

/**
 * The part of PostgreSQL's version that a parameter group's family has.
 * Source: "CreateDBParameterGroup", DBParameterGroupFamily, in the Amazon RDS API Reference.
 */
export const parameterGroupFamilyVersion = pattern("^(9[.][0-9]|[0-9]{2})$", 'a major version, such as "14"');

/** The major version of a version of PostgreSQL: 14 of 14.2, 9.6 of 9.6.22. */
export function majorVersion(version: Operand): Expression {
  return new Expression(["replace(", ', "/^(9[.][0-9]|[1-9][0-9])[.].*$/", "$1")'], [version], (known) =>
    String(known).replace(/^(9[.][0-9]|[1-9][0-9])[.].*$/, "$1"),
  );
}

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
export const engineVersion = emptyOr(
  pattern("^[0-9][A-Za-z0-9._-]*$", 'a version of the engine, such as "17" or "16.6"'),
);

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
  pattern("^rds-ca-[a-z0-9-]+$", "a certificate authority of RDS, such as rds-ca-rsa2048-g1"),
);

/** Source: "CreateDBInstance", BackupRetentionPeriod, in the Amazon RDS API Reference. */
export const backupRetention = wholeNumber(0, 35);

/** Source: "CreateDBInstance", MonitoringInterval, in the Amazon RDS API Reference. */
export const monitoringInterval = oneOfNumbers(0, 1, 5, 10, 15, 30, 60);

/** The version of a password. */
export const passwordVersion = wholeNumber(1, 1_000_000_000);

/**
 * When RDS may do maintenance, or empty.
 * Source: "CreateDBInstance", PreferredMaintenanceWindow, in the Amazon RDS API Reference.
 */
export const maintenanceWindow: Rule = {
  allowed: "in the format ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty",
  test: (value) =>
    any(equal(value, ""), all(matches(`^${WEEK_TIME}-${WEEK_TIME}$`, lower(value)), isLongWindow(lower(value)))),
};

const WEEK_TIME = "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const MINUTES_OF_DAY = 24 * 60;

const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

const SHORTEST_WINDOW = 30;

/** Whether a window in the right format has the length that RDS requires; it may extend past the end of the week. */
function isLongWindow(window: Operand): Expression {
  const parts = hcl`[regexall("[a-z]+|[0-9]+", ${window})]`;
  const day = (index: number) => hcl`index(${DAYS}, w[${index}])`;
  const minutes = hcl`[for w in ${parts} : ((${day(3)} - ${day(0)}) * ${MINUTES_OF_DAY} + (w[4] - w[1]) * 60 + w[5] - w[2] + ${MINUTES_OF_WEEK}) % ${MINUTES_OF_WEEK}][0]`;
  return new Expression(
    ["try(", ` >= ${String(SHORTEST_WINDOW)}, false)`],
    [minutes],
    () => {
      const text = evaluate(window);
      if (typeof text !== "string") return undefined;
      const [from = 0, to = 0] = text.split("-").map((time) => {
        const [weekday = "", hours, rest] = time.split(":");
        return DAYS.indexOf(weekday) * MINUTES_OF_DAY + Number(hours) * 60 + Number(rest);
      });
      return (to - from + MINUTES_OF_WEEK) % MINUTES_OF_WEEK >= SHORTEST_WINDOW;
    },
    [],
  );
}

/** The name of a host, or its address. */
export const databaseAddress = pattern(
  "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$",
  "the name or address of a host, without a port, such as metaflow.abcdefghijkl.us-west-2.rds.amazonaws.com",
);

/** GiB of gp2 or gp3. Source: "Amazon RDS DB instance storage" in the Amazon RDS User Guide. */
export const storageSize = wholeNumber(20, 65_536);

/** Likewise, or 0 for none. */
export const storageLimit: Rule = {
  allowed: `${wholeNumber(22, 65_536).allowed}, or 0`,
  test: (value) => any(equal(value, 0), wholeNumber(22, 65_536).test(value)),
};

/** Whether a storage may grow from a size to a limit. Source: as above. */
export function isStorageLimit(limit: Operand, size: Operand): Expression {
  return any(
    equal(limit, 0),
    new Expression(["", " * 10 >= ", " * 11"], [limit, size], (a, b) => Number(a) * 10 >= Number(b) * 11),
  );
}

/** ACUs of Aurora Serverless v2. Source: "ServerlessV2ScalingConfiguration" in the Amazon RDS API Reference. */
export function capacityUnits(least: number): Rule {
  return {
    allowed: `a number of ACUs from ${String(least)} to 256, in steps of 0.5`,
    test: (value) =>
      new Expression(
        ["floor(", " * 2) == ", ` * 2 && `, ` >= ${String(least)} && `, " <= 256"],
        [value, value, value, value],
        (units) => Number.isInteger(Number(units) * 2) && Number(units) >= least && Number(units) <= 256,
      ),
  };
}

/** Source: likewise, SecondsUntilAutoPause. */
export const pauseSeconds = wholeNumber(300, 86_400);

/**
 * The versions of Aurora PostgreSQL that have Aurora Serverless v2; a major version alone is its newest.
 * Source: "Aurora Serverless v2 with Aurora PostgreSQL" in the Amazon Aurora User Guide.
 */
export const serverlessVersion = pattern(
  "^(13|13[.]([6-9]|[1-9][0-9])|14|14[.]([3-9]|[1-9][0-9])|15|15[.]([2-9]|[1-9][0-9])|16|16[.]([1-9]|[1-9][0-9])|(1[7-9]|[2-9][0-9])([.][0-9]+)?)$",
  "a version of Aurora PostgreSQL with Aurora Serverless v2: 13.6, 14.3, 15.2, 16.1 or newer",
);

/**
 * Those that can pause. Source: "Scaling to Zero ACUs with automatic pause and resume for Aurora Serverless v2" in the Amazon Aurora User
 * Guide.
 */
export const pausingVersion = pattern(
  "^(13|13[.](1[5-9]|[2-9][0-9])|14|14[.](1[2-9]|[2-9][0-9])|15|15[.]([7-9]|[1-9][0-9])|16|16[.]([3-9]|[1-9][0-9])|(1[7-9]|[2-9][0-9])([.][0-9]+)?)$",
  "a version that can pause: 13.15, 14.12, 15.7, 16.3 or newer",
);
