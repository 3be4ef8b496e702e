import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { synthesized, type Configuration } from "./synth";

/** What a deployment in a stack of one's own synthesizes to. */
export function metaflow(props: MetaflowProps = {}): Configuration {
  return synthesized((stack) => new Metaflow(stack, "Default", { s3BucketName: "acme-metaflow", ...props }));
}

/**
 * Expects that an option brings resources of one type and leaves everything else as it is without the option.
 *
 * @returns the names of the resources
 */
export function expectOnlyAdds(props: MetaflowProps, type: string): string[] {
  const { resource = {}, ...rest } = metaflow(props);
  const { [type]: own = {}, ...others } = resource;
  expect({ ...rest, resource: others }).toEqual(metaflow());
  return Object.keys(own);
}
