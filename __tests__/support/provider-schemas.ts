import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isOfObjects, type Member, type Shape, type Shapes } from "../../tools/schemas/shape";

/** What AWS provider 6 has, as `npm run schemas` recorded it. */
export function recordedShapes(version: "6.25.0" | "6.66.0"): Shapes {
  const file = join(__dirname, "..", "fixtures", "schemas", `aws-${version}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly shapes: Shapes }).shapes;
}

type Body = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** What Terraform itself takes in every block, and CDKTF's notes. */
const META: ReadonlySet<string> = new Set([
  "//",
  "count",
  "depends_on",
  "dynamic",
  "for_each",
  "lifecycle",
  "provider",
]);

/** How an argument or attribute of a configuration is used. */
interface Use {
  readonly path: string;
  readonly member: Member | undefined;
  /** What is wrong with the use itself, if anything. */
  readonly problem?: string;
}

/**
 * What a configuration has that a version of the AWS provider does not take: resources, data sources, arguments and
 * attributes that there are not, arguments that can only be read or have another nesting, and required ones that are missing.
 *
 * @param configuration - in Terraform's JSON
 */
export function refused(configuration: object, shapes: Shapes): string[] {
  return sorted(
    usesOf(configuration, shapes).flatMap(({ path, member, problem }) => {
      if (problem !== undefined) return [`${path} ${problem}`];
      return member === undefined ? [`${path} does not exist`] : [];
    }),
  );
}

/** What a configuration sets or reads that a version of the AWS provider has deprecated. */
export function deprecatedUses(configuration: object, shapes: Shapes): string[] {
  return sorted(
    usesOf(configuration, shapes)
      .filter(({ member }) => member?.deprecated)
      .map(({ path }) => path),
  );
}

function sorted(all: readonly string[]): string[] {
  return [...new Set(all)].sort();
}

function usesOf(configuration: object, shapes: Shapes): Use[] {
  const { resource = {}, data = {} } = configuration as { resource?: Blocks; data?: Blocks };
  const set = [...blocksOf(resource, ""), ...blocksOf(data, "data.")].flatMap(({ type, body }): Use[] => {
    const shape = shapes[type];
    return shape ? setIn(body, type, shape) : [{ path: type, member: undefined }];
  });
  return [...set, ...readIn(JSON.stringify(configuration), shapes)];
}

function blocksOf(blocks: Blocks, prefix: string) {
  return Object.entries(blocks)
    .filter(([type]) => type.startsWith("aws_"))
    .flatMap(([type, byName]) => Object.values(byName).map((body) => ({ type: `${prefix}${type}`, body })));
}

function setIn(body: Body, path: string, shape: Shape): Use[] {
  const blocks = dynamicBlocks(body);
  const given = [...Object.entries(body).filter(([name]) => !META.has(name)), ...blocks];
  const names = new Set(given.map(([name]) => name));
  const missing = Object.entries(shape).filter(([name, { required }]) => required && !names.has(name));
  return [
    ...missing.map(([name, member]) => ({ path: `${path}.${name}`, member, problem: "is required" })),
    ...given.flatMap(([name, value]) => ofMember(value, `${path}.${name}`, shape[name])),
  ];
}

/** What `dynamic` blocks contain, by the blocks' names. */
function dynamicBlocks({ dynamic = {} }: Body): [string, unknown][] {
  const all = Object.entries(dynamic as Record<string, { content: unknown } | { content: unknown }[]>);
  return all.map(([name, blocks]) => [name, [blocks].flat().map(({ content }) => content)]);
}

function ofMember(value: unknown, path: string, member: Member | undefined): Use[] {
  if (member === undefined) return [{ path, member }];
  const { type = "", nested = {} } = member;
  if (member.computed) return [{ path, member, problem: "can only be read" }];
  // Terraform alone knows an expression's value; null counts as not set.
  if (value === null || (typeof value === "string" && value.includes("${"))) return [{ path, member }];
  if (!isOfType(value, type)) {
    return [{ path, member, problem: `must be of the type ${type}; it is ${JSON.stringify(value)}` }];
  }
  if (!isOfObjects(type)) return [{ path, member }];
  const objects = [value].flat().filter((each): each is Body => typeof each === "object" && each !== null);
  return [{ path, member }, ...objects.flatMap((each) => setIn(each, path, nested))];
}

function isOfType(value: unknown, type: string): boolean {
  const isObject = typeof value === "object" && !Array.isArray(value);
  if (/^(list|set) of object$|^object$/.test(type)) return isObject || Array.isArray(value);
  if (/^(list|set) of /.test(type)) return Array.isArray(value);
  return type.startsWith("map of ") ? isObject : typeof value !== "object";
}

/** The attributes that expressions read. */
function readIn(text: string, shapes: Shapes): Use[] {
  // Of ephemeral resources the bindings have nothing.
  return [...text.matchAll(/(?<!ephemeral\.)\b(data\.)?(aws_\w+)\.[\w-]+(?:\[[\d*]+\])?\.(\w+)/g)].map(
    ([, prefix = "", name = "", attribute = ""]) => {
      const type = `${prefix}${name}`;
      return { path: `${type}.${attribute}`, member: shapes[type]?.[attribute] };
    },
  );
}
