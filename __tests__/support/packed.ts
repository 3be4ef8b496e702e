import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { localFolder } from "../../tools/system/paths";
import { project } from "./app-folder";
import { npm, npmSettings, temporaryFolder } from "./package";

const run = promisify(execFile);

/** What git ignores: a clone has none of it. */
const IGNORED = ["node_modules", "dist", "cdktf.out", "coverage", ".local", ".git"];

/** The tarballs of one build. */
export interface Packages {
  readonly cdktf: string;
  /** The successor's package, as `npm run release:cdktn` makes it. */
  readonly cdktn: string;
}

/** What `npm pack` makes of the project. @returns the tarball */
export async function packedProject(): Promise<string> {
  return (await packedPackages()).cdktf;
}

/** The packages of the project as it is. They are built once for all test files: the folder has the name of what is in the project. */
export async function packedPackages(): Promise<Packages> {
  const folder = join(localFolder, "packed", hashOfProject());
  if (!existsSync(folder)) {
    const { cdktf, cdktn } = await packedAnew();
    const draft = `${folder}.${process.pid}`;
    const others = existsSync(dirname(folder)) ? readdirSync(dirname(folder)) : [];
    mkdirSync(draft, { recursive: true });
    for (const tarball of [cdktf, cdktn]) cpSync(tarball, join(draft, basename(tarball)));
    // Another test file may have been as fast.
    if (existsSync(folder)) rmSync(draft, { recursive: true });
    else renameSync(draft, folder);
    for (const other of others.filter(isOld)) rmSync(join(dirname(folder), other), { recursive: true, force: true });
  }
  const tarball = (name: string) => {
    const [found] = readdirSync(folder).filter((each) => each.startsWith(`${name}-metaflow-`));
    if (found === undefined) throw new Error(`npm pack wrote no tarball of ${name}-metaflow.`);
    return join(folder, found);
  };
  return { cdktf: tarball("cdktf"), cdktn: tarball("cdktn") };
}

/** The packages of a copy of the project, built in it. */
export async function packedAnew(): Promise<Packages> {
  const copy = join(temporaryFolder("metaflow-pack-"), "project");
  mkdirSync(copy);
  for (const name of partsOfProject()) cpSync(join(project, name), join(copy, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  const cdktf = await pack(copy);
  await run(process.execPath, ["tools/run.js", "tools/publish/commands/cdktn.ts"], { cwd: copy, env: npmSettings() });
  return { cdktf, cdktn: await pack(join(copy, "dist", "cdktn")) };
}

async function pack(folder: string): Promise<string> {
  const destination = temporaryFolder("metaflow-tarball-");
  await npm(folder, "pack", "--pack-destination", destination);
  const [tarball] = readdirSync(destination).filter((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack wrote no tarball.");
  return join(destination, tarball);
}

function partsOfProject(): string[] {
  return readdirSync(project).filter((name) => !IGNORED.includes(name));
}

/** What tells one state of the project from another: the paths and contents of its files, and the version of Node.js. */
function hashOfProject(): string {
  const hash = createHash("sha256").update(process.version);
  for (const part of partsOfProject()) {
    const path = join(project, part);
    const within = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort()
      : [""];
    for (const file of within.map((each) => join(path, each)).filter((each) => statSync(each).isFile())) {
      hash.update(`\n${file}\n`).update(readFileSync(file));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Whether tarballs are those of a state that was, and of no test file that still packs. */
function isOld(name: string): boolean {
  const { mtimeMs } = statSync(join(localFolder, "packed", name));
  return Date.now() - mtimeMs > 3_600_000;
}
