import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, localApp, npmRun, processesIn, type Run } from "./local-app";

/** Where `npm run local` is, as far as it can be seen from outside. */
type Phase = (run: Run, folder: string) => Promise<unknown>;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

/** What is deployed beside what cdktf.json says, once nothing stops it. */
const PARTS = ["--ui", "--notebook"];

const record = (folder: string) => join(folder, ".local", "local.json");

/** In the order in which a run comes through them. */
const PHASES: readonly (readonly [string, Phase])[] = [
  ["it begins", () => sleep(50)],
  ["it synthesizes", (_, folder) => until(() => existsSync(join(folder, ".local", "local.lock")))],
  ["it starts the emulated AWS", (_, folder) => until(() => existsSync(join(folder, ".local", "emulator.log")))],
  ["the emulated AWS is there", (_, folder) => until(() => existsSync(record(folder)))],
  ["Terraform is initialized", (_, folder) => until(() => existsSync(join(folder, ".local", "stack", "cdk.tf.json")))],
  ["Terraform plans", (_, folder) => until(() => /"running"/.test(readFileSync(record(folder), "utf8")))],
  ["resources are created", (run) => run.said("aws_vpc.network_this[0] created")],
  ["the database is created", (run) => run.said("creating aws_db_instance.datastore_this[0]")],
];

/** Tests that a signal stops `npm run local` wherever it is, that a later run comes to its end, and that nothing stays behind. */
export function describeStopped(signal: "SIGINT" | "SIGKILL", isStopped: (code: number | null) => boolean): void {
  describe(`npm run local, stopped by ${signal},`, () => {
    const folder = localApp();
    let port: number;

    beforeAll(async () => {
      port = await freePort();
    });

    afterAll(async () => {
      await npmRun(folder, "down", port).ended;
    });

    test.each(PHASES)("when %s, ends", async (_, phase) => {
      const run = npmRun(folder, "up", port);
      await Promise.race([phase(run, folder), run.ended]);
      run.process.kill(signal);
      const { code, output } = await run.ended;
      expect([output, isStopped(code)]).toEqual([output, true]);
    });

    test("comes to its end when it is left alone, with all that can be deployed there", async () => {
      const { code, output } = await npmRun(folder, "up", port, ...PARTS).ended;
      expect(output).toMatch(/Up on http:\/\/127\.0\.0\.1:\d+: /);
      expect(code).toBe(0);
      expect((await npmRun(folder, "up", port, ...PARTS).ended).output).toContain("nothing to change");
    });

    test("leaves no process behind after npm run local:down", async () => {
      const { code, output } = await npmRun(folder, "down", port).ended;
      expect([code, output]).toEqual([0, expect.stringMatching(/Down, \d/)]);
      expect(processesIn(folder)).toEqual([]);
      expect(existsSync(record(folder))).toBe(false);
    });
  });
}
