import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import type { Combination } from "./combinations";

const run = promisify(execFile);
const project = path.join(__dirname, "..", "..");
const folders: string[] = [];

afterAll(() => {
  folders.splice(0).forEach((folder) => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
});

/** The constructs with one combination of packages. */
export interface Build {
  /** Where the packages are. */
  readonly folder: string;
  /** What TypeScript has to say; nothing where all is well. */
  readonly typeErrors: string;
  /** The app's stack, `cdk.tf.json`. */
  readonly stack: string;
  /** The published modules' files. */
  readonly modules: Readonly<Record<string, string>>;
  /** A caller's app with two stacks (app.ts), by stack. */
  readonly app: Readonly<Record<string, string>>;
}

/**
 * Installs a combination into a folder of its own, compiles the constructs against its declarations, and synthesizes
 * with its code.
 *
 * @throws Error where npm, whom the declared peer dependencies may contradict, or a synth fails
 */
export async function build(combination: Combination): Promise<Build> {
  const folder = temporaryFolder();
  await install(folder, manifest(folder, combination));
  for (const part of ["main.ts", "cdktf.json", "lib", "modules", "lambda", "tools"]) {
    fs.cpSync(path.join(project, part), path.join(folder, part), { recursive: true });
  }
  fs.mkdirSync(path.join(folder, "app"));
  const source = fs.readFileSync(path.join(__dirname, "app.ts"), "utf8").replaceAll('"../../', '"../');
  fs.writeFileSync(path.join(folder, "app", "index.ts"), source);
  const typeErrors = await compile(folder);
  const node = (program: string, outdir: string) =>
    run(process.execPath, ["tools/run.js", program], {
      cwd: folder,
      // esbuild is this project's; everything else is found in the folder before.
      env: {
        ...process.env,
        CDKTF_OUTDIR: path.join(folder, outdir),
        NODE_PATH: path.join(project, "node_modules"),
      },
    });
  await node("main.ts", "synth");
  await node("tools/publish/commands/modules.ts", "unused");
  await node("app/index.ts", "synth-app");
  const stacks = (outdir: string) => configurations(filesOf(path.join(folder, outdir, "stacks")));
  return {
    folder,
    typeErrors,
    stack: stacks("synth")["metaflow/cdk.tf.json"] ?? "",
    modules: filesOf(path.join(folder, "dist", "modules")),
    app: stacks("synth-app"),
  };
}

/** Installs packages, without running their scripts. @throws Error with npm's words */
export async function install(folder: string, packageJson: object): Promise<void> {
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(packageJson));
  const options = ["--install-links", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", ...options], { cwd: folder }).catch((error: unknown) => {
    const { stderr = "" } = error as { stderr?: string };
    throw new Error(`npm could not install ${JSON.stringify(packageJson)}:\n${stderr || String(error)}`);
  });
}

/** A folder that goes away after the test file. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "metaflow-matrix-"));
  folders.push(folder);
  return folder;
}

/** The stacks among files, without their assets. */
function configurations(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith("/cdk.tf.json")));
}

/** Files by their paths in a folder. */
export function filesOf(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/**
 * A caller's package.json, as docs/versions.md has it. A package with the name and peer dependencies of this one has npm
 * judge whether the combination is within the declared ranges.
 */
function manifest(folder: string, { packages }: Combination): object {
  const { name, version, peerDependencies } = JSON.parse(
    fs.readFileSync(path.join(project, "package.json"), "utf8"),
  ) as Record<string, unknown> & { name: string };
  const peers = path.join(folder, "peers");
  fs.mkdirSync(peers);
  fs.writeFileSync(path.join(peers, "package.json"), JSON.stringify({ name, version, peerDependencies }));
  return { private: true, dependencies: { ...packages, [name]: "file:./peers" } };
}

/** Checks the types. @returns what is wrong */
async function compile(folder: string): Promise<string> {
  const { compilerOptions } = JSON.parse(fs.readFileSync(path.join(project, "tsconfig.json"), "utf8")) as {
    compilerOptions: object;
  };
  const options = {
    ...compilerOptions,
    noEmit: true,
    typeRoots: [path.join(project, "node_modules", "@types")],
    types: ["node"],
  };
  const config = { compilerOptions: options, include: ["main.ts", "lib", "modules", "app"] };
  fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = path.join(project, "node_modules", "typescript", "bin", "tsc");
  return run(process.execPath, [tsc, "-p", "."], { cwd: folder }).then(
    () => "",
    (error: unknown) => (error as { stdout: string }).stdout || String(error),
  );
}
