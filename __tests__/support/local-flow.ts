import { execFile, spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { preparePython } from "../../tools/system/python";
import { EMULATED_ACCOUNT } from "../../tools/terraform/environment";
import { project } from "./app-folder";
import { askAws } from "./emulated-aws";
import { DeployedRole } from "./iam-role";
import { processesIn } from "./local-app";
import { pythonPackages } from "./python-packages";

const run = promisify(execFile);
const PATIENCE_SECONDS = 30;

/** What calls have needed of a role for an action. */
export interface AskedPermission {
  readonly role: string;
  /** `service:Action` */
  readonly action: string;
  /** How often. */
  readonly allowed: number;
  readonly denied: number;
  /** The last 200 ARNs, or `*`. */
  readonly resources: readonly string[];
}

/** What `npm run local` has deployed, as a data scientist uses it and as somebody breaks it. */
export class LocalFlow {
  public readonly profileFile: string;
  private readonly endpoint: string;
  /** Those of a role's session, as a shell and as Metaflow's client of S3 take them. */
  private credentials: { readonly shell: string; readonly profile: string } = { shell: "", profile: "local" };

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
    const flow = join(project, "examples", "flows", "hello.py");
    if (command.length > 0) return this.runOnAws(flow, ...command);
    const python = await preparePython();
    const env = await this.environment(python);
    const { stdout, stderr } = await run(python, [flow, "run"], { env, cwd: this.folder });
    return stdout + stderr;
  }

  /** Runs a flow in a shell that has read the settings for AWS, in which those that it had of another AWS give way. */
  public async runOnAws(flow: string, ...command: readonly string[]): Promise<string> {
    const { child, ended } = await this.startOnAws(flow, ...command);
    const output = await ended;
    if (child.exitCode !== 0) throw new Error(output);
    return output;
  }

  /** The same, as a process group to end half-way. */
  public async startOnAws(
    flow: string,
    ...command: readonly string[]
  ): Promise<{ child: ChildProcess; ended: Promise<string> }> {
    const python = await preparePython();
    const foreign = {
      AWS_PROFILE: "foreign",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "foreign",
      AWS_ENDPOINT_URL_BATCH: "http://127.0.0.1:9",
    };
    const { shell, profile } = this.credentials;
    const script = `. .local/metaflow/aws.sh && ${shell}exec "$0" "$@"`;
    const env = { ...(await this.environment(python)), ...foreign, METAFLOW_PROFILE: profile };
    const child = spawn("sh", ["-c", script, python, flow, ...command], { env, cwd: this.folder, detached: true });
    let output = "";
    [child.stdout, child.stderr].forEach((stream) => stream.on("data", (data) => (output += String(data))));
    const ended = new Promise<string>((resolve) => {
      child.on("close", () => {
        resolve(output);
      });
    });
    return { child, ended };
  }

  /**
   * From now on, the client that {@link runOnAws} starts is somebody who has assumed a role: every call of AWS is checked against the
   * role's policies.
   *
   * @param settings - what the user's own profile has beside
   */
  public async becomeUser(role: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const arn = `arn:aws:iam::${EMULATED_ACCOUNT}:role/${role}`;
    const body = await this.form("sts", "2011-06-15", { Action: "AssumeRole", RoleArn: arn, RoleSessionName: "ada" });
    const [key = "", secret = "", token = ""] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(
      (name) => new RegExp(`<${name}>([^<]+)<`).exec(body)?.[1],
    );
    const client = { aws_access_key_id: key, aws_secret_access_key: secret, aws_session_token: token };
    const profile = this.profile();
    const { METAFLOW_DATATOOLS_CLIENT_PARAMS: parameters } = profile as Record<string, object>;
    writeFileSync(
      this.profileFile.replace("config_local", "config_user"),
      JSON.stringify({ ...profile, ...settings, METAFLOW_DATATOOLS_CLIENT_PARAMS: { ...parameters, ...client } }),
    );
    const shell = Object.entries(client).map(([name, value]) => `export ${name.toUpperCase()}='${value}' && `);
    this.credentials = { shell: shell.join(""), profile: "user" };
  }

  /** What was asked of the roles so far. */
  public async asked(): Promise<AskedPermission[]> {
    return (await fetch(`${this.endpoint}/_emulator/permissions`)).json() as Promise<AskedPermission[]>;
  }

  public role(name: string): Promise<DeployedRole> {
    return DeployedRole.read(EMULATED_ACCOUNT, name, [], this.endpoint);
  }

  /** Asks the metadata service through the deployed API. @param headers - by default with the profile's key */
  public async ask(path: string, headers?: Record<string, string>): Promise<[number, unknown]> {
    const profile = this.profile();
    const key = { "x-api-key": String(profile.METAFLOW_SERVICE_AUTH_KEY) };
    const response = await fetch(`${String(profile.METAFLOW_SERVICE_URL)}${path}`, { headers: headers ?? key });
    return [response.status, await response.json()];
  }

  /** What the emulated AWS's page shows in one of its parts, as JSON. */
  public async page(name: string): Promise<string> {
    return (await fetch(`${this.endpoint}/_emulator/page/${name}`)).text();
  }

  /** The tasks of the metadata service. */
  public async tasks(): Promise<{ status: string; stoppedReason: string | null }[]> {
    return (await fetch(`${this.endpoint}/_emulator/tasks`)).json() as ReturnType<LocalFlow["tasks"]>;
  }

  /** The jobs of AWS Batch, those that have ended as well. */
  public async jobs(): Promise<{ jobId: string; jobName: string; status: string; logStreamName: string | null }[]> {
    return (await fetch(`${this.endpoint}/_emulator/jobs`)).json() as ReturnType<LocalFlow["jobs"]>;
  }

  /** What a job printed. */
  public async jobLog(stream: string): Promise<string> {
    return this.askLogs("GetLogEvents", { logGroupName: "/aws/batch/job", logStreamName: stream });
  }

  /** What executions have written to a log group. */
  public async executionLog(logGroupName: string): Promise<string> {
    return this.askLogs("FilterLogEvents", { logGroupName });
  }

  private async askLogs(operation: string, parameters: object): Promise<string> {
    const { body } = await askAws({
      service: "logs",
      account: EMULATED_ACCOUNT,
      endpoint: this.endpoint,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Logs_20140328.${operation}` },
      body: JSON.stringify(parameters),
    });
    return body;
  }

  /** Fires a rule of EventBridge. @returns what came of it */
  public async fire(rule: string): Promise<string> {
    const init = { method: "POST", body: JSON.stringify({ rule }) };
    const answer = await (await fetch(`${this.endpoint}/_emulator/schedules`, init)).json();
    return (answer as { outcome: string }[])[0]?.outcome ?? JSON.stringify(answer);
  }

  /** The statements of a role's inline policies, changed while something is done. */
  public async withGrants(role: string, change: (action: string) => boolean, act: () => Promise<void>): Promise<void> {
    const listed = await this.iam({ Action: "ListRolePolicies", RoleName: role });
    const names = [...listed.matchAll(/<member>([^<]+)</g)].map(([, name = ""]) => name);
    const before = await Promise.all(
      names.map(async (name) => {
        const found = await this.iam({ Action: "GetRolePolicy", RoleName: role, PolicyName: name });
        const [, document = ""] = /<PolicyDocument>([^<]+)</.exec(found) ?? [];
        return [name, decodeURIComponent(document)] as const;
      }),
    );
    const put = (name: string, document: string) =>
      this.iam({ Action: "PutRolePolicy", RoleName: role, PolicyName: name, PolicyDocument: document });
    for (const [name, document] of before) {
      const policy = JSON.parse(document) as { Statement: { Action: string | string[] }[] };
      const statements = policy.Statement.map((one) => ({ ...one, Action: [one.Action].flat().filter(change) }));
      const kept = statements.filter(({ Action }) => Action.length > 0);
      const nothing = { Effect: "Allow", Action: "none:None", Resource: "*" };
      await put(name, JSON.stringify({ ...policy, Statement: kept.length > 0 ? kept : [nothing] }));
    }
    try {
      await act();
    } finally {
      for (const [name, document] of before) await put(name, document);
    }
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
  public async until(expectation: () => Promise<void>, seconds = PATIENCE_SECONDS): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
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

  private async environment(python: string): Promise<NodeJS.ProcessEnv> {
    return {
      PATH: process.env.PATH,
      HOME: this.folder,
      PYTHONPATH: await pythonPackages("metaflow-client", python),
      METAFLOW_HOME: join(this.folder, ".local", "metaflow"),
      METAFLOW_PROFILE: "local",
    };
  }

  private profile(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.profileFile, "utf8")) as Record<string, unknown>;
  }

  private iam(fields: Record<string, string>): Promise<string> {
    return this.form("iam", "2010-05-08", fields);
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
