import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { throwProblems } from "../contract/checks";
import { propsOf } from "../contract/inputs";
import { show } from "../contract/values";

/** What every construct has beside its inputs and options. */
export interface ConstructProps {
  /**
   * The provider configurations that the construct's resources and data sources use, and those of the constructs in it: one
   * for each provider, such as an `AwsProvider` with an alias.
   *
   * @default - those of the construct around it; in the end the stack's own, which have no alias
   */
  readonly providers?: readonly TerraformProvider[];
}

/** The providers whose resources the constructs have. */
const PROVIDERS = ["aws", "random", "archive"];

/** The configurations that a construct and all within it use, by the provider's name. */
const configurations = new WeakMap<IConstruct, ReadonlyMap<string, TerraformProvider>>();

/**
 * Has a construct's resources and data sources, and those of all within it, use the provider configurations among its props.
 *
 * @throws Error naming everything that is wrong with them
 */
export function useProviders(scope: Construct, props: unknown): void {
  const { providers } = propsOf(scope, props) as { readonly providers?: unknown };
  if (providers === undefined || providers === null) return;
  throwProblems(scope, problems(scope, providers));
  const all = providers as readonly TerraformProvider[];
  configurations.set(scope, new Map(all.map((each) => [each.terraformResourceType, each])));
}

/**
 * The configuration that resources of a type use within a construct; undefined for the stack's own.
 *
 * @param type - the type of a resource or data source, such as `aws_s3_bucket`
 */
export function providerOf(scope: IConstruct, type: string): TerraformProvider | undefined {
  const [name = ""] = type.split("_", 1);
  for (let each: IConstruct | undefined = scope; each; each = each.node.scope) {
    const found = configurations.get(each)?.get(name);
    if (found) return found;
  }
  return undefined;
}

function problems(scope: Construct, providers: unknown): string[] {
  const expected = "providers must be a list of provider configurations, such as [new AwsProvider(…)]";
  if (!Array.isArray(providers)) return [`${expected}; received ${show(providers)}.`];
  const others = providers.filter((each) => !TerraformProvider.isTerraformProvider(each));
  if (others.length > 0) return others.map((other) => `${expected}; one of them is ${kindOf(other)}.`);
  const names = (providers as TerraformProvider[]).map((each) => each.terraformResourceType);
  const unused = names.filter((name) => !PROVIDERS.includes(name));
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
  const foreign = (providers as TerraformProvider[]).filter(
    (each) => TerraformStack.of(each) !== TerraformStack.of(scope),
  );
  return [
    ...unused.map((name) => `providers has a configuration of ${name}; it may have those of ${PROVIDERS.join(", ")}.`),
    ...[...twice].map((name) => `providers has two configurations of ${name}; a construct uses one of each provider.`),
    ...foreign.map((each) => `providers has ${each.node.path}, which belongs to another stack.`),
  ];
}

function kindOf(value: unknown): string {
  return typeof value === "object" && value !== null ? `a ${value.constructor.name}` : show(value);
}
