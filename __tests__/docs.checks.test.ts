import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { exports as exported } from "../package.json";
import { project } from "./support/app-folder";
import { anchors, links } from "./support/markdown";

const run = promisify(execFile);
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "metaflow-docs-"));
  const typedoc = join(project, "node_modules", "typedoc", "bin", "typedoc");
  await run(process.execPath, [typedoc, "--options", "docs/typedoc.json", "--out", folder], { cwd: project });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The files of a folder, by their paths in it. */
function files(root: string): Record<string, string> {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]));
}

test("docs/api is what the doc comments say (else: npm run docs)", () => {
  expect(files(join(project, "docs", "api"))).toEqual(files(folder));
});

test("docs/api has a page for each sub-path of the package, and an index of them", () => {
  const paths = Object.keys(exported).filter((path) => path !== "." && path !== "./package.json");
  const pages = paths.map((path) => `cdktf-metaflow/${path.slice(2)}.md`).sort();
  expect(pages).toContain("cdktf-metaflow/datastore.md");
  expect(Object.keys(files(folder)).sort()).toEqual(["README.md", ...pages]);
});

test("docs/api has no path of this machine, and each link in it leads somewhere", () => {
  const pages = files(folder);
  const dead = Object.entries(pages).flatMap(([path, page]) =>
    links(page)
      .filter(({ target, anchor }) => {
        const found = pages[target === "" ? path : join(path, "..", target)];
        return found === undefined || (anchor !== undefined && !anchors(found).includes(anchor));
      })
      .map(({ text }) => `${path}: ${text}`),
  );
  expect(dead).toEqual([]);
  expect(JSON.stringify(pages)).not.toContain(project);
});
