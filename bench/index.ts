import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../lib/project";
import { medianCosts, type Cost } from "./measure";
import { templateApp } from "./template-app";

const ROUNDS = 7;
const SLOW_ROUNDS = 2;

async function main(): Promise<void> {
  const project = join(projectFile("package.json"), "..");
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  process.env.CDKTF_OUTDIR = join(scratch, "cdktf.out");
  const program = (name: string, ...args: string[]) => ({ name, cwd: project, args: ["lib/run.js", ...args] });
  const template = templateApp(project);
  try {
    const quick = await medianCosts(
      [
        { name: FLOOR, cwd: project, args: ["-e", 'require("cdktf")'] },
        program("the app", "main.ts"),
        program("the published modules", "bench/modules.ts", join(scratch, "modules")),
        program(RELEASE, "bench/release.ts", join(scratch, "release")),
        program(EVERYTHING, "bench/everything.ts", join(scratch, "everything")),
        program("1 environment", "bench/environments.ts", "1"),
        program("100 environments", "bench/environments.ts", "100"),
      ],
      ROUNDS,
    );
    const slow = await medianCosts(
      [{ name: TEMPLATE, cwd: template.folder, args: ["node_modules/ts-node/dist/bin.js", "main.ts"] }],
      SLOW_ROUNDS,
    );
    report(new Map([...quick, ...slow]));
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

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// `npm run bench`: whole processes, their medians side by side.
void main();
