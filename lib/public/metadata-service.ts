/**
 * Metaflow's metadata service.
 *
 * @module cdktf-metaflow/metadata-service
 */
export {
  MetadataService,
  type ApiLogs,
  type LoadBalancerAccessLog,
  type MetadataServiceInputs,
  type MetadataServiceOptions,
  type MetadataServiceOutputs,
  type MetadataServiceProps,
  type ServiceLogs,
} from "../../modules/metadata-service";
export { MetadataServiceModule, type MetadataServiceModuleProps } from "../../modules/metadata-service/module";
export type { CommonOutputs } from "../../modules/common";
export type { Flag } from "../inputs";
export type { ModuleCallProps } from "../module-call";
