import type { Construct } from "constructs";
import { checkedValue } from "../../lib/synth/checked";
import { jsonencode } from "../../lib/hcl/functions";
import { evaluate, Expression, hcl, type Operand } from "../../lib/hcl/expression";
import type { MetadataServiceOptions } from "./generated/interface";

/** The secrets, none of which may be a plain variable, too: ECS refuses a name that comes twice. */
export function distinctSecrets(
  scope: Construct,
  { serviceEnvironment, serviceSecrets }: Pick<MetadataServiceOptions, "serviceEnvironment" | "serviceSecrets">,
) {
  if (serviceEnvironment === undefined || serviceSecrets === undefined) return serviceSecrets;
  const names = [hcl`keys(${serviceEnvironment})`, hcl`keys(${serviceSecrets})`] as const;
  return checkedValue(scope, "service_secrets", serviceSecrets, {
    condition: new Expression(["length(setintersection(", ", ", ")) == 0"], [...names], () => {
      const [plain, secret] = [serviceEnvironment, serviceSecrets].map((map) => evaluate(map));
      if (plain === undefined || secret === undefined) return undefined;
      return Object.keys(secret as object).every((name) => !(name in (plain as object)));
    }),
    message: [
      "metadata_service_secrets, ",
      jsonencode(serviceSecrets),
      ", and metadata_service_environment, ",
      jsonencode(serviceEnvironment),
      ", must have no name in common.",
    ],
  });
}

/** A list of a container's variables: the module's own, and those of a map, where there is one. */
export function variables(
  own: Readonly<Record<string, Operand>>,
  valueKey: "value" | "valueFrom",
  more: Operand | undefined,
): Operand {
  const list = Object.entries(own).map(([name, value]) => ({ name, [valueKey]: value }));
  if (more === undefined) return list as Operand;
  const added = hcl`[for name, value in ${more} : ${{ name: hcl`name`, [valueKey]: hcl`value` }}]`;
  return list.length > 0 ? hcl`concat(${list as Operand}, ${added})` : added;
}
