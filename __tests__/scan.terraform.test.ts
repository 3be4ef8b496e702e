import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { preparePython, pythonEnvironment } from "../tools/system/python";
import { stackRoot } from "./support/app-stack";
import { OIDC_PROVIDER } from "./support/cluster";

const run = promisify(execFile);
const support = join(__dirname, "support");
const configuration = join(__dirname, "..", "docs", "checkov.yaml");

interface Finding {
  readonly check_id: string;
  readonly resource: string;
}

interface Scan {
  readonly summary: { readonly passed: number; readonly failed: number };
  readonly results: { readonly failed_checks: readonly Finding[] };
}

/** The checks that are accepted to fail, with their reasons. */
const accepted = new Map(
  [...readFileSync(configuration, "utf8").matchAll(/^ {2}- (CKV\w+)(?: # (.+))?$/gm)].map(([, id = "", reason]) => [
    id,
    reason ?? "",
  ]),
);

/** What comes with the web interface, the notebook and the parameters. */
const OF_OPTIONS = /[.](ui|user_pool|notebook|parameters)_/;

describe("checkov finds in a plan of the stack with everything", () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "scan-"));
  let scan: Scan;

  beforeAll(async () => {
    // As a deployment that lasts has it: the logs of requests go to a bucket that was there before.
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
    const root = stackRoot(
      { variables: { access_log_bucket: "acme-access-logs" } },
      {
        options: {
          dashboard: true,
          eventBus: true,
          kubernetes: { oidcProviderArn: OIDC_PROVIDER },
          notebook: {},
          parameterPath: "/metaflow/prod",
          ui: { certificateArn, ownUserPool: true },
        },
      },
    );
    writeFileSync(join(folder, "plan.json"), JSON.stringify(await root.plan()));
    scan = await checkov("--output", "json");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function checkov(...options: readonly string[]): Promise<Scan> {
    const packages = { requirements: join(support, "checkov-requirements.txt"), module: "checkov", what: "checkov's" };
    const python = await preparePython({ packages });
    const code = "import sys; from checkov.main import Checkov; sys.exit(Checkov().run())";
    const all = [
      "-c",
      code,
      "--file",
      join(folder, "plan.json"),
      "--framework",
      "terraform_plan",
      "--quiet",
      "--compact",
    ];
    const env = { ...pythonEnvironment(), HOME: folder, LOG_LEVEL: "CRITICAL" };
    const { stdout } = await run(python, [...all, "--soft-fail", "--skip-download", ...options], {
      env,
      cwd: folder,
      maxBuffer: 1 << 26,
    });
    return JSON.parse(stdout) as Scan;
  }

  test("no failure but those that are accepted, and those", () => {
    expect([...new Set(scan.results.failed_checks.map((finding) => finding.check_id))].sort()).toEqual(
      [...accepted.keys()].sort(),
    );
  });

  test("at most twelve failures without the web interface, the notebook and the parameters, each with a reason", () => {
    expect(scan.results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`)).toHaveLength(
      scan.summary.failed,
    );
    const always = scan.results.failed_checks.filter(({ resource }) => !OF_OPTIONS.test(resource));
    expect(always.length).toBeLessThanOrEqual(12);
    for (const reason of accepted.values()) expect(reason).toMatch(/^[A-Z].{30,}[.]$/);
  });

  test("a scan's worth of checks that pass", () => {
    expect(scan.summary.passed).toBeGreaterThan(200);
  });
});
