import * as path from "node:path";
import { projectFile } from "../../lib/synth/project";

/** The checkout's root folder. */
export const projectRoot = path.dirname(projectFile("cdktf.json"));

/** Everything that `npm run local` and the tests set up lies in here; git ignores it. */
export const localFolder = path.join(projectRoot, ".local");

/** A file of a tool, by its path below `tools`. */
export function toolFile(name: string): string {
  return projectFile(path.join("tools", name));
}
