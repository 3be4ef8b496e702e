import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { project } from "./support/app-folder";
import { CALM, PackageUser } from "./support/package";
import { packedProject } from "./support/packed";

/** What a user of the constructs relies on, as the tests of the sources say it. */
const TESTS = [
  "allow-from",
  "cdktf-features",
  "datastore/inner-resources",
  "literals",
  "metadata-service/inner-resources",
  "metaflow/inner-resources",
  "providers",
  "two-instances",
  "unknown-props",
];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[];
}

test("the constructs of the packed package pass the tests of the sources", async () => {
  const user = new PackageUser();
  await user.install(await packedProject());
  const config = {
    rootDir: project,
    resolver: "<rootDir>/__tests__/support/packed-resolver.js",
    testEnvironment: "node",
    modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/.local"],
    transform: { "\\.ts$": "@swc/jest" },
    testMatch: TESTS.map((name) => `<rootDir>/__tests__/modules/${name}.test.ts`),
  };
  const jest = join(project, "node_modules", "jest", "bin", "jest.js");
  const packed = join(user.folder, "node_modules", "cdktf-metaflow");
  const options = ["--ci", "--runInBand", "--json", "--silent", "--config", JSON.stringify(config)];
  const run = promisify(execFile)(process.execPath, [jest, ...options], {
    cwd: project,
    env: { ...CALM, METAFLOW_PACKED: packed },
    maxBuffer: 1 << 28,
  });
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const { numPassedTests, testResults } = JSON.parse(stdout) as Results;
  expect(testResults.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(testResults).toHaveLength(TESTS.length);
  expect(numPassedTests).toBeGreaterThan(200);
});
