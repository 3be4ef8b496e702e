// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * The compute of flows: an AWS Batch job queue with its compute environment.
 *
 * @module cdktf-metaflow/computation
 */
export * from "../../modules/computation";
export * from "../../modules/computation/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
