import * as fs from "node:fs";
import * as path from "node:path";
import { Refusal } from "../../lib/contract/checks";

/** Where the state of a stack is kept. */
export interface Kept {
  /** The stack's name. */
  readonly name: string;
  /** The file beside cdktf.json; undefined where the stack names a backend. */
  readonly file: string | undefined;
  readonly isInS3: boolean;
}

/** A state on this machine that has resources. */
interface Found {
  readonly name: string;
  /** From the folder of cdktf.json. */
  readonly file: string;
  readonly isOfWorkspace?: boolean;
}

/**
 * Says of each state that is not where its stack has it by now how it gets there.
 *
 * @param root - the folder of cdktf.json
 * @param output - the output folder, from there
 * @throws Refusal where a state is that of no stack: CDKTF's command line would delete one in the output folder, and the deployment that
 * goes by another name now would be made a second time
 */
export function checkFormerStates(root: string, output: string, stacks: readonly Kept[]): void {
  const inOutput = entries(path.join(root, output, "stacks")).flatMap((name) =>
    statesIn(root, name, path.join(output, "stacks", name)),
  );
  const beside = entries(root).flatMap((file): Found[] => {
    const [, name] = /^terraform\.(.+)\.tfstate$/.exec(file) ?? [];
    return name === undefined ? [] : [{ name, file }];
  });
  const used = [...inOutput, ...beside].filter(({ file }) => hasResources(path.join(root, file)));
  const stackOf = ({ name }: Found) => stacks.find((stack) => stack.name === name);
  const lost = used.find((found) => !stackOf(found));
  if (lost) throw new Refusal(withoutStack(lost, stacks));
  for (const found of used) {
    const stack = stackOf(found);
    if (!stack || stack.file === found.file || found.isOfWorkspace) continue;
    if (stack.isInS3) say(`${found.file} has resources, and the state of ${stack.name} is in S3 now. ${TO_S3(stack)}`);
    else if (stack.file !== undefined) say(intoFile(found, stack.file, fs.existsSync(path.join(root, stack.file))));
  }
}

/** The states that a stack has in its folder: that of the default workspace, and those of others. */
function statesIn(root: string, name: string, folder: string): Found[] {
  const others = entries(path.join(root, folder, WORKSPACES)).map((workspace) => path.join(WORKSPACES, workspace));
  return ["", ...others].map((place) => ({
    name,
    file: path.join(folder, place, "terraform.tfstate"),
    isOfWorkspace: place !== "",
  }));
}

const WORKSPACES = "terraform.tfstate.d";

function intoFile({ name, file }: Found, target: string, isThere: boolean): string {
  return isThere
    ? `${file} has resources, and the state of ${name} is ${target}. Delete the one that is out of date.`
    : `The state of ${name} moves out of the output folder: mv -n ${file} ${target}`;
}

function withoutStack({ name, file }: Found, stacks: readonly Kept[]): string {
  const names = stacks.map((stack) => stack.name);
  const target = names.length === 1 ? String(names[0]) : "NAME";
  return [
    `${file} is the state of the deployment ${name}, and cdktf.json has ${names.join(", ")} only.`,
    `If ${names.length === 1 ? "that" : "one of them"} is the same deployment: mv -n ${file} terraform.${target}.tfstate`,
    "Otherwise name it in cdktf.json again, or destroy it first (docs/environments.md).",
  ].join("\n");
}

const TO_S3 = ({ name }: Kept) =>
  `If it is not moved yet: npx cdktf deploy ${name} --migrate-state. Then delete the file (docs/environments.md).`;

/** Whether a state has resources; one that is half-written may have. */
function hasResources(file: string): boolean {
  try {
    const text = fs.readFileSync(file, "utf8");
    if (text === "") return false;
    const { resources = [] } = JSON.parse(text) as { readonly resources?: readonly { readonly mode?: string }[] };
    return resources.some(({ mode }) => mode !== "data");
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

function entries(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
