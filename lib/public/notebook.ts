// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * A SageMaker notebook instance for looking at flows, runs and artifacts.
 *
 * @module cdktf-metaflow/notebook
 */
export * from "../../modules/notebook";
export * from "../../modules/notebook/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
