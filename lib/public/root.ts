// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * All of Metaflow, as the root module of the HCL modules deploys it.
 *
 * @module cdktf-metaflow/root
 */
export * from "../../modules/root";
export * from "../../modules/root/generated/call";
export type { Flag } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
