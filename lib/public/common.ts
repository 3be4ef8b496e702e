/**
 * The default container images.
 *
 * @module cdktf-metaflow/common
 */
export { Common, type CommonOutputs } from "../../modules/common";
export { CommonModule, type CommonModuleProps } from "../../modules/common/generated/call";
export type { ModuleCallProps } from "../synth/module-call";
