/**
 * Everything public, for those who want one import.
 *
 * @module cdktf-metaflow
 */
export { Common, CommonModule, type CommonModuleProps, type CommonOutputs, type ModuleCallProps } from "./common";
export {
  Datastore,
  DatastoreModule,
  type DatastoreInputs,
  type DatastoreModuleProps,
  type DatastoreOutputs,
  type DatastoreProps,
} from "./datastore";
export {
  MetadataService,
  MetadataServiceModule,
  type MetadataServiceInputs,
  type MetadataServiceModuleProps,
  type MetadataServiceOptions,
  type MetadataServiceOutputs,
  type MetadataServiceProps,
} from "./metadata-service";
export {
  Metaflow,
  MetaflowStack,
  PortableStack,
  type MetaflowInputs,
  type MetaflowOutputs,
  type MetaflowProps,
  type MetaflowStackProps,
  type RequiredProvider,
  type Requirements,
  type StateBackend,
} from "./metaflow";
