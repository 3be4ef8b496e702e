import * as fs from "node:fs";
import * as path from "node:path";
import { LocalBackend, S3Backend, TerraformStack, type App } from "cdktf";
import { projectRoot } from "../system/paths";
import { checkFormerStates } from "./former-states";

/**
 * Keeps the state of each stack that names no backend beside cdktf.json, where CDKTF has it by default: the output folder is
 * one that people delete, and CDKTF's command line deletes from it the folders of stacks that are no more.
 *
 * A stack that is written outside of the project, or by `npm run local`, has its state beside its configuration, as Terraform has it.
 *
 * @throws Refusal where a state with resources is left without a stack
 */
export function keepStates(app: App): void {
  const [root, output] = [fs.realpathSync(projectRoot), fs.realpathSync(app.outdir)];
  if (!isWithin(output, root) || isWithin(output, path.join(root, ".local"))) return;
  const stacks = app.node.findAll().filter((construct) => TerraformStack.isStack(construct));
  const kept = stacks.map((stack) => {
    const { id } = stack.node;
    const backend = stack.node.tryFindChild("backend");
    const file = `terraform.${id}.tfstate`;
    if (!backend)
      new LocalBackend(stack, { path: fromStack(path.relative(root, path.join(output, "stacks", id)), file) });
    return { name: id, file: backend ? undefined : file, isInS3: backend instanceof S3Backend };
  });
  checkFormerStates(root, path.relative(root, output), kept);
}

/**
 * The path of a file of the project from a stack's folder. It goes by way of that very folder, so that there is no such path in a copy of
 * the folder elsewhere, and Terraform stops: two copies would otherwise have one state.
 */
function fromStack(folder: string, file: string): string {
  const down = folder.split(path.sep);
  const up = down.map(() => "..");
  return [...up, ...down, ...up, file].join("/");
}

function isWithin(folder: string, other: string): boolean {
  const relative = path.relative(other, folder);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
