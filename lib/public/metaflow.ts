// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * Metaflow's infrastructure as one construct, and as a stack.
 *
 * @module cdktf-metaflow/metaflow
 */
export * from "../../modules/metaflow";
export * from "../../modules/metaflow/stack";
export * from "../../modules/metaflow/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
