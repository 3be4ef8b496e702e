import { emulatedOverride } from "../../tools/terraform/environment";
import { releaseFiles } from "../../tools/publish/release";
import { freshAccount } from "./emulated-aws";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

/** A root in the release: the aliases of its AWS providers, beside the one without. */
export interface ReleasedRootOptions extends Omit<TerraformRootOptions, "files" | "path"> {
  readonly aliases?: readonly string[];
}

/**
 * A root among the files of the release, such as `examples/complete`, in the emulated AWS. The files are those that are
 * released; an override file beside them has what only the emulated AWS needs.
 */
export function releasedRoot(path: string, options: ReleasedRootOptions = {}): TerraformRoot {
  const { aliases = [], account = freshAccount(), ...others } = options;
  const aws = [{}, ...aliases.map((alias) => ({ alias }))];
  const files = Object.fromEntries(releaseFiles());
  return terraformRoot(emulatedOverride({ provider: { aws } }, account), { ...others, account, files, path });
}

/** The names of the examples. */
export function examples(): string[] {
  const found = [...releaseFiles().keys()].flatMap((file) => /^examples\/([^/]+)\/main\.tf$/.exec(file)?.[1] ?? []);
  return [...new Set(found)];
}
