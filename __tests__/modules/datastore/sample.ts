import type { DatastoreInputs } from "../../../modules/datastore";
import type { ModuleSample } from "../../support/module-sample";

/** What a datastore cannot do without. */
export const DATASTORE: DatastoreInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  metadataServiceSecurityGroupId: "sg-1",
  metaflowVpcId: "vpc-1",
  subnet1Id: "subnet-1",
  subnet2Id: "subnet-2",
  standardTags: { note: "größer = @ 5: a+b=c x/y", application: "metaflow" },
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: DATASTORE,
  variants: { "with Aurora": { ...DATASTORE, dbEngine: "aurora-postgresql", dbInstanceType: "db.r6g.large" } },
  values: {
    dbEngine: "aurora-postgresql",
  },
};
