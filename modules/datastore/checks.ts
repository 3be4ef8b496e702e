import type { Construct } from "constructs";
import { checkedLocal, checkedMap, checkedValue } from "../../lib/synth/checked";
import type { Check } from "../../lib/contract/checks";
import type { Expression, Operand } from "../../lib/hcl/expression";
import { any, concat, equal, ifElse, jsonencode, lower, matches, merge, not, notEmpty } from "../../lib/hcl/functions";
import {
  auroraPostgresqlClass,
  clusterIdentifier,
  isAurora,
  majorVersion,
  parameterGroupFamilyVersion,
} from "../../lib/aws/rds";
import type { Inputs } from "../../lib/contract/inputs";
import { dynamicParameters, postgresqlName } from "../../lib/aws/postgresql";
import { areFew, databaseTags } from "../../lib/aws/tags";
import type { DatastoreInputs } from "./generated/interface";

/** PostgreSQL's rules for names hold for its engines only; what others take is left to RDS. */
const POSTGRESQL_ENGINES = "^(postgres|aurora-postgresql)$";

/** The inputs, the maps among them checked. */
export function checkedMaps(scope: Construct, inputs: Inputs<DatastoreInputs>): Inputs<DatastoreInputs> {
  const { dbInstanceTags, dbParameters, standardTags } = inputs;
  return {
    ...inputs,
    standardTags: checkedMap(scope, "standard_tags", standardTags, databaseTags),
    dbInstanceTags: checkedMap(scope, "db_instance_tags", dbInstanceTags, databaseTags),
    dbParameters: checkedValue(scope, "db_parameters", dbParameters, {
      condition: any(not(isPostgresql(inputs)), dynamicParameters.test(dbParameters)),
      message: ["db_parameters, ", jsonencode(dbParameters), `, must be ${dynamicParameters.allowed}.`],
    }),
  };
}

/** The tags of the instance or cluster, which must not be too many together. */
export function tagsOfDatabase(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  name: string,
): Record<string, string> {
  const { dbInstanceTags, standardTags } = inputs;
  return checkedValue(
    scope,
    "tags_of_database",
    merge(standardTags, dbInstanceTags, { Name: name, Metaflow: "true" }).map,
    {
      condition: areFew(standardTags, dbInstanceTags),
      message: [
        "db_instance_tags, ",
        jsonencode(dbInstanceTags),
        ", and standard_tags, ",
        jsonencode(standardTags),
        ", must be 50 tags at most together, with Name and Metaflow.",
      ],
    },
  );
}

/** The cluster's identifier, for which Aurora has a rule of its own. */
export function identifierOfCluster(scope: Construct, { dbEngine }: Inputs<DatastoreInputs>, name: string): string {
  return checkedValue(scope, "cluster_identifier", name, {
    condition: any(not(isAurora(dbEngine)), clusterIdentifier.test(name)),
    message: [
      'The name of the database, "',
      name,
      `" (made of db_identifier_prefix and db_name, or of resource_prefix and resource_suffix with db_name where the prefix is empty), must be ${clusterIdentifier.allowed}.`,
    ],
  });
}

/** The class of a cluster's instance. */
export function classInCluster(scope: Construct, { dbEngine, dbInstanceType }: Inputs<DatastoreInputs>): string {
  return checkedValue(scope, "db_instance_type", dbInstanceType, {
    condition: any(not(matches("^aurora-postgresql$", dbEngine)), auroraPostgresqlClass.test(dbInstanceType)),
    message: [
      'db_instance_type, "',
      dbInstanceType,
      `", must be ${auroraPostgresqlClass.allowed}, where db_engine is aurora-postgresql.`,
    ],
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

/** The family of the parameter group, which has the major version of PostgreSQL alone. */
export function parameterGroupFamily(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  const { dbEngineVersion, dbParameters } = inputs;
  const isOther = any(equal(dbEngineVersion, null), not(isPostgresql(inputs)));
  const major = ifElse(isOther, dbEngineVersion, majorVersion(dbEngineVersion));
  const version = checkedLocal(scope, "parameter_group_version", major, (value) => ({
    condition: any(not(notEmpty(dbParameters)), not(isPostgresql(inputs)), parameterGroupFamilyVersion.test(value)),
    message: [
      'db_engine_version, "',
      dbEngineVersion,
      `", must begin with ${parameterGroupFamilyVersion.allowed}, where db_parameters is set: the parameter group's family is made of it.`,
    ],
  }));
  return concat(lower(inputs.dbEngine), version).string;
}
