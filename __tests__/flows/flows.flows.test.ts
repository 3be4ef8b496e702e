import { join } from "node:path";
import { freePort, localApp, npmRun, processesIn } from "../support/local-app";
import { unneeded } from "../support/iam";
import { LocalFlow } from "../support/local-flow";

const [SHAPES, SLOW, SCHEDULED, LATE] = ["shapes.py", "slow.py", "scheduled.py", "late.py"].map((name) =>
  join(__dirname, name),
) as [string, string, string, string];
const EXPECTED = "the shapes: a1-a2-b1-b2 attempt 1 this step always fails";
const RUN_SECONDS = 600;
const USER = "metaflow-metaflow_user-prod";
/** The client ends an upload in parts that fails, and flows tidy up what they have stored; no flow here does either. */
const OF_UPLOADS = ["Objects s3:DeleteObject", "Objects s3:AbortMultipartUpload"];
/**
 * What AWS itself does as the role, and the emulated AWS does otherwise: it waits for a job by a rule of EventBridge, and ends a
 * distributed map with its executions and uploads half-way.
 */
const OF_STEP_FUNCTIONS = [
  "WatchMap states:StopExecution",
  "WatchMap states:DescribeExecution",
  "events:PutTargets",
  "events:DescribeRule",
  "events:PutRule",
  "List s3:ListBucket",
  "Objects s3:ListMultipartUploadParts",
  "Objects s3:AbortMultipartUpload",
];

// The folder goes away after all of this.
describe("on npm run local", () => {
  let folder: string;
  let port: number;
  let local: LocalFlow;

  beforeAll(async () => {
    [folder, port] = [localApp(), await freePort()];
    local = new LocalFlow(folder, port);
    const user = '-var=user_role_principals=["arn:aws:iam::123456789012:root"]';
    const { output } = await npmRun(folder, "up", port, user).ended;
    expect(output).toContain("Up on");
    // All of the client's calls are checked against the role of a Metaflow user.
    await local.becomeUser(USER, { METAFLOW_BATCH_EMIT_TAGS: true });
  });

  afterAll(async () => {
    const { output } = await npmRun(folder, "down", port).ended;
    expect(output).toMatch(/Down, \d/);
    expect(processesIn(folder)).toEqual([]);
  });

  /** Starts a deployed flow. @returns its run */
  async function trigger(flow: string, ...parameters: readonly string[]): Promise<string> {
    const triggered = await local.runOnAws(flow, "step-functions", "trigger", ...parameters);
    return /run-id (sfn-[0-9a-f-]+)/.exec(triggered)?.[1] ?? triggered;
  }

  /** Waits for the end of a run. */
  async function expectEnd(flow: string, run: string, status: string): Promise<void> {
    const line = async () => {
      const listed = await local.runOnAws(flow, "step-functions", "list-runs");
      return listed.split("\n").find((one) => one.startsWith(run)) ?? listed;
    };
    await local.until(async () => expect(await line()).not.toContain("RUNNING"), RUN_SECONDS);
    expect(await line()).toContain(status);
  }

  /** Waits until a job of a flow runs. @returns the job */
  async function runningJob(flow: string): Promise<{ jobId: string }> {
    const running = async () =>
      (await local.jobs()).filter(({ jobName, status }) => status === "RUNNING" && jobName.includes(flow));
    await local.until(async () => expect(await running()).toHaveLength(1), 60);
    return (await running())[0] as { jobId: string };
  }

  const ended = async (jobId: string) => (await local.jobs()).find((job) => job.jobId === jobId)?.status;
  const jobProcesses = () => processesIn(join(folder, ".local", "jobs"));

  test("branches, a foreach in a foreach, @retry and @catch on AWS Batch", async () => {
    expect(await local.runOnAws(SHAPES, "run", "--with", "batch")).toContain(`${EXPECTED} none`);
  });

  test.each([[["--log-execution-history"]], [["--use-distributed-map"]]])(
    "the same on AWS Step Functions %j",
    async (options) => {
      await local.runOnAws(SHAPES, "step-functions", "create", ...options);
      const run = await trigger(SHAPES, "--word", "hello");
      await expectEnd(SHAPES, run, "SUCCEEDED");
      expect(await local.runOnAws(SHAPES, "logs", `${run}/end`)).toContain(`${EXPECTED} hello`);
      const isLogged = options.includes("--log-execution-history");
      const logged = await local.executionLog("/aws/vendedlogs/states/metaflow-executions-prod");
      expect(logged.includes(`:${run.replace("sfn-", "")}`) && logged.includes("ExecutionSucceeded")).toBe(isLogged);
    },
  );

  test("a schedule starts a run", async () => {
    await local.runOnAws(SCHEDULED, "step-functions", "create");
    const started = await local.fire("metaflow-prod_ScheduledFlow");
    expect(started).toMatch(/^arn:aws:states:/);
    await expectEnd(SCHEDULED, `sfn-${started.split(":").at(-1) ?? ""}`, "SUCCEEDED");
    await local.withGrants(
      "metaflow-eventbridge_role-prod",
      (action) => action !== "states:StartExecution",
      async () => {
        expect(await local.fire("metaflow-prod_ScheduledFlow")).toContain(
          "is not authorized to perform: states:StartExecution",
        );
      },
    );
  });

  test("a flow that is deleted is gone, with its schedule", async () => {
    const deleted = await local.runOnAws(SCHEDULED, "step-functions", "delete");
    expect(deleted).toContain("Deleting Amazon EventBridge rule metaflow-prod_ScheduledFlow as well");
    expect(await local.fire("metaflow-prod_ScheduledFlow")).not.toMatch(/^arn:aws:states:/);
    await expect(trigger(SCHEDULED)).rejects.toThrow("doesn't exist on AWS Step Functions");
  });

  test("batch list, batch kill and an interruption end jobs", async () => {
    const killed = await local.startOnAws(SLOW, "run", "--with", "batch");
    const { jobId } = await runningJob("SlowFlow");
    expect(await local.runOnAws(SLOW, "batch", "list")).toContain(`[${jobId}] (RUNNING)`);
    expect(await local.runOnAws(SLOW, "batch", "kill")).toContain(`[${jobId}] (RUNNING)`);
    expect(await killed.ended).toContain("Metaflow initiated job termination.");
    expect(killed.child.exitCode).toBe(1);

    const interrupted = await local.startOnAws(SLOW, "run", "--with", "batch");
    const second = await runningJob("SlowFlow");
    process.kill(-(interrupted.child.pid ?? 0), "SIGINT");
    expect(await interrupted.ended).toContain("Aborted!");
    await local.until(async () => expect(await ended(second.jobId)).toBe("FAILED"));
    expect(await local.runOnAws(SLOW, "batch", "list")).toContain("No running AWS Batch jobs found.");
    expect(jobProcesses()).toEqual([]);
  });

  test("step-functions terminate ends an execution's jobs", async () => {
    await local.runOnAws(SLOW, "step-functions", "create");
    const run = await trigger(SLOW);
    const { jobId } = await runningJob("SlowFlow");
    await local.runOnAws(SLOW, "step-functions", "terminate", run);
    await expectEnd(SLOW, run, "ABORTED");
    await local.until(async () => expect(await ended(jobId)).toBe("FAILED"));
    expect(jobProcesses()).toEqual([]);
  });

  test("a step that takes too long ends", async () => {
    await expect(local.runOnAws(LATE, "run", "--with", "batch")).rejects.toThrow(
      /Job attempt duration exceeded timeout|timed out after/,
    );
  });

  test("a job may do what its role may", async () => {
    await local.withGrants(
      "metaflow-batch-job-prod",
      (action) => action !== "s3:PutObject",
      async () => {
        await expect(local.run("run", "--with", "batch")).rejects.toThrow(/Task failed|Essential container/);
        expect(local.log()).toMatch(/denied .*metaflow-batch-job-prod\/\w+ is not authorized to perform: s3:PutObject/);
        const [job] = (await local.jobs()).slice(-1);
        expect(await local.jobLog(job?.logStreamName ?? "")).toContain("AccessDenied");
      },
    );
  });

  test.each(["batch:SubmitJob", "dynamodb:GetItem"])("an execution fails where its role lacks %s", async (lacking) => {
    await local.run("step-functions", "create");
    await local.withGrants(
      "metaflow-step_functions_role-prod",
      (action) => action !== lacking,
      async () => {
        await expectEnd(
          join(__dirname, "../../examples/flows/hello.py"),
          await trigger(join(__dirname, "../../examples/flows/hello.py")),
          "FAILED",
        );
        expect(local.log()).toContain(`is not authorized to perform: ${lacking}`);
      },
    );
  });

  // What the client has called in all of the above, noted by the emulated AWS, is all that the roles grant.
  test.each<[role: string, granted: readonly string[]]>([
    [USER, OF_UPLOADS],
    ["metaflow-batch-job-prod", OF_UPLOADS],
    ["metaflow-step_functions_role-prod", OF_STEP_FUNCTIONS],
    ["metaflow-eventbridge_role-prod", []],
  ])("%s grants what flows have needed, and %j", async (name, granted) => {
    const asked = (await local.asked()).filter(({ role, allowed }) => role === name && allowed > 0);
    const { policies } = await local.role(name);
    const calls = asked.map(({ action, resources }) => ({ action, resource: resources }));
    expect(unneeded(Object.values(policies), calls).sort()).toEqual([...granted].sort());
  });

  test("the client asked for nothing that the role of a user does not grant", async () => {
    const denied = (await local.asked()).filter(({ role, denied: times }) => role === USER && times > 0);
    expect(denied).toEqual([]);
  });
});
