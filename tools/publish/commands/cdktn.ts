import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import type { Content } from "../../../lib/synth/project";
import { writeFiles } from "../publish";
import { successorFiles } from "../successor";

// `npm run release:cdktn`: writes the npm package for CDK Terrain, from what `npm pack` would pack of the last build.
const OUTDIR = "dist/cdktn";
const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8" });
const [packed] = JSON.parse(listing) as { readonly files: readonly { readonly path: string }[] }[];
const files = (packed?.files ?? []).map(({ path }): [string, Content] => [
  path,
  path.endsWith(".zip") ? new Uint8Array(readFileSync(path)) : readFileSync(path, "utf8"),
]);
if (!files.some(([path]) => path.startsWith("dist/package/")))
  throw new Error("Nothing is built: run npm run prepack.");
rmSync(OUTDIR, { recursive: true, force: true });
writeFiles(OUTDIR, successorFiles(new Map(files)));
