import * as fs from "node:fs";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { toolFile } from "../system/paths";

/**
 * Writes the files of the emulated AWS's page into a folder: its document, one script and one style sheet, which load nothing else.
 * It takes some tens of milliseconds.
 */
export function bundlePage(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: { page: toolFile("emulator/page/index.tsx") },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  fs.copyFileSync(toolFile("emulator/page/page.html"), path.join(folder, "page.html"));
}
