import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { appFolder, project } from "./app-folder";

const REMOTE = "https://github.com/acme/terraform-aws-metaflow.git";

/** A Git repository to which this version was released. */
export interface ReleaseRepository {
  /** The copy of the project from which it was released. */
  readonly folder: string;
  /** Runs Git on the repository. */
  readonly git: (...args: string[]) => string;
  /** How to call a module of it, by the module's path; empty for the root module. */
  readonly source: (path: string) => string;
}

/** Releases this version to a repository on this machine, by the commands of `docs/releasing.md`. */
export function releaseRepository(): ReleaseRepository {
  const folder = appFolder();
  const remote = join(folder, "remote.git");
  const text = readFileSync(join(project, "docs", "releasing.md"), "utf8").replaceAll(REMOTE, `file://${remote}`);
  const commands = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join("");

  const names = ["AUTHOR", "COMMITTER"].map((role) => [`GIT_${role}_NAME`, "Release"]);
  const addresses = ["AUTHOR", "COMMITTER"].map((role) => [`GIT_${role}_EMAIL`, "release@example.com"]);
  const env = { PATH: process.env.PATH, HOME: folder, ...Object.fromEntries([...names, ...addresses]) };
  const git = (...args: string[]) => execFileSync("git", [`--git-dir=${remote}`, ...args], { env, encoding: "utf8" });
  git("init", "--bare", "--quiet");
  execFileSync("sh", ["-eu", "-c", commands], { cwd: folder, env, stdio: "pipe" });

  const [, documented = ""] = /source = "(git::file:[^"]+)"/.exec(text) ?? [];
  const source = (path: string) => documented.replace("//modules/datastore", path === "" ? "" : `//${path}`);
  return { folder, git, source };
}
