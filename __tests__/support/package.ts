import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { project } from "./app-folder";

const run = promisify(execFile);

const folders: string[] = [];

afterAll(() => {
  folders.splice(0).forEach((folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
});

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), name));
  folders.push(folder);
  return folder;
}

/** What the package needs beside it, and what a project in TypeScript has anyway. */
export const PEERS = [
  "@cdktf/provider-archive",
  "@cdktf/provider-aws",
  "@cdktf/provider-random",
  "cdktf",
  "constructs",
] as const;

/** A project of someone's own, with the package installed by npm and nothing from any registry. */
export class PackageUser {
  public readonly folder = temporaryFolder("metaflow-user-");

  /**
   * @param tarball - the package
   * @param peers - folders to take other peers from than this project's
   */
  public async install(tarball: string, peers: Readonly<Record<string, string>> = {}): Promise<void> {
    const ours = [...PEERS, "typescript", "@types/node"].map((name) => [name, join(project, "node_modules", name)]);
    const all = { ...(Object.fromEntries(ours) as Record<string, string>), ...peers, "cdktf-metaflow": tarball };
    const dependencies = Object.entries(all).map(([name, path]) => [name, `file:${path}`]);
    this.write({
      "package.json": JSON.stringify({ private: true, dependencies: Object.fromEntries(dependencies) as unknown }),
    });
    await npm(this.folder, "install", "--ignore-scripts");
  }

  /** The files of the installed package, by their paths in it. */
  public installed(): string[] {
    const root = join(this.folder, "node_modules", "cdktf-metaflow");
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .sort();
  }

  public write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Compiles files strictly. @returns the compiler's complaints */
  public async compile(files: readonly string[], ...options: readonly string[]): Promise<string> {
    const compiler = join(this.folder, "node_modules", "typescript", "bin", "tsc");
    const strict = ["--strict", "--noUnusedLocals", "--target", "es2022", "--types", "node"];
    try {
      await run(process.execPath, [compiler, ...strict, ...options, ...files], { cwd: this.folder });
      return "";
    } catch (error) {
      return (error as { stdout?: string }).stdout ?? String(error);
    }
  }

  /** Runs a script of the package.json in one of the project's folders. @returns what it prints */
  public async script(folder: string, name: string): Promise<string> {
    return npm(join(this.folder, folder), "run", "--silent", name);
  }

  /** Runs Node.js in the project. */
  public async node(...args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> {
    try {
      const { stdout, stderr } = await run(process.execPath, args, { cwd: this.folder, env: CALM });
      return { stdout, stderr, code: 0 };
    } catch (error) {
      return error as { stdout: string; stderr: string; code: number };
    }
  }
}

/** Neither jest's settings nor those of the npm that started it. */
export const CALM = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|NODE_ENV$|JEST_)/i.test(name)),
);

/** npm without a network, for packages that lie on this machine. */
export function npmSettings(): NodeJS.ProcessEnv {
  const settings = {
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    npm_config_cache: temporaryFolder("metaflow-npm-"),
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  };
  return { ...CALM, ...settings };
}

export async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run("npm", args, { cwd, env: npmSettings() });
  return stdout + stderr;
}
