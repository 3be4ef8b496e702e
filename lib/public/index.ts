// Generated from modules/*/module.ts by `npm run generate`; change that instead.

/**
 * Everything public, for those who want one import.
 *
 * @module cdktf-metaflow
 */
export * from "./common";
export * from "./computation";
export * from "./custom-role";
export * from "./datastore";
export * from "./metadata-service";
export * from "./metaflow";
export * from "./notebook";
export * from "./root";
export * from "./step-functions";
export * from "./ui";
