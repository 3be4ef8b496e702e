import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { projectFile } from "../../lib/synth/project";
import { median, medianCosts, type Cost } from "./measure";
import { planCosts, type PlanCost, type PlanCosts } from "./plan";
import { templateApp } from "./template-app";

const ROUNDS = 7;
const SLOW_ROUNDS = 2;
const PLAN_ROUNDS = 9;

async function main(): Promise<void> {
  const reference = referenceFolder(process.argv.slice(2));
  const project = join(projectFile("package.json"), "..");
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  process.env.CDKTF_OUTDIR = join(scratch, "cdktf.out");
  const program = (name: string, ...args: string[]) => ({ name, cwd: project, args: ["tools/run.js", ...args] });
  const template = templateApp(project);
  try {
    const plans = reference === undefined ? undefined : await planCosts(reference, PLAN_ROUNDS);
    const quick = await medianCosts(
      [
        { name: FLOOR, cwd: project, args: ["-e", 'require("cdktf")'] },
        program("the app", "main.ts"),
        program("the published modules", "tools/bench/modules.ts", join(scratch, "modules")),
        program(RELEASE, "tools/bench/release.ts", join(scratch, "release")),
        program(EVERYTHING, "tools/bench/everything.ts", join(scratch, "everything")),
        program("1 environment", "tools/bench/environments.ts", "1"),
        program("100 environments", "tools/bench/environments.ts", "100"),
      ],
      ROUNDS,
    );
    const slow = await medianCosts(
      [{ name: TEMPLATE, cwd: template.folder, args: ["node_modules/ts-node/dist/bin.js", "main.ts"] }],
      SLOW_ROUNDS,
    );
    report(new Map([...quick, ...slow]));
    reportPlans(plans);
  } finally {
    template.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const FLOOR = "node -e 'require(\"cdktf\")', the floor";
const EVERYTHING = "everything: the app and the published modules";
const RELEASE = "the repository of a release";
const TEMPLATE = "the app the default template's way";

function report(costs: ReadonlyMap<string, Cost>): void {
  const of = (name: string): Cost => costs.get(name) ?? { seconds: NaN, memory: NaN };
  const floor = of(FLOOR);
  for (const [name, { seconds, memory }] of costs) {
    print(`${name.padEnd(48)} ${seconds.toFixed(2).padStart(6)} s ${memory.toFixed(0).padStart(6)} MiB`);
  }
  const ratio = (a: number, b: number) => (a / b).toFixed(1);
  const beyond = (name: string) => of(name).seconds - floor.seconds;
  print("");
  print(
    `everything, in floors:                  ${ratio(of(EVERYTHING).seconds, floor.seconds)} of its time, ${ratio(of(EVERYTHING).memory, floor.memory)} of its memory`,
  );
  print(`the repository of a release, in floors: ${ratio(of(RELEASE).seconds, floor.seconds)} of its time`);
  print(
    `the template's way, in ours:            ${ratio(of(TEMPLATE).seconds, of("the app").seconds)} of its time, ${ratio(of(TEMPLATE).memory, of("the app").memory)} of its memory`,
  );
  print(
    `100 environments, in one's, both beyond the floor: ${ratio(beyond("100 environments"), beyond("1 environment"))} of its time`,
  );
}

/** @param costs - absent where there is no reference to compare with */
function reportPlans(costs: PlanCosts | undefined): void {
  print("");
  if (costs === undefined) {
    print("terraform plan: left out; --reference FOLDER names a checkout of terraform-aws-metaflow to compare with");
    return;
  }
  const { ours, reference } = costs;
  const seconds = (all: readonly PlanCost[], key: "elapsed" | "processor") =>
    median(all.map((cost) => cost[key])).toFixed(2);
  const line = (name: string, all: readonly PlanCost[]) =>
    `${name.padEnd(48)} ${seconds(all, "elapsed").padStart(6)} s ${seconds(all, "processor").padStart(6)} s of processor time`;
  print(line("terraform plan of the published modules", ours));
  print(line("terraform plan of the reference's modules", reference));
  // Each round's two plans meet the same conditions: the median of the rounds' ratios, not the ratio of the medians.
  const ratio = (key: "elapsed" | "processor") =>
    median(ours.map((cost, round) => cost[key] / (reference[round]?.[key] ?? NaN))).toFixed(2);
  print(
    `our plan, in the reference's:           ${ratio("elapsed")} of its time, ${ratio("processor")} of its processor time`,
  );
}

/** The folder that `--reference` names, which npm calls from elsewhere. @throws Error for anything else */
function referenceFolder(args: readonly string[]): string | undefined {
  const [option, folder, ...others] = args;
  if (option === undefined) return undefined;
  if (option === "--reference" && folder !== undefined && others.length === 0) {
    return resolve(process.env.INIT_CWD ?? ".", folder);
  }
  throw new Error(`npm run bench takes --reference FOLDER and nothing else; received ${args.join(" ")}.`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// `npm run bench`: whole processes, their medians side by side.
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}
`);
  process.exitCode = 1;
});
