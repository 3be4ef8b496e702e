import type { Construct } from "constructs";
import { checkedLocal, type Check } from "../../lib/checks";
import type { Operand } from "../../lib/expression";
import { any, concat, matches, not, notEmpty } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import { parameterGroupFamilyVersion, postgresqlName } from "../../lib/names";
import type { DatastoreInputs } from "./interface";

/** PostgreSQL's rules for names hold for its engines only; what others take is left to RDS. */
export const POSTGRESQL_ENGINES = "^(postgres|aurora-postgresql)$";

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
    condition: any(not(matches(POSTGRESQL_ENGINES, inputs.dbEngine)), postgresqlName.test(name)),
    message: [`${input}, "`, name, `", must be ${postgresqlName.allowed}.`],
  };
}

/** The family has the major version alone, and so must `db_engine_version` where there is a parameter group. */
export function parameterGroupFamily(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  const version = checkedLocal(scope, "parameter_group_version", inputs.dbEngineVersion, (value) => ({
    condition: any(
      not(notEmpty(inputs.dbParameters)),
      not(matches(POSTGRESQL_ENGINES, inputs.dbEngine)),
      parameterGroupFamilyVersion.test(value),
    ),
    message: [
      'db_engine_version, "',
      value,
      `", must be ${parameterGroupFamilyVersion.allowed}, where db_parameters is set: the parameter group's family is made of it.`,
    ],
  }));
  return concat(inputs.dbEngine, version).string;
}
