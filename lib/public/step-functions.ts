// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * The roles and the table with which flows run on AWS Step Functions.
 *
 * @module cdktf-metaflow/step-functions
 */
export * from "../../modules/step-functions";
export * from "../../modules/step-functions/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
