import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Pet } from "@cdktf/provider-random/lib/pet";
import type { Password } from "@cdktf/provider-random/lib/password";
import type { Construct } from "constructs";
import { instanceAttribute, local, resource } from "../../lib/synth/addresses";
import { setBlocks } from "../../lib/synth/blocks";
import { TerraformData } from "../../lib/synth/terraform-data";
import { distinctSubnet } from "../../lib/synth/checked";
import { all, concat, countIf, equal, ifElse, max, merge, not, notEmpty, notEqual } from "../../lib/hcl/functions";
import { isAurora } from "../../lib/aws/rds";
import { type Expression, hcl } from "../../lib/hcl/expression";
import { POSTGRESQL_PORT } from "../../lib/aws/ports";
import { allTraffic, EVERYWHERE, toPort } from "../../lib/aws/security-group-rules";
import type { Inputs } from "../../lib/contract/inputs";
import {
  classInCluster,
  databaseName,
  databaseUser,
  identifierOfCluster,
  isPostgresql,
  parameterGroupFamily,
  tagsOfDatabase,
} from "./checks";
import { instanceStorage, serverlessScaling } from "./own-checks";
import { without } from "../../lib/synth/without";
import type { DatastoreInputs } from "./generated/interface";
import { exportedLogs, logGroups } from "./database-logs";
import type { DatabaseNames } from "./names";
import type { DatastoreOptions } from "./generated/interface";

/**
 * The metadata service's database: an RDS instance, or an Aurora cluster with one instance where the engine is one of
 * Aurora's. Both are declared, and one of them has a count of zero.
 *
 * @returns the endpoint of the one that exists, and the key that encrypts it
 */
export function database(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  names: DatabaseNames,
  password: Password | undefined,
  options: DatastoreOptions,
) {
  const useAurora = local(scope, "use_aurora", isAurora(inputs.dbEngine)).asBoolean;
  const [name, user] = [databaseName(scope, inputs), databaseUser(scope, inputs)];
  const maintenanceWindow = ifElse(notEmpty(inputs.maintenanceWindow), inputs.maintenanceWindow, null).string;
  const tags = tagsOfDatabase(scope, inputs, names.database);

  const key = databaseKey(scope, inputs, options);
  const keyArn = options.databaseKmsKeyArn ?? key.arn;
  const subnetGroup = resource(scope, DbSubnetGroup, "this", {
    name: names.subnetGroup,
    subnetIds: options.databaseSubnetIds ?? [
      inputs.subnet1Id,
      distinctSubnet(scope, inputs.subnet1Id, inputs.subnet2Id),
    ],
    tags: merge(inputs.standardTags, { Name: names.subnetGroup, Metaflow: "true" }).map,
  });
  if (options.renewSnapshotName) {
    const { database: identifier } = names;
    const identity = { identifier, engine: inputs.dbEngine, name, user, key: keyArn, subnetGroup: subnetGroup.id };
    renewWith(scope, names.snapshotSuffix, identity);
  }
  const securityGroup = databaseSecurityGroup(scope, inputs, names, options);
  const family = parameterGroupFamily(scope, inputs);
  const parameterGroup = databaseParameterGroup(scope, inputs, names, family);
  const dependsOn = options.databaseLogs && logGroups(scope, inputs, names, useAurora, options.databaseLogs);
  const { backupRetentionDays: backups, enhancedMonitoring, writeOnlyPassword } = options;
  // What an instance and a cluster have in common.
  const recovery = {
    allowMajorVersionUpgrade: options.allowMajorVersionUpgrade,
    copyTagsToSnapshot: options.copyTagsToSnapshots,
    deletionProtection: options.deletionProtection,
    iamDatabaseAuthenticationEnabled: options.iamAuthentication,
  };
  const insights = performanceInsights(inputs, keyArn, options);
  const monitoring = enhancedMonitoring && {
    monitoringInterval: enhancedMonitoring.intervalSeconds,
    monitoringRoleArn: ifElse(equal(enhancedMonitoring.intervalSeconds, 0), null, enhancedMonitoring.roleArn).string,
  };

  const serverless = serverlessScaling(scope, inputs, options);
  const cluster = resource(scope, RdsCluster, "this", {
    count: countIf(useAurora),
    clusterIdentifier: identifierOfCluster(scope, inputs, names.database),
    // The provider validates the engine even where the cluster's count is 0.
    engine: ifElse(useAurora, inputs.dbEngine, "aurora-postgresql").string,
    engineVersion: inputs.dbEngineVersion,
    databaseName: name,
    masterUsername: user,
    masterPassword: password?.result,
    masterPasswordWo: writeOnlyPassword?.value,
    masterPasswordWoVersion: writeOnlyPassword?.version,
    dbSubnetGroupName: subnetGroup.id,
    vpcSecurityGroupIds: [securityGroup.id],
    storageEncrypted: true,
    kmsKeyId: keyArn,
    finalSnapshotIdentifier: names.finalSnapshot,
    applyImmediately: inputs.applyImmediately,
    preferredMaintenanceWindow: maintenanceWindow,
    // Aurora always has backups.
    backupRetentionPeriod: backups === undefined ? undefined : max(backups, 1).number,
    serverlessv2ScalingConfiguration: serverless,
    enabledCloudwatchLogsExports: options.databaseLogs && exportedLogs(inputs),
    ...recovery,
    dependsOn,
    tags,
  });
  const member = resource(scope, RdsClusterInstance, "cluster_instances", {
    count: countIf(useAurora),
    identifier: concat(names.database, "-", hcl`count.index`).string,
    clusterIdentifier: instanceAttribute(cluster, 0, "id").string,
    engine: instanceAttribute(cluster, 0, "engine").string,
    engineVersion: instanceAttribute(cluster, 0, "engine_version").string,
    instanceClass: serverless ? SERVERLESS_CLASS : classInCluster(scope, inputs),
    caCertIdentifier: ifElse(notEmpty(inputs.caCertIdentifier), inputs.caCertIdentifier, null).string,
    applyImmediately: inputs.applyImmediately,
    preferredMaintenanceWindow: maintenanceWindow,
    copyTagsToSnapshot: options.copyTagsToSnapshots,
    autoMinorVersionUpgrade: options.autoMinorVersionUpgrade,
    ...insights,
    ...monitoring,
  });

  const instance = resource(scope, DbInstance, "this", {
    count: countIf(not(useAurora)),
    identifier: names.database,
    engine: inputs.dbEngine,
    engineVersion: inputs.dbEngineVersion,
    instanceClass: inputs.dbInstanceType,
    dbName: name,
    username: user,
    password: password?.result,
    passwordWo: writeOnlyPassword?.value,
    passwordWoVersion: writeOnlyPassword?.version,
    parameterGroupName: ifElse(
      notEmpty(inputs.dbParameters),
      instanceAttribute(parameterGroup, 0, "name"),
      options.defaultParameterGroup ? defaultParameterGroup(inputs, family) : null,
    ).string,
    dbSubnetGroupName: subnetGroup.id,
    vpcSecurityGroupIds: [securityGroup.id],
    publiclyAccessible: false,
    ...instanceStorage(scope, inputs, options),
    storageEncrypted: true,
    kmsKeyId: keyArn,
    caCertIdentifier: inputs.caCertIdentifier,
    finalSnapshotIdentifier: names.finalSnapshot,
    applyImmediately: inputs.applyImmediately,
    maintenanceWindow,
    backupRetentionPeriod: backups,
    enabledCloudwatchLogsExports: options.databaseLogs && exportedLogs(inputs),
    autoMinorVersionUpgrade: options.autoMinorVersionUpgrade,
    ...recovery,
    ...insights,
    ...monitoring,
    dependsOn,
    tags,
  });

  // A cluster answers only once it has an instance: what uses the endpoint depends on both.
  const ofCluster = hcl`[${instanceAttribute(cluster, 0, "endpoint")}, ${instanceAttribute(member, 0, "id")}][0]`;
  const ofInstance = instanceAttribute(instance, 0, "endpoint");
  return {
    key,
    keyArn,
    subnetGroup,
    securityGroup,
    parameterGroup,
    cluster,
    clusterInstance: member,
    instance,
    endpoint: local(scope, "endpoint", ifElse(useAurora, ofCluster, ofInstance)).asString,
  };
}

/** The key that encrypts the database. */
function databaseKey(scope: Construct, inputs: Inputs<DatastoreInputs>, options: DatastoreOptions): KmsKey {
  if (options.databaseKmsKeyArn !== undefined) {
    return without(scope, KmsKey, "rds", "the database's key is that of databaseKmsKeyArn");
  }
  return resource(scope, KmsKey, "rds", {
    description: "This key is used to encrypt and decrypt the RDS database used to store flow execution data.",
    enableKeyRotation: options.keyRotation,
    policy: options.keyPolicy,
    tags: inputs.standardTags,
  });
}

/**
 * Renews the part of the final snapshot's name that makes it unique when the database is replaced. What is there already keeps its
 * name until then: a value that is new replaces nothing.
 *
 * @param identity - the arguments whose change replaces an instance or a cluster
 */
function renewWith(scope: Construct, suffix: Pet, identity: Record<string, string>): void {
  const current = resource(scope, TerraformData, "database_identity", { input: identity });
  suffix.lifecycle = { replaceTriggeredBy: [current.address] };
}

const SERVERLESS_CLASS = "db.serverless";

/** Admits the metadata service, and nobody else. */
function databaseSecurityGroup(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  names: DatabaseNames,
  { furtherSecurityGroupIds = [], restrictEgress }: DatastoreOptions,
): SecurityGroup {
  return resource(scope, SecurityGroup, "rds_security_group", {
    name: names.securityGroup,
    vpcId: inputs.metaflowVpcId,
    ingress: [
      toPort(POSTGRESQL_PORT, { securityGroups: [inputs.metadataServiceSecurityGroupId, ...furtherSecurityGroupIds] }),
    ],
    egress: restrictEgress ? [] : [allTraffic({ cidrBlocks: EVERYWHERE })],
    tags: inputs.standardTags,
  });
}

/** Performance Insights, which every instance class of PostgreSQL has. */
function performanceInsights(inputs: Inputs<DatastoreInputs>, keyArn: string, options: DatastoreOptions) {
  if (options.performanceInsights === undefined) return {};
  const enabled = all(options.performanceInsights, isPostgresql(inputs));
  return {
    performanceInsightsEnabled: enabled,
    performanceInsightsKmsKeyId: ifElse(enabled, keyArn, null).string,
    performanceInsightsRetentionPeriod: ifElse(enabled, DAYS_OF_INSIGHTS, null).number,
  };
}

/** What Performance Insights keeps without a charge. */
const DAYS_OF_INSIGHTS = 7;

/** The group that RDS has for every family; null where the family is not known. */
function defaultParameterGroup(inputs: Inputs<DatastoreInputs>, family: string): Expression {
  return ifElse(all(isPostgresql(inputs), notEqual(inputs.dbEngineVersion, null)), concat("default.", family), null);
}

function databaseParameterGroup(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  names: DatabaseNames,
  family: string,
): DbParameterGroup {
  const group = resource(scope, DbParameterGroup, "this", {
    count: countIf(notEmpty(inputs.dbParameters)),
    name: concat(names.database, "-", family).string,
    family,
    lifecycle: { createBeforeDestroy: true },
  });
  setBlocks(group, "parameter", {
    forEach: inputs.dbParameters,
    content: ({ key, value }) => ({ apply_method: "immediate", name: key, value }),
  });
  return group;
}
