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
export { MetadataServiceModule, type MetadataServiceModuleProps } from "../../modules/metadata-service/generated/call";
export type { CommonOutputs } from "../../modules/common";
export type { Flag } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
