import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort, localApp, npmRun, processesIn } from "./support/local-app";
import { LocalFlow } from "./support/local-flow";

/** The database's password and the API key, from the state of a stack. */
function secretsOf(stack: string): string[] {
  const state = JSON.parse(readFileSync(join(stack, "terraform.tfstate"), "utf8")) as {
    resources: { type: string; instances: { attributes: { result?: string; value?: string } }[] }[];
  };
  const of = (type: string) => state.resources.find((resource) => resource.type === type)?.instances[0]?.attributes;
  return [of("random_password")?.result, of("aws_api_gateway_api_key")?.value].filter(
    (secret): secret is string => secret !== undefined && secret.length >= 20,
  );
}

/** The states of a job of AWS Batch that has ended. */
const ENDED = /^(SUCCEEDED|FAILED)$/;

/** What a test that fails half-way leaves running is ended here. */
let takenDown: (() => Promise<unknown>) | undefined;

afterEach(async () => {
  await takenDown?.();
  takenDown = undefined;
});

test("npm run local deploys, goes on after an interruption, and npm run local:down takes all of it away", async () => {
  const [folder, port] = [localApp(), await freePort()];
  takenDown = () => npmRun(folder, "down", port).ended;

  const interrupted = npmRun(folder, "up", port);
  await interrupted.said("aws_vpc.network_this[0] created");
  interrupted.process.kill("SIGINT");
  const first = await interrupted.ended;
  // With what it has said, where it is another code.
  expect(first).toEqual({ code: 130, output: first.output });

  const up = await npmRun(folder, "up", port).ended;
  expect(up.output).toMatch(/Up on http:\/\/127\.0\.0\.1:\d+: \d+ changes?, /);
  expect(up.output).toMatch(/METAFLOW_DATASTORE_SYSROOT_S3\s+s3:\/\/metaflow-s3-123456789012-us-west-2-prod\/metaflow/);
  expect(up.output).toMatch(/METAFLOW_SERVICE_AUTH_KEY\s+\(sensitive\)/);
  expect(up.output).toContain("\n  terraform -chdir=.local/stack output -raw METAFLOW_SERVICE_AUTH_KEY\n");
  expect(up.output).not.toContain("Warning:");
  // Nothing is wider than a terminal, but an address, a value or a command, which are not broken.
  const wide = up.output
    .split("\n")
    .filter((line) => line.length > 80 && !/^(\[| {2,}\S+$| {2}(aws|terraform) )/.test(line));
  expect(wide).toEqual([]);
  expect(up.code).toBe(0);

  const secrets = secretsOf(join(folder, ".local", "stack"));
  expect(secrets).toHaveLength(2);
  const shown = first.output + up.output;
  for (const secret of secrets) expect(shown).not.toContain(secret);

  const again = await npmRun(folder, "up", port).ended;
  expect(again.output).toContain("nothing to change");

  const local = new LocalFlow(folder, port);
  const flow = await local.run();
  expect(flow).toMatch(/hello from the datastore[^]*hello from the metadata service[^]*Done!/);
  expect(statSync(local.profileFile).mode & 0o077).toBe(0);

  const page = await fetch(`http://127.0.0.1:${String(port)}/`, { headers: { accept: "text/html" } });
  expect(await page.text()).toContain("<title>Metaflow on the emulated AWS</title>");
  const told = await Promise.all(
    ["deployed", "runs", "run?flow=HelloFlow&run=1", "jobs", "requests?after=0"].map((name) => local.page(name)),
  );
  expect(JSON.parse(told[0] ?? "")).toMatchObject({ progress: { command: "apply", failed: false } });
  expect(JSON.parse(told[1] ?? "")).toEqual([expect.objectContaining({ flow: "HelloFlow", state: "succeeded" })]);
  expect(told[2]).toContain("mf.cards/HelloFlow/runs/1/");
  for (const secret of secrets) expect(told.join()).not.toContain(secret);

  const onBatch = await local.run("run", "--with", "batch");
  expect(onBatch).toMatch(/hello from the datastore[^]*hello from the metadata service[^]*Done!/);
  expect(await local.jobs()).toEqual(Array(5).fill(expect.objectContaining({ status: "SUCCEEDED" })));

  expect(await local.run("step-functions", "create")).toContain("pushed to AWS Step Functions successfully");
  const triggered = await local.run("step-functions", "trigger");
  const [, run = ""] = /run-id (sfn-[0-9a-f-]+)/.exec(triggered) ?? [];
  // Each question of the client takes a second of the processor: the execution's jobs tell when it is worth one.
  await local.until(
    async () => expect((await local.jobs()).filter(({ status }) => ENDED.test(status))).toHaveLength(10),
    240,
  );
  await local.until(async () =>
    expect(await local.run("step-functions", "list-runs")).toMatch(new RegExp(`${run} .*SUCCEEDED`)),
  );
  const logged = await local.run("logs", `${run}/end`);
  for (const part of ["datastore", "metadata service"]) expect(logged).toContain(`hello from the ${part}`);

  expect(await local.ask("/flows", {})).toEqual([403, { message: "Forbidden" }]);
  expect(await local.ask("/flows", { "x-api-key": "another" })).toEqual([403, { message: "Forbidden" }]);
  expect(await local.ask("/flows")).toEqual([200, [expect.objectContaining({ flow_id: "HelloFlow" })]]);

  // The task reads the database's password when it starts: with another one it cannot, and whoever asks it gets no answer.
  await local.changePassword("another-password");
  local.killTask();
  await local.until(async () =>
    expect((await local.tasks())[0]?.stoppedReason).toBe("Essential container in task exited"),
  );
  await local.until(async () => {
    expect(local.log()).toContain('password authentication failed for user "metaflow"');
    expect((await local.tasks())[0]?.status).toBe("STOPPED");
  });
  expect(await local.ask("/ping")).toEqual([500, { message: "Internal server error" }]);
  await local.changePassword(secrets[0] ?? "");
  await local.until(async () => expect(await local.ask("/flows/HelloFlow")).toEqual([200, expect.anything()]));

  await local.deleteListener(80);
  expect(await local.ask("/ping")).toEqual([500, { message: "Internal server error" }]);
  expect(local.log()).toContain("does not listen on port 80");
  const mended = await npmRun(folder, "up", port).ended;
  expect(mended.output).toContain("aws_lb_listener.metadata_service_this created");
  expect(await local.run()).toContain("Done!");

  const down = await npmRun(folder, "down", port).ended;
  expect(down.output).toMatch(/Down, \d/);
  expect(down.code).toBe(0);
  expect(existsSync(local.profileFile)).toBe(false);
  expect(processesIn(folder)).toEqual([]);
  expect((await npmRun(folder, "down", port).ended).output).toContain("Nothing is up.");
});

test("npm run local says so where another program has its port, before anything starts", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const folder = localApp();
  const { code, output } = await npmRun(folder, "up", port).ended;
  server.close();
  expect(code).toBe(1);
  expect(output).toContain(String(port));
  expect(output).toContain("METAFLOW_LOCAL_PORT");
  expect(readdirSync(join(folder, ".local"))).not.toContain("stack");
});
