import type { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { type ElementClass, resource } from "./addresses";

/**
 * A resource that a construct does not make, in the place of the one that it would make: it is left out of the configuration, and who
 * reads an attribute of it is told why there is none.
 *
 * @param name - its name in the module
 * @param why - why there is none, as the end of "there is no aws_s3_bucket.this: …"
 */
export function without<Config, Element extends TerraformElement>(
  scope: Construct,
  type: ElementClass<Config, Element>,
  name: string,
  why: string,
): Element {
  const element = resource(scope, type, name, { count: 0 } as Config);
  (element as { interpolationForAttribute?: unknown }).interpolationForAttribute = (attribute: string): never => {
    throw new Error(
      `${scope.node.path} has no ${type.tfResourceType}.${name}, whose ${attribute} is read here: ${why}.`,
    );
  };
  return element;
}
