// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * The root module of the HCL modules.
 *
 * @module cdktf-metaflow/root
 */
export * from "../../modules/root";
export * from "../../modules/root/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
