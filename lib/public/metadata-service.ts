/**
 * Metaflow's metadata service.
 *
 * @module cdktf-metaflow/metadata-service
 */
export {
  MetadataService,
  type MetadataServiceInputs,
  type MetadataServiceOptions,
  type MetadataServiceOutputs,
  type MetadataServiceProps,
} from "../../modules/metadata-service";
export { MetadataServiceModule, type MetadataServiceModuleProps } from "../../modules/metadata-service/module";
export type { CommonOutputs } from "../../modules/common";
export type { ModuleCallProps } from "../module-call";
