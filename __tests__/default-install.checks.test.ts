import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { unpackPackage } from "../tools/schemas/npm-packages";
import { usedServices } from "../tools/schemas/services";
import { localFolder } from "../tools/system/paths";
import { project } from "./support/app-folder";
import { faces } from "./support/faces";
import { temporaryFolder } from "./support/package";
import { recordedShapes, refused } from "./support/provider-schemas";
import type { Configuration } from "./support/synth";

// What npm installs by default: the newest bindings in the declared range, of AWS provider 6.25.0.

const BINDINGS = "@cdktf/provider-aws@21.22.1";

/** What the project emits with those bindings. */
let emitted: Readonly<Record<string, object>>;

beforeAll(() => {
  const folder = join(temporaryFolder("metaflow-default-"), "project");
  mkdirSync(join(folder, "node_modules", "@cdktf"), { recursive: true });
  for (const part of ["lib", "modules", "lambda", "tools", "package.json", join("__tests__", "support")]) {
    cpSync(join(project, part), join(folder, part), { recursive: true });
  }
  linkAll("node_modules", folder);
  linkAll(join("node_modules", "@cdktf"), folder);
  symlinkSync(bindings(), join(folder, "node_modules", "@cdktf", "provider-aws"));
  const program = ["tools/run.js", "__tests__/support/print-faces.ts"];
  const printed = execFileSync(process.execPath, program, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 });
  emitted = JSON.parse(printed) as typeof emitted;
});

/** Has a folder all packages of the project but the bindings of AWS. */
function linkAll(packages: string, folder: string): void {
  for (const name of readdirSync(join(project, packages))) {
    if (name === "@cdktf" || name === "provider-aws") continue;
    symlinkSync(join(project, packages, name), join(folder, packages, name));
  }
}

/** The bindings, downloaded once. */
function bindings(): string {
  const folder = join(localFolder, "bindings", BINDINGS.replace("/", "+"));
  if (!existsSync(folder)) {
    const draft = `${folder}.${String(process.pid)}`;
    unpackPackage(BINDINGS, draft, ["package.json", ...[...usedServices(), "provider"].map((name) => `lib/${name}`)]);
    renameSync(draft, folder);
  }
  return join(folder, "package");
}

/** With these bindings, it takes the arguments that AWS provider 6 has renamed. (A release is made with the oldest ones.) */
const RENAMED = ["the construct Computation", "the construct Root", "the published module computation"];

test("everything but what AWS provider 6 has renamed is the same as with the oldest bindings", () => {
  const others = (all: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => !RENAMED.includes(name))
        .map(withoutVersions),
    );
  expect(others(emitted)).toEqual(JSON.parse(JSON.stringify(others(faces()))));
});

/** A face without the versions that plain stacks take from the bindings. */
function withoutVersions([name, face]: [string, object]): [string, object] {
  return [name, Object.fromEntries(Object.entries(face).filter(([block]) => block !== "terraform"))];
}

test("AWS provider 6.25.0 takes every argument of what the project emits with them", () => {
  const shapes = recordedShapes("6.25.0");
  const problems = Object.entries(emitted).flatMap(([name, face]) =>
    refused(face, shapes).map((problem) => `${name}: ${problem}`),
  );
  expect(problems).toEqual([]);
  for (const name of RENAMED) {
    const { resource } = emitted[name] as Required<Configuration>;
    const [environment] = Object.values(resource.aws_batch_compute_environment ?? {});
    const [queue] = Object.values(resource.aws_batch_job_queue ?? {});
    expect(environment).toHaveProperty("name_prefix");
    expect(queue).toHaveProperty("compute_environment_order");
  }
});
