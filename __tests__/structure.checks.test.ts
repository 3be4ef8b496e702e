import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linkTools, project } from "./support/app-folder";

// What `npm run lint` holds of the structure: each of these is planted in a copy of the project.

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "floors-"));
  const files = ["main.ts", "cdktf.json", "package.json", "tsconfig.json", "eslint.config.mjs", "docs/settings.md"];
  files.push("lib", "modules", "tools", "lambda", "__tests__", "examples", "CHANGELOG.md", "LICENSE", "NOTICE");
  for (const name of files) cpSync(join(project, name), join(folder, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  linkTools(folder);
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

/** Checks the types of a part of the project, and of all that it imports. */
function compile(...include: readonly string[]) {
  const config = "tsconfig.part.json";
  return lint({ [config]: JSON.stringify({ extends: "./tsconfig.json", include }) }, "tsc", "--noEmit", "-p", config);
}

test("the project's imports go down the floors, and in no circle", () => {
  expect(cruise({})).toMatchObject({
    status: 0,
    output: expect.stringContaining("no dependency violations") as string,
  });
});

describe("planted", () => {
  // One run for all of them, as each takes seconds.
  let found = { status: null as number | null, output: "" };

  beforeAll(() => {
    found = cruise({
      "lib/synth/planted.ts": 'export { tags } from "../aws/tags";\n',
      "modules/common/planted.ts": 'export type { Metaflow } from "../metaflow";\n',
      "tools/recover/planted.ts": 'export { startEmulator } from "../emulator/emulator";\n',
      "lib/aws/planted-a.ts": 'import type { B } from "./planted-b";\nexport type A = B;\n',
      "lib/aws/planted-b.ts": 'import type { A } from "./planted-a";\nexport type B = A;\n',
    });
  });

  test.each([
    ["an import up the floors", "floor-3: lib/synth/planted.ts"],
    ["a module that imports the composition", "floor-5: modules/common/planted.ts"],
    ["a tool that uses one above it", "tool-recover: tools/recover/planted.ts"],
    ["a circle", "no-circle: lib/aws/planted"],
  ])("%s is an error", (_, expected) => {
    expect(found.output).toContain(expected);
    expect(found.status).not.toBe(0);
  });
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

describe("another name of an input", () => {
  const RENAMED = [
    ["datastore", "caCertIdentifier"],
    ["metadata-service", "loadBalancerNamePrefix"],
    ["custom-role", "userRolePrincipals"],
  ] as const;
  let compiled = { status: null as number | null, output: "" };

  beforeAll(() => {
    const files = RENAMED.flatMap(([name, input]) =>
      ["contract.ts", "generated/interface.ts"].map((file) => ({ path: join(folder, "modules", name, file), input })),
    );
    const before = files.map(({ path }) => readFileSync(path, "utf8"));
    files.forEach(({ path, input }, index) => {
      const name = new RegExp(`(  (?:readonly )?)${input}(?=\\??:)`);
      writeFileSync(path, before[index]?.replace(name, `$1other${input}`) ?? "");
    });
    compiled = compile("modules/metaflow", "lib/public");
    files.forEach(({ path }, index) => {
      writeFileSync(path, before[index] ?? "");
    });
  });

  test.each(RENAMED)("of %s, %s, breaks the compilation of the composition", (_, input) => {
    expect(compiled.output).toMatch(
      new RegExp(`^modules/metaflow/(index|datastore-props|service-props)\\.ts.*error TS.*"${input}"`, "m"),
    );
    expect(compiled.status).not.toBe(0);
  });
});

describe("a folder with a contract, a resource and a descriptor", () => {
  test("is a module: published, called, exported, documented and tested, without another file touched", () => {
    const module = join(folder, "modules", "trial");
    mkdirSync(module);
    for (const [name, text] of Object.entries(TRIAL)) writeFileSync(join(module, name), text);
    const node = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: { ...process.env, FORCE_COLOR: "0" } });
    for (const step of ["contracts", "descriptors"]) {
      expect(node("tools/run.js", `tools/generate/commands/${step}.ts`)).toMatchObject({ status: 0, stderr: "" });
    }
    expect(node("tools/run.js", "tools/publish/commands/modules.ts")).toMatchObject({ status: 0, stderr: "" });

    const text = (path: string) => readFileSync(join(folder, path), "utf8");
    expect(JSON.parse(text("dist/modules/trial/main.tf.json"))).toEqual({
      resource: { aws_sqs_queue: { this: { name: "${var.queue_name}" } } },
    });
    expect(text("dist/modules/trial/README.md")).toContain("What the queue is called");
    expect(text("lib/public/trial.ts")).toContain("A queue to try");
    const { exports, typesVersions } = JSON.parse(text("package.json")) as Record<string, Record<string, object>>;
    expect(exports).toHaveProperty(["./trial", "default"], "./dist/package/lib/public/trial.js");
    expect(typesVersions?.["*"]).toHaveProperty("trial");
    expect(lint({}, "tsc", "--noEmit")).toEqual({ status: 0, output: "" });
    expect(cruise({}).status).toBe(0);

    const tested = (project: string, ...args: string[]) => {
      const { status, stderr } = node(
        "node_modules/jest/bin/jest.js",
        "--ci",
        "--verbose",
        "--selectProjects",
        project,
        ...args,
      );
      return { status, stderr };
    };
    const unit = tested("unit", "--testPathPatterns", "classes|generated|providers|unknown-props|wrong-types");
    expect(unit.stderr).toContain("the class of trial");
    for (const suite of ["Trial", "Trial refuses", "the inputs of Trial"])
      expect(unit.stderr).toContain(`  ${suite}\n`);
    expect(unit.status).toBe(0);
    const conventions = tested("terraform", "-t", "folder modules/trial ", "--testPathPatterns", "modules/conventions");
    expect(conventions.stderr).toContain("2 passed");
    expect(conventions.status).toBe(0);
  });
});

const TRIAL = {
  "contract.ts": `import { contract, string } from "../../lib/contract/contract";

export const trialContract = contract({
  construct: "Trial",
  description: "A queue to try",
  inputs: { queueName: string({ description: "What the queue is called" }) },
  outputs: { queueUrl: { description: "The URL of the queue" } },
});
`,
  "index.ts": `import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { readInputs } from "../../lib/contract/inputs";
import type { ConstructProps } from "../../lib/synth/providers";
import { resource } from "../../lib/synth/addresses";
import { trialContract } from "./contract";
import type { TrialInputs, TrialOutputs } from "./generated/interface";

export type { TrialInputs, TrialOutputs } from "./generated/interface";

export class Trial extends Construct implements TrialOutputs {
  public readonly queueUrl: string;

  public constructor(scope: Construct, id: string, props: TrialInputs & ConstructProps) {
    super(scope, id);
    joinStack(this, props);
    const { queueName } = readInputs<TrialInputs>(this, trialContract, props);
    this.queueUrl = resource(this, SqsQueue, "this", { name: queueName }).url;
  }
}
`,
  "module.ts": `import { defineModule } from "../../lib/synth/module";
import { Trial } from ".";
import { trialContract } from "./contract";
import { TrialModule } from "./generated/call";
import type { TrialInputs, TrialOutputs } from "./generated/interface";

export const trialModule = defineModule<TrialInputs, TrialOutputs>({
  name: "trial",
  contract: trialContract,
  requirements: { terraform: ">= 0.13", providers: { aws: { source: "hashicorp/aws" } } },
  construct: Trial,
  call: TrialModule,
});
`,
  "README.md": `# trial

<!-- BEGIN_TF_DOCS -->
<!-- END_TF_DOCS -->
`,
};
