import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Member, Shape, Shapes } from "./shape";

/** A property of an interface of Pulumi's package. */
interface Property {
  readonly deprecated: boolean;
  /** The interface of its objects, such as `s3.BucketVersioning`. */
  readonly nested?: string;
}

type Properties = ReadonlyMap<string, Property>;

/** What Pulumi's package declares, and what it lacks. */
export interface Deprecations {
  /** The shapes with what is deprecated noted. */
  readonly shapes: Shapes;
  /** Members of the shapes that the package does not have by the names that Pulumi makes of Terraform's. */
  readonly unknown: readonly string[];
}

/**
 * Notes what is deprecated, which the bindings do not tell. Pulumi's package, which Pulumi makes of the provider's own
 * code, has the provider's words of it, and every member under a name that follows from Terraform's.
 *
 * @param folder - the folder of `@pulumi/aws`
 */
export function withDeprecations(shapes: Shapes, folder: string): Deprecations {
  const inputs = namespacesOf(join(folder, "types", "input.d.ts"));
  const outputs = namespacesOf(join(folder, "types", "output.d.ts"));
  const unknown: string[] = [];
  const noted = Object.entries(shapes).map(([type, shape]) => {
    const { properties, isData } = ofType(folder, type);
    const scopes = isData ? [outputs, inputs] : [inputs];
    return [type, noteIn(shape, type, properties, scopes, unknown)] as const;
  });
  return { shapes: Object.fromEntries(noted), unknown };
}

function noteIn(
  shape: Shape,
  path: string,
  properties: Properties,
  scopes: readonly ReadonlyMap<string, Properties>[],
  unknown: string[],
): Shape {
  const members = Object.entries(shape).map(([name, member]): [string, Member] => {
    const place = `${path}.${name}`;
    const property = namesOf(name)
      .map((each) => properties.get(each))
      .find((each) => each !== undefined);
    if (property === undefined) {
      if (!ABSENT.has(name)) unknown.push(place);
      return [name, member];
    }
    const inner = scopes.map((scope) => scope.get(property.nested ?? "")).find((each) => each !== undefined);
    const { nested } = member;
    return [
      name,
      {
        ...member,
        ...(property.deprecated ? { deprecated: true as const } : {}),
        ...(nested && inner ? { nested: noteIn(nested, place, inner, scopes, unknown) } : {}),
      },
    ];
  });
  return Object.fromEntries(members);
}

/** What Pulumi has in another way: every resource's id, and its own timeouts. */
const ABSENT: ReadonlySet<string> = new Set(["id", "timeouts"]);

/** The names that Pulumi may have made of Terraform's: in camel case, and those of lists in the plural. */
function namesOf(name: string): string[] {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [RENAMED[name] ?? camel, camel, `${camel}s`, `${camel}es`, camel.replace(/y$/, "ies")];
}

const RENAMED: Readonly<Record<string, string>> = {
  deployment_id: "deployment",
  filename: "code",
  function_name: "name",
  rest_api_id: "restApi",
  target_arns: "targetArn",
};

/** The properties of a resource or data source, and its attributes. */
function ofType(folder: string, type: string): { properties: Properties; isData: boolean } {
  const isData = type.startsWith("data.");
  const name = type.replace(/^(data\.)?aws_/, "");
  const [prefix = "", service = ""] = Object.entries(SERVICES).find(([each]) => name.startsWith(each)) ?? [];
  const rest = OTHER_NAMES[name] ?? name.slice(KEPT.has(prefix) ? 0 : prefix.length).replace(/^_/, "");
  const camel = rest.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
  const file = isData ? `get${pascal}` : camel;
  const text = readFileSync(join(folder, service, `${file}.d.ts`), "utf8");
  const interfaces = isData ? [`Get${pascal}Args`, `Get${pascal}Result`] : [`${pascal}State`];
  const all = interfaces.map((each) => propertiesIn(blockOf(text, `export interface ${each} {`, "")));
  const properties = new Map(all.flatMap((each) => [...each]));
  if (properties.size === 0) throw new Error(`@pulumi/aws has no ${interfaces.join(", ")} in ${service}/${file}.d.ts.`);
  return { properties, isData };
}

/** Pulumi's folders by how the names of Terraform's types begin; "" is the package's own. */
const SERVICES: Readonly<Record<string, string>> = {
  api_gateway: "apigateway",
  appautoscaling: "appautoscaling",
  availability_zones: "",
  batch: "batch",
  caller_identity: "",
  cloudwatch: "cloudwatch",
  cognito: "cognito",
  db: "rds",
  default_security_group: "ec2",
  dynamodb: "dynamodb",
  ecr: "ecr",
  ecs: "ecs",
  flow_log: "ec2",
  iam: "iam",
  internet_gateway: "ec2",
  kms: "kms",
  lambda: "lambda",
  launch_template: "ec2",
  lb: "lb",
  partition: "",
  rds: "rds",
  region: "",
  route: "ec2",
  s3: "s3",
  sagemaker: "sagemaker",
  secretsmanager: "secretsmanager",
  security_group: "ec2",
  sqs: "sqs",
  ssm: "ssm",
  subnet: "ec2",
  vpc: "ec2",
};

/** Beginnings that are a part of the name, and not of the service. */
const KEPT: ReadonlySet<string> = new Set(
  Object.entries(SERVICES)
    .filter(([prefix, service]) => service === "" || (service === "ec2" && prefix !== "ec2"))
    .map(([prefix]) => prefix),
);

const OTHER_NAMES: Readonly<Record<string, string>> = { lb: "load_balancer" };

/** The interfaces of a file of types, by namespace and name. */
function namespacesOf(file: string): ReadonlyMap<string, Properties> {
  const found = new Map<string, Properties>();
  const [, ...parts] = readFileSync(file, "utf8").split(/^export declare namespace /m);
  for (const part of parts) {
    const [namespace = ""] = /^\w+/.exec(part) ?? [];
    for (const [, name = ""] of part.matchAll(/^ {4}interface (\w+) \{/gm)) {
      found.set(`${namespace}.${name}`, propertiesIn(blockOf(part, `    interface ${name} {`, "    ")));
    }
  }
  return found;
}

/** The lines of a block, without its indentation. */
function blockOf(text: string, opening: string, indent: string): string {
  const start = text.indexOf(`${opening}\n`);
  if (start < 0) return "";
  const end = text.indexOf(`\n${indent}}`, start);
  return text
    .slice(start + opening.length + 1, end)
    .replaceAll(`\n${indent}`, "\n")
    .slice(indent.length);
}

function propertiesIn(block: string): Properties {
  const found = new Map<string, Property>();
  let comment = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("    /**")) comment = "";
    comment += line;
    const [, name = "", type = ""] = /^ {4}(?:readonly )?(\w+)\??: (.*)$/.exec(line) ?? [];
    if (name === "") continue;
    const [, nested] = /\b(?:inputs|outputs)\.([\w.]+)/.exec(type) ?? [];
    found.set(name, { deprecated: comment.includes("@deprecated"), ...(nested === undefined ? {} : { nested }) });
    comment = "";
  }
  return found;
}
