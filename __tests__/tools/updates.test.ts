import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");
const { devDependencies, peerDependencies } = JSON.parse(read("package.json")) as Record<
  "devDependencies" | "peerDependencies",
  Record<string, string>
>;
const [, patterns = ""] = /cdktf:\s+patterns: \[(.*)\]/.exec(read(".github/dependabot.yml")) ?? [];
const group = [...patterns.matchAll(/"([^"]+)"/g)].map(([, pattern = ""]) => pattern);

/** What the provider's schemas decide: versions that are fixed and tested together. */
const TOGETHER = Object.keys({ ...peerDependencies, ...devDependencies }).filter((name) =>
  /^(cdktf|cdktf-cli|constructs|@cdktf\/.+)$/.test(name),
);

test.each(TOGETHER)("%s is updated together with the others of CDKTF", (name) => {
  expect(group.some((pattern) => new RegExp(`^${pattern.replace("*", ".+")}$`).test(name))).toBe(true);
});

test("nothing else is in their group", () => {
  expect(TOGETHER.length).toBeGreaterThan(4);
  expect(group).toEqual(["cdktf", "cdktf-cli", "@cdktf/*", "constructs"]);
});
