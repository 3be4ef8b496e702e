/**
 * All of Metaflow's infrastructure, as one construct and as a stack of its own.
 *
 * @module cdktf-metaflow/metaflow
 */
export {
  Metaflow,
  type DatabasePasswordMode,
  type MetaflowInputs,
  type MetaflowOptions,
  type MetaflowOutputs,
  type MetaflowProps,
} from "../../modules/metaflow";
export type { MovedFrom } from "../../modules/metaflow/moved";
export { MetaflowStack, type MetaflowStackProps, type StateBackend } from "../../modules/metaflow/stack";
export type { RequiredProvider, Requirements } from "../synth/requirements";
export { PortableStack } from "../synth/stack";
