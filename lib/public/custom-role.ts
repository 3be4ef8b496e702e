// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * The role of a Metaflow user, with the permissions that the user needs.
 *
 * @module cdktf-metaflow/custom-role
 */
export * from "../../modules/custom-role";
export * from "../../modules/custom-role/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
