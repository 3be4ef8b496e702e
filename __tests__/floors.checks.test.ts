import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { project } from "./support/app-folder";

// What `npm run lint` holds of the structure: each of these is planted in a copy of the project.

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "floors-"));
  const files = [
    "main.ts",
    "cdktf.json",
    "package.json",
    "tsconfig.json",
    "eslint.config.mjs",
    "lib",
    "modules",
    "tools",
  ];
  for (const name of files) cpSync(join(project, name), join(folder, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a linter with further files in the project. */
function lint(planted: Readonly<Record<string, string>>, program: string, ...args: string[]) {
  for (const [name, text] of Object.entries(planted)) writeFileSync(join(folder, name), text);
  try {
    const command = join(folder, "node_modules", ".bin", program);
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  } finally {
    for (const name of Object.keys(planted)) rmSync(join(folder, name));
  }
}

const cruise = (planted: Readonly<Record<string, string>>) =>
  lint(planted, "depcruise", "--config", "tools/floors.cjs", "main.ts", "lib", "modules", "tools");

test("the project's imports go down the floors, and in no circle", () => {
  expect(cruise({})).toMatchObject({
    status: 0,
    output: expect.stringContaining("no dependency violations") as string,
  });
});

test.each<[string, string, Record<string, string>]>([
  [
    "an import up the floors",
    "floor-3: lib/synth/planted.ts",
    { "lib/synth/planted.ts": 'export { tags } from "../aws/tags";\n' },
  ],
  [
    "a module that imports the composition",
    "floor-5: modules/common/planted.ts",
    { "modules/common/planted.ts": 'export type { Metaflow } from "../metaflow";\n' },
  ],
  [
    "a tool that uses one above it",
    "tool-recover: tools/recover/planted.ts",
    { "tools/recover/planted.ts": 'export { startEmulator } from "../emulator/emulator";\n' },
  ],
  [
    "a circle",
    "no-circle: lib/aws/planted",
    {
      "lib/aws/planted-a.ts": 'import type { B } from "./planted-b";\nexport type A = B;\n',
      "lib/aws/planted-b.ts": 'import type { A } from "./planted-a";\nexport type B = A;\n',
    },
  ],
])("%s is an error", (_, expected, planted) => {
  const { status, output } = cruise(planted);
  expect(output).toContain(expected);
  expect(status).not.toBe(0);
});

test("a provider's class may not be constructed but by resource()", () => {
  const planted = `import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";

export const planted = (scope: Construct) => new S3Bucket(scope, "planted");
`;
  const file = "modules/common/planted.ts";
  const { status, output } = lint({ [file]: planted }, "eslint", file);
  expect(output).toContain("Declare S3Bucket by resource()");
  expect(status).toBe(1);
});
