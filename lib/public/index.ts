/**
 * Everything public, for those who want one import.
 *
 * @module cdktf-metaflow
 */
export * from "./common";
export * from "./custom-role";
export * from "./datastore";
export * from "./metadata-service";
export * from "./metaflow";
