import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emulatedAws } from "./emulated-aws";
import { withAttachedProvider } from "./terraform-root";

/**
 * An environment in which `terraform` reaches its providers through an attached one each, whoever starts it there.
 *
 * @param env - the environment without
 * @param folder - the folder that gets the program
 * @param roots - the folders that Terraform is run in, or for by `-chdir`
 */
export function withAttachedTerraform(env: NodeJS.ProcessEnv, folder: string, roots: readonly string[]) {
  const attachments = roots.flatMap((root) => {
    const { TF_REATTACH_PROVIDERS: attached } = withAttachedProvider(env, root);
    return attached === undefined ? [] : [`  ${root}) export TF_REATTACH_PROVIDERS='${attached}' ;;`];
  });
  const path = env.PATH ?? "";
  const script = [
    "#!/bin/sh",
    "root=$(pwd -P)",
    'case "$1" in -chdir=*) root=${1#-chdir=} ;; esac',
    'case "$root" in',
    ...attachments,
    "esac",
    `PATH='${path}' exec ${emulatedAws().terraform} "$@"`,
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "terraform"), `${script.join("\n")}\n`, { mode: 0o755 });
  return { ...env, PATH: `${folder}:${path}` };
}
