import * as path from "node:path";

/** Terraform's arguments for a run in another folder: what names a file of variables is made absolute. */
export function withAbsolutePaths(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const [, option, file] = /^(-{1,2}var-file=)(.+)$/.exec(arg) ?? [];
    if (option !== undefined && file !== undefined) {
      return option + path.resolve(file);
    }
    return /^-{1,2}var-file$/.test(args[index - 1] ?? "") ? path.resolve(arg) : arg;
  });
}
