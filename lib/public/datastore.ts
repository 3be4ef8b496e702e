/**
 * Metaflow's datastore: the bucket of its artifacts, and the database of its metadata service.
 *
 * @module cdktf-metaflow/datastore
 */
export { Datastore, type DatastoreInputs, type DatastoreOutputs, type DatastoreProps } from "../../modules/datastore";
export { DatastoreModule, type DatastoreModuleProps } from "../../modules/datastore/module";
export type { ModuleCallProps } from "../module-call";
