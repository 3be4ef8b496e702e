import type { Construct } from "constructs";
import { assert, assertMap, checkedLocal, type Check } from "../../lib/checks";
import type { Expression, Operand } from "../../lib/expression";
import { any, concat, jsonencode, lower, matches, not, notEmpty } from "../../lib/functions";
import { auroraPostgresqlClass, ownClass } from "../../lib/identifiers";
import type { Inputs } from "../../lib/inputs";
import { clusterIdentifier, parameterGroupFamilyVersion, postgresqlName } from "../../lib/names";
import { dynamicParameters } from "../../lib/parameters";
import { areFew, databaseTags } from "../../lib/tags";
import type { DatastoreInputs } from "./interface";
import type { DatastoreNames } from "./names";

/** PostgreSQL's rules for names hold for its engines only; what others take is left to RDS. */
const POSTGRESQL_ENGINES = "^(postgres|aurora-postgresql)$";

/** What no resource's argument can check by itself. */
export function checkDatastore(scope: Construct, inputs: Inputs<DatastoreInputs>, names: DatastoreNames): void {
  const { dbEngine, dbInstanceTags, dbInstanceType, dbParameters, standardTags } = inputs;
  assertMap(scope, "standard_tags", standardTags, databaseTags);
  assertMap(scope, "db_instance_tags", dbInstanceTags, databaseTags);
  assert(scope, "tags_of_database", {
    condition: areFew(standardTags, dbInstanceTags),
    message: [
      "db_instance_tags, ",
      jsonencode(dbInstanceTags),
      ", and standard_tags, ",
      jsonencode(standardTags),
      ", must be 50 tags at most together, with Name and Metaflow.",
    ],
  });
  assert(scope, "cluster_identifier", {
    condition: any(not(matches("^aurora-", dbEngine)), clusterIdentifier.test(names.database)),
    message: [
      'The name of the database, "',
      names.database,
      `" (made of db_identifier_prefix and db_name, or of resource_prefix and resource_suffix with db_name where the prefix is empty), must be ${clusterIdentifier.allowed}.`,
    ],
  });
  assert(scope, "db_instance_type", {
    condition: any(not(matches("^aurora-postgresql$", dbEngine)), auroraPostgresqlClass.test(dbInstanceType)),
    message: [
      'db_instance_type, "',
      dbInstanceType,
      `", must be ${auroraPostgresqlClass.allowed}, where db_engine is aurora-postgresql.`,
    ],
  });
  assert(scope, "db_instance_type_of_instance", {
    condition: any(matches("^aurora-", dbEngine), ownClass.test(dbInstanceType)),
    message: [
      'db_instance_type, "',
      dbInstanceType,
      `", must be ${ownClass.allowed}, where db_engine is not one of Aurora's: it is "`,
      dbEngine,
      '".',
    ],
  });
  assert(scope, "db_parameters", {
    condition: any(not(isPostgresql(inputs)), dynamicParameters.test(dbParameters)),
    message: ["db_parameters, ", jsonencode(dbParameters), `, must be ${dynamicParameters.allowed}.`],
  });
}

/** Whether the engine is PostgreSQL; an instance's may be in any case. */
export function isPostgresql({ dbEngine }: Inputs<DatastoreInputs>): Expression {
  return matches(POSTGRESQL_ENGINES, lower(dbEngine));
}

/** The database's name, checked where the engine is PostgreSQL. */
export function databaseName(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  return checkedLocal(scope, "db_name", inputs.dbName, (name) => postgresqlCheck("db_name", inputs, name));
}

/** The master user's name, checked where the engine is PostgreSQL. */
export function databaseUser(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  return checkedLocal(scope, "db_username", inputs.dbUsername, (name) => postgresqlCheck("db_username", inputs, name));
}

function postgresqlCheck(input: string, inputs: Inputs<DatastoreInputs>, name: Operand): Check {
  return {
    condition: any(not(isPostgresql(inputs)), postgresqlName.test(name)),
    message: [`${input}, "`, name, `", must be ${postgresqlName.allowed}.`],
  };
}

/** The family has the major version alone, and so must `db_engine_version` where there is a parameter group. */
export function parameterGroupFamily(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  const version = checkedLocal(scope, "parameter_group_version", inputs.dbEngineVersion, (value) => ({
    condition: any(
      not(notEmpty(inputs.dbParameters)),
      not(isPostgresql(inputs)),
      parameterGroupFamilyVersion.test(value),
    ),
    message: [
      'db_engine_version, "',
      value,
      `", must be ${parameterGroupFamilyVersion.allowed}, where db_parameters is set: the parameter group's family is made of it.`,
    ],
  }));
  return concat(lower(inputs.dbEngine), version).string;
}
