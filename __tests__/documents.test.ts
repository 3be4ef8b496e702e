import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { releaseFiles } from "../tools/publish/release";
import { project } from "./support/app-folder";
import { anchors, links } from "./support/markdown";

const text = (path: string) => readFileSync(join(project, path), "utf8");

/** The files of the project's folders with documents, by their paths in the project. */
const files = [
  ...readdirSync(project).filter((name) => name.endsWith(".md")),
  ...["docs", "examples", "modules"].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).map((path) => posix.join(folder, path)),
  ),
].filter((path) => !/\/(\.terraform|node_modules|cdktf\.out)\//.test(path) && statSync(join(project, path)).isFile());

/** Those with links of the project: a release has MODULE.md at its root, and docs/api is a generator's. */
const documents = files.filter((path) => /\.md$/.test(path) && !/MODULE\.md$|^docs\/api\//.test(path));

/** The links of a page that lead to no file, or to no heading of one. */
function deadLinks(page: string, content: string, read: (path: string) => string | undefined): string[] {
  return links(content)
    .filter(({ target, anchor }) => {
      const found = target === "" ? content : read(posix.join(posix.dirname(page), target));
      return found === undefined || (anchor !== undefined && !anchors(found).includes(anchor));
    })
    .map((link) => link.text);
}

describe("each link leads to a file, and to a heading in it", () => {
  /** A folder has no headings to lead to. */
  const read = (path: string) => {
    if (!existsSync(join(project, path))) return undefined;
    return statSync(join(project, path)).isDirectory() ? "" : text(path);
  };

  test.each(documents)("of %s", (path) => {
    expect(deadLinks(path, text(path), read)).toEqual([]);
  });

  const released = releaseFiles();
  const inRelease = (path: string) => {
    const file = released.get(posix.normalize(path));
    if (file !== undefined) return String(file);
    return [...released.keys()].some((each) => each.startsWith(`${path}/`)) ? "" : undefined;
  };

  test.each([...released.keys()].filter((path) => path.endsWith(".md")))("of %s of a release", (path) => {
    expect(deadLinks(path, String(released.get(path)), inRelease)).toEqual([]);
  });

  test.each([
    ["a file", "[x](docs/none.md)"],
    ["a heading", "[x](README.md#none)"],
    ["a heading of its own", "[x](#none)"],
    ["a line of code", "[x](#code)\n\n```sh\n# code\n```\n"],
  ])("and %s that is missing is found", (_, page) => {
    expect(deadLinks("README.md", page, read)).toHaveLength(1);
  });
});

test("docs/README.md links to each document of its folder", () => {
  const linked = links(text("docs/README.md")).map(({ target }) => posix.join("docs", target));
  const all = documents.filter((path) => /^docs\/[^/]+\.md$/.test(path) && path !== "docs/README.md");
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter((path) => !linked.includes(path))).toEqual([]);
});

describe("the README", () => {
  const readme = text("README.md");

  test("fits on a page", () => {
    expect(readme.split("\n").length).toBeLessThan(230);
  });

  test.each(["npm ci && npm run local", "npm ci && npm test"])("has the command %s by itself", (command) => {
    expect(readme).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`);
  });

  test("says what a construct's user needs", () => {
    const section = readme.split("### Use the constructs in your own CDKTF app\n\n")[1]?.split("\n### ")[0] ?? "";
    expect(section).toMatch(/^```ts\n/);
    expect(section.match(/new \w+\(stack, "metaflow"\)/g)).toEqual(['new Metaflow(stack, "metaflow")']);
    const { typescript } =
      (JSON.parse(text("package.json")) as Record<string, Record<string, string>>).devDependencies ?? {};
    expect(section).toContain(`typescript@${typescript?.replace(/\.\d+$/, "") ?? ""} `);
  });
});

// The modules have the reference's defaults, and AWS refuses these: an example that leaves one of them out cannot be applied.
describe("each example gives what the defaults would make AWS refuse", () => {
  const NEEDED: Readonly<Record<string, readonly string[]>> = {
    datastore: ["dbEngineVersion", "dbInstanceType"],
    metadataservice: ["dbMigrateLambdaRuntime"],
    root: ["dbEngineVersion", "dbInstanceType", "dbMigrateLambdaRuntime"],
  };
  const REFUSED = /"(11(\.\d+)?|db\.t2\.\w+|python3\.[78])"/;

  /** A call of a module or a construct, with its name and its arguments in lower case and without separators. */
  const calls = files
    .filter((path) => /\.(md|tf|ts)$/.test(path) && !/^docs\/api\/|^modules\/.*\.ts$/.test(path))
    .flatMap((path) => {
      const code = text(path);
      const blocks = [
        ...code.matchAll(/^ *source\s+= ".*modules\/([\w-]+)(?:\?.*)?"\n[^]*?^\}/gm),
        ...code.matchAll(/^.*new (Datastore|MetadataService|Root)(?:Module)?\([^]*?^\s*\}\);/gm),
      ];
      return blocks.map(([call, name = ""]) => ({ path, name: name.replace("-", "").toLowerCase(), call }));
    })
    // A database that is there has neither a version nor a class to be given.
    .filter(({ name, call }) => name in NEEDED && !/# …|existingDatabase/.test(call));

  test("there are many of them", () => {
    expect(calls.length).toBeGreaterThan(10);
    expect([...new Set(calls.map(({ name }) => name))].sort()).toEqual(Object.keys(NEEDED).sort());
  });

  test.each(calls)("$path: $name", ({ name, call }) => {
    const given = call.replaceAll("_", "").toLowerCase();
    expect((NEEDED[name] ?? []).filter((input) => !given.includes(input.toLowerCase()))).toEqual([]);
    expect(call).not.toMatch(REFUSED);
  });
});
