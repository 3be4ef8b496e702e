// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * Metaflow's web interface.
 *
 * @module cdktf-metaflow/ui
 */
export * from "../../modules/ui";
export * from "../../modules/ui/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
