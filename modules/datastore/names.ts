import { Pet } from "@cdktf/provider-random/lib/pet";
import type { Construct } from "constructs";
import { local, resource } from "../../lib/synth/addresses";
import { concat, notEqual, ifElse } from "../../lib/hcl/functions";
import { checkedName } from "../../lib/synth/checked";
import type { Inputs } from "../../lib/contract/inputs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import { bucketName } from "../../lib/aws/s3";
import { databaseIdentifier, subnetGroupName } from "../../lib/aws/rds";
import { securityGroupName } from "../../lib/aws/ec2";
import type { DatastoreInputs } from "./generated/interface";

/** The names of the database's resources, each a local value. */
export interface DatabaseNames {
  readonly database: string;
  readonly finalSnapshot: string;
  /** What makes the final snapshot's name unique. */
  readonly snapshotSuffix: Pet;
  readonly securityGroup: string;
  readonly subnetGroup: string;
}

/** Declares the bucket's name with its check. */
export function bucketNameOf(scope: Construct, inputs: Inputs<DatastoreInputs>): string {
  const { resourcePrefix: prefix, resourceSuffix: suffix, s3BucketName } = inputs;
  return checkedName(
    scope,
    "s3_bucket_name",
    ifElse(notEqual(s3BucketName, ""), s3BucketName, concat(prefix, "s3", suffix)),
    nameCheck("bucket", bucketName, `s3_bucket_name, or ${AFFIXES} where that is empty`),
  );
}

/** Declares the names of the database and of what belongs to it, each with its check. */
export function databaseNames(scope: Construct, inputs: Inputs<DatastoreInputs>): DatabaseNames {
  const snapshotSuffix = resource(scope, Pet, "final_snapshot_id", {});
  const { resourcePrefix: prefix, resourceSuffix: suffix, dbIdentifierPrefix, dbName } = inputs;
  const hasOwnPrefix = notEqual(dbIdentifierPrefix, "");
  const ownName = concat(dbIdentifierPrefix, "-", dbName);

  return {
    database: checkedName(
      scope,
      "rds_db_identifier",
      ifElse(hasOwnPrefix, ownName, concat(prefix, dbName, suffix)),
      nameCheck(
        "database",
        databaseIdentifier,
        `db_identifier_prefix and db_name, or ${AFFIXES} with db_name where the prefix is empty`,
      ),
    ),
    finalSnapshot: local(
      scope,
      "rds_final_snapshot_identifier",
      ifElse(
        hasOwnPrefix,
        concat(ownName, "-final-snapshot-", snapshotSuffix.id),
        concat(prefix, dbName, "-final-snapshot", suffix, "-", snapshotSuffix.id),
      ),
    ).asString,
    snapshotSuffix,
    securityGroup: checkedName(
      scope,
      "rds_security_group_name",
      concat(prefix, "rds-security-group", suffix),
      nameCheck("database's security group", securityGroupName, AFFIXES),
    ),
    subnetGroup: checkedName(
      scope,
      "pg_subnet_group_name",
      ifElse(hasOwnPrefix, ownName, concat(prefix, "main", suffix)),
      nameCheck(
        "database's subnet group",
        subnetGroupName,
        `db_identifier_prefix and db_name, or ${AFFIXES} where the prefix is empty`,
      ),
    ),
  };
}
