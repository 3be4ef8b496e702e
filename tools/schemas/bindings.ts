import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Member, Shape, Shapes } from "./shape";

/**
 * What resources and data sources have by the code of CDKTF's bindings, which `cdktf get` makes of what
 * `terraform providers schema -json` says of the provider.
 *
 * What is set has its name, type and nesting in the methods that write HCL, and what is required in the declarations;
 * what can only be read has a getter. The code does not tell what is deprecated.
 *
 * @param folder - the package's folder, such as `node_modules/@cdktf/provider-aws`
 * @param services - the folders below `lib`: `s3-bucket`, `data-aws-region`
 */
export function shapesOfBindings(folder: string, services: readonly string[]): Shapes {
  return Object.fromEntries(
    services.filter((service) => existsSync(join(folder, "lib", service))).map((service) => ofService(folder, service)),
  );
}

function ofService(folder: string, service: string): readonly [string, Shape] {
  const read = (file: string) => readFileSync(join(folder, "lib", service, file), "utf8");
  const code = { js: read("index.js"), declarations: read("index.d.ts") };
  const main = code.js.split(/^class (?=\w+ extends cdkt[fn]\.Terraform(?:Resource|DataSource) )/m)[1] ?? "";
  const [name = ""] = /^\w+/.exec(main) ?? [];
  const [, type = ""] = /\btfResourceType = "(\w+)"/.exec(main) ?? [];
  if (type === "") throw new Error(`${service} has no resource.`);
  const set = membersIn(main.split("synthesizeHclAttributes() {")[1] ?? "", `${name}Config`, code);
  return [service.startsWith("data-") ? `data.${type}` : type, { ...readOnlyIn(main), ...set }];
}

interface Code {
  readonly js: string;
  readonly declarations: string;
}

/** What a block has: `${name}ToHclTerraform` writes it, and an interface declares it. */
function nestedShape(name: string, code: Code): Shape {
  const [, text = ""] = code.js.split(`function ${name}ToHclTerraform(struct) {`);
  const declaration = name.charAt(0).toUpperCase() + name.slice(1);
  const set = membersIn(text.slice(0, text.search(/^\}/m)), declaration, code);
  const [, reference = ""] = code.js.split(`class ${declaration}OutputReference extends `);
  return { ...readOnlyIn(reference.slice(0, reference.search(/^\}/m))), ...set };
}

/** What can only be read, by the code of a class. */
function readOnlyIn(body: string): Shape {
  return Object.fromEntries([...body.matchAll(READ_ONLY)].map(([, name = ""]) => [name, { computed: true }]));
}

function membersIn(text: string, declaration: string, code: Code): Record<string, Member> {
  const [, attributes = ""] = /const attrs = \{\n([^]*?)\n {4,8}\};/.exec(text) ?? [];
  const [, declared = ""] =
    new RegExp(`^export interface ${declaration} [^{]*\\{\\n([^]*?)^\\}`, "m").exec(code.declarations) ?? [];
  const required = new Set([...declared.matchAll(/^ {4}readonly (\w+):/gm)].map(([, name]) => name));
  return Object.fromEntries(
    [...attributes.matchAll(MEMBER)].map(([, name = "", value = "", nesting = "", storage = ""]) => {
      const [, block] = /(?<!cdkt[fn]\.)\b(\w+)ToHclTerraform\b/.exec(value) ?? [];
      const [, prop = ""] = /(?:struct\.|this\._)(\w+)/.exec(value) ?? [];
      const type =
        block === undefined ? typeOf(nesting, storage) : nesting === "struct" ? "object" : `${nesting} of object`;
      return [
        name,
        {
          type,
          ...(required.has(prop) ? { required: true as const } : {}),
          ...(block === undefined ? {} : { nested: nestedShape(block, code) }),
        },
      ];
    }),
  );
}

/** A member in the code that writes HCL; what is of any type has no class. */
const MEMBER =
  /^ +"?(\w+)"?: \{\n +value: (.+),\n +isBlock: \w+,\n(?: +type: "(\w+)",\n)?(?: +storageClassType: "(\w+)",\n)?/gm;

/** An attribute that can only be read; the generator's own remark. */
const READ_ONLY = /\/\/ (\w+) - computed: true, optional: false, required: false$/gm;

const SCALARS: Readonly<Record<string, string>> = { string: "string", number: "number", boolean: "bool" };

function typeOf(nesting: string, storage: string): string {
  if (nesting === "simple") return SCALARS[storage] ?? storage;
  return `${nesting} of ${SCALARS[storage.replace(/(List|Map)$/, "")] ?? storage}`;
}
