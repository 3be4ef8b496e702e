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
export { DatastoreModule, type DatastoreModuleProps } from "../../modules/datastore/module";
export type { Flag } from "../inputs";
export type { ModuleCallProps } from "../module-call";
