/**
 * Metaflow's datastore: the bucket of its artifacts, and the database of its metadata service.
 *
 * @module cdktf-metaflow/datastore
 */
export {
  Datastore,
  type BucketAccessLog,
  type DatabaseLogs,
  type DatastoreInputs,
  type DatastoreOptions,
  type DatastoreOutputs,
  type DatastoreProps,
  type EnhancedMonitoring,
  type Versioning,
  type WriteOnlyPassword,
} from "../../modules/datastore";
export { DatastoreModule, type DatastoreModuleProps } from "../../modules/datastore/generated/call";
export type { Flag } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
