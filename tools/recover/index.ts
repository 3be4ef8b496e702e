import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { DEPLOYMENT_TAG } from "../../lib/aws/tags";
import { withAbsolutePaths } from "../terraform/arguments";
import { findTerraform, terraform, type RunOptions } from "../terraform/terraform";
import { IMPORTS_FILE } from "./imports";
import { recover } from "./recover";
import type { Found } from "./search";

const USAGE = `npm run recover [-- [--folder FOLDER] TERRAFORM_OPTION …]

Finds what an interrupted apply has left in AWS without recording it, and writes import blocks by which the next apply takes it
over. FOLDER is that of the stack (cdktf.out/stacks/metaflow, or that of an environment); the options are those of the interrupted apply: -var, -var-file.
It creates, changes and deletes nothing in AWS.`;

const DEFAULT_FOLDER = path.join("cdktf.out", "stacks", "metaflow");

/** Import blocks that are planned with the resource. */
const MINIMUM_TERRAFORM = "1.5.0";

interface Arguments {
  readonly folder: string;
  readonly args: readonly string[];
}

let running: ChildProcess | undefined;
let interrupted = false;

async function run({ folder, args }: Arguments): Promise<number> {
  if (!fs.existsSync(folder) || !fs.readdirSync(folder).some((name) => /\.tf(\.json)?$/.test(name))) {
    throw new Error(
      `${folder} holds no stack: synthesize it ("npm run synth"), or name its --folder${folder === DEFAULT_FOLDER ? others() : ""}.`,
    );
  }
  const { command } = findTerraform(MINIMUM_TERRAFORM);
  const env = { ...process.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
  const options: RunOptions = { cwd: folder, command, env };
  if (!fs.existsSync(path.join(folder, ".terraform"))) {
    await terraform(["init", "-no-color"], options);
  }
  const found = await recover(options, args, (child) => {
    running = child;
    if (interrupted) throw new Error("Interrupted.");
  });
  process.stdout.write(`${report(found, folder).join("\n")}\n`);
  return found.refused.size > 0 ? 1 : 0;
}

/** The folders of the environments, where there are any. */
function others(): string {
  const parent = path.dirname(DEFAULT_FOLDER);
  const names = fs.existsSync(parent) ? fs.readdirSync(parent).sort() : [];
  return names.length > 0 ? ` (${names.map((name) => path.join(parent, name)).join(", ")})` : "";
}

function report({ imports, isTagged, kept, refused, surplus, plan }: Found, folder: string): string[] {
  const lines: string[] = [];
  const list = (title: string, items: readonly string[]) => {
    if (items.length > 0) lines.push(title, ...items.map((item) => `  ${item}`), "");
  };
  list(
    "Exists, and was not recorded:",
    [...imports].sort().map(([address, id]) => `${address}: ${id}`),
  );
  list("Was to be replaced only because its creation was interrupted, and is kept now:", kept);
  list(
    "Exists, and cannot be taken over:",
    [...refused].map(([address, reason]) => `${address}: ${reason}`),
  );
  list("Bears this deployment's tag, and is in no plan; delete what you do not know:", surplus);

  const count = (test: (actions: readonly string[]) => boolean) =>
    String(plan.resources.filter(({ actions }) => test(actions)).length);
  const changes = [
    `${String(imports.size)} to import`,
    `${count((actions) => actions.includes("create"))} to add`,
    `${count((actions) => actions.join() === "update")} to change`,
    `${count((actions) => actions.includes("delete"))} to destroy`,
  ].join(", ");
  if (imports.size > 0) {
    const file = path.join(folder, IMPORTS_FILE);
    lines.push(
      `The next apply takes over what exists, by ${file}: ${changes}.`,
      `Apply as before (npx cdktf deploy, or terraform apply in ${folder}), and delete that file when it is through.`,
    );
  } else if (lines.length === 0 && isTagged) {
    lines.push(`Nothing is left unrecorded. The next apply: ${changes}.`);
  } else {
    lines.push(`The next apply: ${changes}.`);
  }
  if (!isTagged) {
    lines.push(
      `Only what is found by its name was looked for: the stack's resources bear no tag ${DEPLOYMENT_TAG} (with movedFrom in cdktf.json they get none).`,
    );
  }
  return lines;
}

function parse(argv: readonly string[]): Arguments {
  const args: string[] = [];
  let folder = DEFAULT_FOLDER;
  for (let index = 0; index < argv.length; index++) {
    const arg = argv[index] ?? "";
    const [, given] = /^--folder=(.+)$/.exec(arg) ?? [];
    if (given !== undefined) folder = given;
    else if (arg === "--folder") folder = argv[++index] ?? "";
    else args.push(arg);
  }
  return { folder, args: withAbsolutePaths(args) };
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.some((arg) => /^--?h(elp)?$/.test(arg))) {
    console.log(USAGE);
    return;
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      interrupted = true;
      running?.kill("SIGINT");
    });
  }
  process.exitCode = await run(parse(argv));
}

main().catch((error: unknown) => {
  console.error(interrupted ? "Interrupted: nothing was written." : error instanceof Error ? error.message : error);
  process.exitCode = interrupted ? 130 : 1;
});
