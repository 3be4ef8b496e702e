import type { Diagnostic } from "../../../tools/terraform/progress";
import { isDeepStrictEqual } from "node:util";
import { RootConstruct } from "constructs";
import { terraformName } from "../../../lib/contract/contract";
import { PortableStack } from "../../../lib/synth/stack";
import { constructClass } from "../any-construct";
import { publishedFiles } from "../published";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "../terraform-root";
import { contractOf, type Configuration } from "./configurations";
import type { Place } from "./oracle";
import { ORACLES, oracleOf } from "./oracles";

const REQUIREMENTS = {
  providers: { archive: { source: "hashicorp/archive" }, random: { source: "hashicorp/random" } },
};

/** A stack with the constructs of configurations, side by side. */
export function stackOf(configurations: readonly Configuration[]): PortableStack {
  const stack = new PortableStack(new RootConstruct(), "stack", REQUIREMENTS);
  for (const { module, id, given } of configurations) new (constructClass(module))(stack, id, given);
  return stack;
}

/** The first root of a place: none is applied, and the others have its providers. */
const firsts = new Map<string, TerraformRoot>();

function rootIn(
  { account, region }: Place,
  config: Record<string, unknown>,
  options: TerraformRootOptions = {},
): TerraformRoot {
  const place = `${account} ${region}`;
  const root = terraformRoot(config, { account, region, providersOf: firsts.get(place), ...options });
  if (!firsts.has(place)) firsts.set(place, root);
  return root;
}

/** Plans configurations at once. @returns what did not arrive in the plan as it was given, or is such as AWS refuses */
export async function planned(configurations: readonly Configuration[], place: Place): Promise<string[]> {
  const isConstruct = configurations[0]?.face === "construct";
  const root = isConstruct ? rootOfConstructs(configurations, place) : rootOfInstances(configurations, place);
  const plan = await root.plan("-refresh=false");
  const resources = new Map(plan.resource_changes?.map(({ address, change }) => [address, change.after ?? {}]));
  return configurations.flatMap((configuration) => {
    const { module, id, values } = configuration;
    const complaints = oracleOf(module)
      .arrivals(values, place)
      .flatMap((arrival) => {
        const [address, path, value] = arrival;
        const full = isConstruct ? address.replace(".", `.${id}_`) : `module.m["${id}"].${address}`;
        const arrived = valueAt(resources.get(full), path);
        const expected = normalized(value);
        return isDeepStrictEqual(arrived, expected)
          ? []
          : [`${full}.${path} is ${JSON.stringify(arrived)} instead of ${JSON.stringify(expected)}`];
      });
    return complaints;
  });
}

function rootOfConstructs(configurations: readonly Configuration[], place: Place): TerraformRoot {
  return rootIn(place, stackOf(configurations).toTerraform() as Record<string, unknown>);
}

/** One call of the module with an instance for each configuration, as Terraform checks the module itself once then. */
function rootOfInstances(configurations: readonly Configuration[], place: Place): TerraformRoot {
  const { module, face } = configurations[0] as Configuration;
  const names = Object.keys(contractOf(module, face).inputs);
  const calls = names.map((name) => [terraformName(name), `\${each.value.${terraformName(name)}}`]);
  const configs = configurations.map(({ id, values }) => [id, inTerraform(values)]);
  return rootIn(
    place,
    {
      variable: { configs: { type: "any" } },
      module: { m: { source: `./modules/${module}`, for_each: "${var.configs}", ...Object.fromEntries(calls) } },
    },
    { files: moduleFiles(), variables: { configs: Object.fromEntries(configs) } },
  );
}

/** Plans configurations that have to be refused. @returns what Terraform says of each, by its id */
export async function refused(configurations: readonly Configuration[], place: Place): Promise<Map<string, Message[]>> {
  const files = Object.entries(moduleFiles());
  const root = rootIn(
    place,
    {
      variable: { configs: { type: "any" } },
      module: Object.fromEntries(configurations.map((configuration) => [configuration.id, callOf(configuration)])),
    },
    {
      // Terraform's messages tell the calls of a module apart by its folder alone.
      files: Object.fromEntries(
        configurations.flatMap(({ id, module }) =>
          files
            .filter(([file]) => file.startsWith(`modules/${module}/`) || file.startsWith("modules/common/"))
            .map(([file, text]) => [file.replace("modules", `m/${id}`), text]),
        ),
      ),
      variables: { configs: Object.fromEntries(configurations.map(({ id, given }) => [id, inTerraform(given)])) },
    },
  );
  await root.init();
  const { stdout } = await root.run(["plan", "-json", "-refresh=false"], [0, 1]);
  return messagesById(stdout);
}

function callOf({ id, module, given }: Configuration): object {
  const inputs = Object.keys(given).map((name) => [
    terraformName(name),
    `\${var.configs.${id}.${terraformName(name)}}`,
  ]);
  return { source: `./m/${id}/${module}`, ...Object.fromEntries(inputs) };
}

function inTerraform(given: object): object {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [terraformName(name), value]));
}

let known: Readonly<Record<string, string>> | undefined;

/** The published modules, and the app's stack as one of them. */
function moduleFiles(): Readonly<Record<string, string>> {
  return (known ??= synthesizedFiles());
}

function synthesizedFiles(): Record<string, string> {
  const others = [...ORACLES].flatMap(([name, { configuration }]) =>
    configuration ? [[`modules/${name}/main.tf.json`, configuration()]] : [],
  );
  return { ...publishedFiles(), ...Object.fromEntries(others) };
}

/** What Terraform says of a configuration. */
export interface Message {
  readonly text: string;
  /** Whether the provider says it, of a resource whose argument it refuses besides. */
  readonly isOfProvider: boolean;
}

function messagesById(output: string): Map<string, Message[]> {
  const messages = new Map<string, Message[]>();
  for (const line of output.split("\n").filter((each) => each.startsWith("{"))) {
    const { diagnostic } = JSON.parse(line) as { diagnostic?: Diagnostic };
    if (diagnostic?.severity !== "error") continue;
    const { summary, detail = "", address = "", range, snippet } = diagnostic;
    const values = snippet?.values?.map(({ traversal, statement }) => `${traversal} ${statement}`) ?? [];
    const found =
      /^m\/([^/]+)\//.exec(range?.filename ?? "") ?? /\bm\/([^/]+)\//.exec(detail) ?? /module\.([^.]+)\./.exec(address);
    const id = found?.[1] ?? "";
    const message = { text: [summary, detail, ...values].join("\n"), isOfProvider: address !== "" };
    messages.set(id, [...(messages.get(id) ?? []), message]);
  }
  return messages;
}

/** A value in a resource; a text of JSON on the way to it is read. */
function valueAt(resource: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    const next = (value as Record<string, unknown> | undefined)?.[key];
    if (key !== "container_definitions") return next;
    return typeof next === "string" ? (JSON.parse(next) as unknown) : next;
  }, resource);
}

/** A value as Terraform keeps it: text in Unicode's normal form C. */
function normalized(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).normalize("NFC")) as unknown;
}
