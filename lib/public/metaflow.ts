// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * All of Metaflow's infrastructure, as one construct and as a stack of its own.
 *
 * @module cdktf-metaflow/metaflow
 */
export * from "../../modules/metaflow";
export * from "../../modules/metaflow/stack";
export * from "../../modules/metaflow/generated/call";
export type { Flag } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
