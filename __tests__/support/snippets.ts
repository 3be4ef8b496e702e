import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./app-folder";

/** The TypeScript in a Markdown file of the project, block by block. */
export function snippets(path: string): string[] {
  const text = readFileSync(join(project, path), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

/** The README's app, which uses a construct; with the README's call of a published module in it if that is asked for. */
export function readmeApp(withCall = false): string {
  const [app, call] = ["new App()", "new DatastoreModule("].map((sign) => {
    const snippet = snippets("README.md").find((code) => code.includes(sign));
    if (snippet === undefined) throw new Error(`The README has no snippet with ${sign}.`);
    return snippet;
  }) as [string, string];
  return withCall ? app.replace("app.synth();", `${call}app.synth();`) : app;
}
