import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * This app as CDKTF's default template has it: run by ts-node, the providers imported from their packages' roots.
 *
 * @returns the app's folder and how to remove it
 */
export function templateApp(project: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "template-app-"));
  for (const part of ["main.ts", "cdktf.json", "lib", "modules", "lambda", "tools", "tsconfig.json"]) {
    cpSync(join(project, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.startsWith("node_modules")) continue;
    const path = join(folder, file);
    writeFileSync(path, withRootImports(readFileSync(path, "utf8")));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** `import { S3Bucket } from ".../lib/s3-bucket"` becomes the namespace `s3Bucket` of the package's root. */
function withRootImports(source: string): string {
  let count = 0;
  return source.replace(
    /import (?:type )?\{([^}]*)\} from "(@cdktf\/provider-\w+)\/lib\/([\w-]+)";/g,
    (_, names: string, root: string, service: string) => {
      const namespace = service.replace(/-(\w)/g, (__, letter: string) => letter.toUpperCase());
      const local = `namespace${++count}`;
      const aliases = names
        .split(",")
        .map((name) => name.replace("type ", "").trim())
        .filter((name) => name !== "")
        .map((name) => `import ${name} = ${local}.${name};`);
      return [`import { ${namespace} as ${local} } from "${root}";`, ...aliases].join(" ");
    },
  );
}
