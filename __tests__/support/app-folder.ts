import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The project's own folder. */
export const project = join(__dirname, "..", "..");

const PARTS = [
  ...["main.ts", "lib", "modules", "tools", "lambda", "package.json"],
  ...["examples", "CHANGELOG.md", "LICENSE", "NOTICE"],
];

const folders: string[] = [];

afterAll(() => {
  folders.splice(0).forEach((folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
});

/** A copy of the app in a folder of its own, as far as running it needs; it goes away after the test file. */
export function appFolder(context = {}): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-app-"));
  folders.push(folder);
  for (const part of PARTS) {
    cpSync(join(project, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const settings = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")) as object;
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...settings, context }));
  return folder;
}

/** Has a copy of the project use the Python packages that are installed for the project already, if they are. */
export function linkTools(folder: string): void {
  const [ours, theirs] = [join(project, ".local"), join(folder, ".local")];
  mkdirSync(theirs);
  if (!existsSync(ours)) return;
  for (const name of readdirSync(ours).filter((each) => /^python-\w+$/.test(each))) {
    symlinkSync(join(ours, name), join(theirs, name));
  }
}
