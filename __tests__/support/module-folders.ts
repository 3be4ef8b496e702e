import { existsSync } from "node:fs";
import { join } from "node:path";
import { moduleNames } from "../../tools/contracts";

const root = join(__dirname, "..", "modules");

/**
 * What the tests know of each module that they know it of: an export of a file in `__tests__/modules/<name>/`.
 *
 * @param file - the file, without its ending
 * @throws Error where a file has no such export
 */
export function ofModules<Value>(file: string, name: string): ReadonlyMap<string, Value> {
  const having = moduleNames.filter((module) => existsSync(join(root, module, `${file}.ts`)));
  return new Map(
    having.map((module) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a static import cannot name what lies in a folder
      const exports = require(join(root, module, file)) as Readonly<Record<string, Value | undefined>>;
      const value = exports[name];
      if (value === undefined) throw new Error(`__tests__/modules/${module}/${file}.ts must export ${name}.`);
      return [module, value];
    }),
  );
}
