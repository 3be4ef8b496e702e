// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * Metaflow's metadata service.
 *
 * @module cdktf-metaflow/metadata-service
 */
export * from "../../modules/metadata-service";
export * from "../../modules/metadata-service/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
