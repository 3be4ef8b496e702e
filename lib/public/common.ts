// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * The default container images.
 *
 * @module cdktf-metaflow/common
 */
export * from "../../modules/common";
export * from "../../modules/common/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
