import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Unpacks a part of a package from npm's registry: bindings of every service are half a gigabyte.
 *
 * @param specifier - the package and its version: `@cdktf/provider-aws@21.22.1`
 * @param parts - paths in the package
 * @returns the package's folder, below the folder named
 */
export function unpackPackage(specifier: string, folder: string, parts: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  // npm names every file of the package.
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", specifier])) as [{ readonly filename: string }];
  run("tar", ["-xzf", filename, ...parts.map((part) => `package/${part}`)]);
  return join(folder, "package");
}
