import type { Module } from "../../lib/synth/module";
import { describe } from "../../lib/contract/contract";

const GENERATED = "// Generated from modules/*/module.ts by `npm run generate`; change that instead.";

/** The TypeScript source of a module's public face, `lib/public/<name>.ts`. */
export function publicSource({ name, contract, exports = [] }: Module): string {
  const files = ["", ...exports.map((file) => `/${file}`), "/generated/call"];
  return [
    GENERATED,
    "",
    "/**",
    ` * ${describe(contract.description, "typescript")}.`,
    " *",
    ` * @module cdktf-metaflow/${name}`,
    " */",
    ...files.map((file) => `export * from "../../modules/${name}${file}";`),
    'export type { Bool } from "../contract/inputs";',
    'export type { ModuleCallProps } from "../synth/module-call";',
    'export type { ConstructProps } from "../synth/providers";',
    "",
  ].join("\n");
}

/** The TypeScript source of the package's root, `lib/public/index.ts`. */
export function indexSource(names: readonly string[]): string {
  return [
    GENERATED,
    "",
    "/**",
    " * Everything public, for those who want one import.",
    " *",
    " * @module cdktf-metaflow",
    " */",
    ...names.map((name) => `export * from "./${name}";`),
    "",
  ].join("\n");
}

/** `package.json` with an entry in `exports` and `typesVersions` for each module. */
export function manifestSource(manifest: string, names: readonly string[]): string {
  const types = (name: string) => `dist/package/lib/public/${name}.d.ts`;
  const entry = (name: string) => ({ types: `./${types(name)}`, default: `./dist/package/lib/public/${name}.js` });
  const content = {
    ...(JSON.parse(manifest) as object),
    exports: {
      ".": entry("index"),
      ...Object.fromEntries(names.map((name) => [`./${name}`, entry(name)])),
      "./package.json": "./package.json",
    },
    typesVersions: { "*": Object.fromEntries(names.map((name) => [name, [types(name)]])) },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
