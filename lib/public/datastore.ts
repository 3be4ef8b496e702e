// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * Metaflow's datastore: the bucket of its artifacts, and the database of its metadata service.
 *
 * @module cdktf-metaflow/datastore
 */
export * from "../../modules/datastore";
export * from "../../modules/datastore/generated/call";
export type { Bool } from "../contract/inputs";
export type { ModuleCallProps } from "../synth/module-call";
export type { ConstructProps } from "../synth/providers";
