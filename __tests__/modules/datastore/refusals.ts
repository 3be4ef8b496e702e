import { parityInputs } from "../../support/parity-inputs";
import type { Refusal } from "../../support/refusal";

const SUBNET = parityInputs("datastore-defaults").subnet1_id;

/** Inputs that the datastore refuses at plan, and what it says of them. */
export const moduleRefusals: readonly Refusal[] = [
  {
    name: "prefix",
    inputs: { resource_prefix: "Metaflow_" },
    says: ['The name of the bucket, "Metaflow_s3-dev"', "resource_prefix and resource_suffix", "3 to 63 lowercase"],
  },
  {
    name: "bucket",
    inputs: { s3_bucket_name: "a..b" },
    says: ['"a..b"', "s3_bucket_name", "two dots in a row"],
  },
  {
    name: "identifier",
    inputs: { db_identifier_prefix: "a".repeat(60) },
    says: [/"a{60}-metaflow"/, "db_identifier_prefix", "1 to 63"],
  },
  {
    name: "user",
    inputs: { db_username: "user" },
    says: ['db_username, "user", must be', "PostgreSQL reserves"],
  },
  { name: "database", inputs: { db_name: "select" }, says: ['db_name, "select", must be'] },
  {
    name: "version",
    inputs: { db_parameters: { a: "b" }, db_engine_version: "7" },
    says: ['db_engine_version, "7", must begin with a major version', "db_parameters"],
  },
  {
    name: "subnets",
    inputs: { subnet2_id: SUBNET },
    says: ["subnet1_id and subnet2_id are both", String(SUBNET), "two subnets"],
  },
  {
    name: "window",
    inputs: { maintenance_window: "monday" },
    says: ["maintenance_window must be in the format ddd:hh24:mi-ddd:hh24:mi", '"monday"'],
  },
];
