import { datastoreContract } from "../../../modules/datastore/contract";
import * as aws from "../../support/bad-input/aws";
import {
  AFFIXES,
  type Arrival,
  type ModuleOracle,
  type Problem,
  problemsIf,
  type Values,
} from "../../support/bad-input/oracle";
import { datastoreInputs } from "./inputs";

/** The names of the reference's resources. */
export function datastoreNames(values: Values) {
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

/** What AWS refuses of the inputs together. */
export function datastoreProblems(values: Values): Problem[] {
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
export function isUncertain({ dbEngine, dbName, dbUsername, dbParameters }: Values): boolean {
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

/** The oracle of the datastore. */
export const moduleOracle: ModuleOracle = {
  contracts: { construct: datastoreContract, module: datastoreContract },
  inputs: datastoreInputs,
  counts: { construct: 120, module: 240, refused: 220 },
  takesNull: [
    ...["applyImmediately", "bucketKeyEnabled", "caCertIdentifier", "dbEngineVersion", "dbInstanceTags"],
    ...["forceDestroyS3Bucket", "metaflowVpcId", "s3BucketName", "standardTags"],
  ],
  problems: datastoreProblems,
  isUncertain,
  arrivals: datastoreArrivals,
};
