import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./app-folder";

/** The TypeScript in a Markdown file of the project, block by block. */
export function snippets(path: string): string[] {
  const text = readFileSync(join(project, path), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

/** The one app that a Markdown file of the project shows. */
export function appIn(path: string): string {
  const [app, ...others] = snippets(path).filter((code) => code.includes("new App()"));
  if (app === undefined || others.length > 0) throw new Error(`${path} shows no app, or several.`);
  return app;
}
