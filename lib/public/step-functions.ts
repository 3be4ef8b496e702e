// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * What flows need that AWS Step Functions run: roles and a table of their state.
 *
 * @module cdktf-metaflow/step-functions
 */
export * from "../../modules/step-functions";
export * from "../../modules/step-functions/generated/call";
export type { Flag } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
