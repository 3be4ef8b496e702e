import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { POSTGRESQL_PORT } from "../../lib/aws/ports";
import { concat } from "../../lib/hcl/functions";
import { without } from "../../lib/synth/without";
import type { database } from "./database";
import type { DatastoreOptions } from "./generated/interface";

/** A database that is there: no resource of RDS is made, and none is changed. */
export function existingDatabase(
  scope: Construct,
  { existingDatabase: existing }: DatastoreOptions,
): ReturnType<typeof database> {
  const why = "the database is that of existingDatabase";
  return {
    key: without(scope, KmsKey, "rds", why),
    keyArn: "",
    subnetGroup: without(scope, DbSubnetGroup, "this", why),
    securityGroup: without(scope, SecurityGroup, "rds_security_group", why),
    parameterGroup: without(scope, DbParameterGroup, "this", why),
    cluster: without(scope, RdsCluster, "this", why),
    clusterInstance: without(scope, RdsClusterInstance, "cluster_instances", why),
    instance: without(scope, DbInstance, "this", why),
    endpoint: concat(existing?.address, ":", existing?.port ?? POSTGRESQL_PORT).string,
  };
}
