import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { preparePython } from "../../tools/system/python";
import { EMULATED_ACCOUNT } from "../../tools/terraform/environment";
import { project } from "./app-folder";
import { askAws } from "./emulated-aws";
import { processesIn } from "./local-app";
import { pythonPackages } from "./python-packages";

const run = promisify(execFile);
const PATIENCE_SECONDS = 30;

/** What `npm run local` has deployed, as a data scientist uses it and as somebody breaks it. */
export class LocalFlow {
  public readonly profileFile: string;
  private readonly endpoint: string;

  public constructor(
    private readonly folder: string,
    port: number,
  ) {
    this.endpoint = `http://127.0.0.1:${String(port)}`;
    this.profileFile = join(folder, ".local", "metaflow", "config_local.json");
  }

  /**
   * Runs the example with Metaflow's client, in an environment that has nothing but what `npm run local` says.
   *
   * @param command - its arguments, by default `run`
   */
  public async run(...command: readonly string[]): Promise<string> {
    const python = await preparePython();
    const env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      USERNAME: "tester",
      PYTHONPATH: await pythonPackages("metaflow-client", python),
      METAFLOW_HOME: join(this.folder, ".local", "metaflow"),
      METAFLOW_PROFILE: "local",
    };
    const flow = join(project, "examples", "flows", "hello.py");
    if (command.length === 0) {
      const { stdout, stderr } = await run(python, [flow, "run"], { env, cwd: this.folder });
      return stdout + stderr;
    }
    // What the user's shell has of another AWS gives way.
    const foreign = {
      AWS_PROFILE: "foreign",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "foreign",
      AWS_ENDPOINT_URL_BATCH: "http://127.0.0.1:9",
    };
    const script = `. .local/metaflow/aws.sh && exec "$0" "$@"`;
    const { stdout, stderr } = await run("sh", ["-c", script, python, flow, ...command], {
      env: { ...env, ...foreign },
      cwd: this.folder,
    });
    return stdout + stderr;
  }

  /** Asks the metadata service through the deployed API. @param headers - by default with the profile's key */
  public async ask(path: string, headers?: Record<string, string>): Promise<[number, unknown]> {
    const profile = this.profile();
    const key = { "x-api-key": String(profile.METAFLOW_SERVICE_AUTH_KEY) };
    const response = await fetch(`${String(profile.METAFLOW_SERVICE_URL)}${path}`, { headers: headers ?? key });
    return [response.status, await response.json()];
  }

  public async tasks(): Promise<{ status: string; stoppedReason: string | null }[]> {
    return (await fetch(`${this.endpoint}/_emulator/tasks`)).json() as ReturnType<LocalFlow["tasks"]>;
  }

  /** The jobs of AWS Batch, those that have ended as well. */
  public async jobs(): Promise<{ jobName: string; status: string; statusReason?: string }[]> {
    return (await fetch(`${this.endpoint}/_emulator/jobs`)).json() as ReturnType<LocalFlow["jobs"]>;
  }

  public async changePassword(password: string): Promise<void> {
    const described = await this.rds({ Action: "DescribeDBInstances" });
    const name = /<DBInstanceIdentifier>([^<]+)</.exec(described)?.[1] ?? "";
    const change = { DBInstanceIdentifier: name, MasterUserPassword: password, ApplyImmediately: "true" };
    await this.rds({ Action: "ModifyDBInstance", ...change });
  }

  public async deleteListener(port: number): Promise<void> {
    const balancers = await this.elb({ Action: "DescribeLoadBalancers" });
    const balancer = /<LoadBalancerArn>([^<]+)</.exec(balancers)?.[1] ?? "";
    const listeners = await this.elb({ Action: "DescribeListeners", LoadBalancerArn: balancer });
    const found = listeners.split("<member>").find((one) => one.includes(`<Port>${String(port)}<`)) ?? "";
    await this.elb({ Action: "DeleteListener", ListenerArn: /<ListenerArn>([^<]+)</.exec(found)?.[1] ?? "" });
  }

  /** Ends the process that stands for the task. */
  public killTask(): void {
    const pids = processesIn(this.folder).filter((pid) =>
      readFileSync(join("/proc", pid, "cmdline"), "utf8").includes("metadata_service.py"),
    );
    pids.forEach((pid) => process.kill(Number(pid), "SIGKILL"));
  }

  /** The emulated AWS's own log. */
  public log(): string {
    return readFileSync(join(this.folder, ".local", "emulator.log"), "utf8");
  }

  /** Waits until an expectation holds. */
  public async until(expectation: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      try {
        await expectation();
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(200);
      }
    }
  }

  private profile(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.profileFile, "utf8")) as Record<string, unknown>;
  }

  private rds(fields: Record<string, string>): Promise<string> {
    return this.form("rds", "2014-10-31", fields);
  }

  private elb(fields: Record<string, string>): Promise<string> {
    return this.form("elasticloadbalancing", "2015-12-01", fields);
  }

  private async form(service: string, version: string, fields: Record<string, string>): Promise<string> {
    const { status, body } = await askAws({
      service,
      account: EMULATED_ACCOUNT,
      endpoint: this.endpoint,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ Version: version, ...fields }).toString(),
    });
    if (status !== 200) throw new Error(`${service} answered ${String(status)}: ${body}`);
    return body;
  }
}
