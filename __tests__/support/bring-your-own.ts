import { Datastore, type DatastoreProps } from "../../modules/datastore";
import { MetadataService, type MetadataServiceProps } from "../../modules/metadata-service";
import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { DATASTORE, METADATA_SERVICE } from "./samples";
import { synthesized, type Configuration } from "./synth";

// What the tests of what an organization brings (docs/bring-your-own.md) have in common.

export const KEY = "arn:aws:kms:us-west-2:123456789012:key/0a1b2c3d";
export const OTHER_KEY = "arn:aws:kms:us-west-2:123456789012:key/4e5f6a7b";
export const BUCKET = "arn:aws:s3:::acme-data";
export const SECRET = "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-0a1b";
export const DATABASE = { address: "db.acme.example", username: "metaflow", passwordSecretArn: `${SECRET}:password::` };
export const VPC = { vpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" };
export const SUBNETS = ["subnet-a", "subnet-b", "subnet-c"];

export const datastore = (props: Partial<DatastoreProps>) =>
  synthesized((stack) => new Datastore(stack, "Default", { ...DATASTORE, ...props }));
export const service = (props: Partial<MetadataServiceProps>) =>
  synthesized((stack) => new MetadataService(stack, "Default", { ...METADATA_SERVICE, ...props }));
export const metaflow = (props: MetaflowProps, id = "Default") =>
  synthesized((stack) => new Metaflow(stack, id, props));

/** The types that one configuration has and another one has not. */
export const typesWithout = (before: Configuration, after: Configuration) =>
  Object.keys(before.resource ?? {}).filter((type) => !(type in (after.resource ?? {})));
