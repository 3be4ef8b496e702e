/** What the emulated AWS tells of itself at `/_emulator/page/…` (tools/emulator/python/page.py). Times are in milliseconds. */

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly name: string | null;
  readonly arn: string | null;
  /** Where it can be reached. */
  readonly reached: string | null;
  readonly tainted: boolean;
}

export interface Output {
  readonly name: string;
  readonly sensitive: boolean;
  /** Absent where it is sensitive. */
  readonly value?: string;
}

export interface Operation {
  readonly address: string;
  readonly action: string;
}

/** How far a run of Terraform is. */
export interface Progress {
  readonly command: "apply" | "destroy";
  readonly began: number;
  /** Number of operations, once the plan is known. */
  readonly total?: number;
  readonly expected: readonly Operation[];
  readonly running: readonly (Operation & { readonly began: number })[];
  readonly done: readonly (Operation & { readonly seconds: number })[];
  readonly failures: readonly Operation[];
  readonly errors: readonly string[];
  readonly ended?: number;
  readonly failed?: boolean;
}

export interface LogPlace {
  readonly group: string;
  /** Absent for all streams of the group. */
  readonly stream?: string;
}

export interface ServiceTask {
  readonly service: string;
  readonly status: string;
  readonly stoppedReason: string | null;
  readonly logs: readonly LogPlace[];
}

export interface Deployed {
  readonly resources: readonly StateResource[];
  readonly outputs: readonly Output[];
  readonly progress: Progress | null;
  readonly tasks: readonly ServiceTask[];
}

export interface Run {
  readonly flow: string;
  readonly run: string;
  readonly user: string | null;
  readonly began: number;
  readonly ended: number | null;
  readonly tasks: number;
  readonly state: string;
}

export interface Card {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

export interface Task {
  readonly id: string;
  readonly began: number;
  readonly ended: number | null;
  readonly attempts: number;
  readonly state: string;
  /** That of AWS Batch. */
  readonly job: string | null;
  readonly cards: readonly Card[];
}

export interface RunDetail extends Run {
  readonly steps: readonly { readonly name: string; readonly tasks: readonly Task[] }[];
}

export interface Job {
  readonly jobId: string;
  readonly jobName: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly attempts: number;
  readonly queue: string;
  readonly container?: { readonly exitCode?: number; readonly reason?: string };
  readonly log: LogPlace | null;
}

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly status: string;
  readonly began: number;
  readonly ended: number | null;
  readonly error: string | null;
  readonly cause: string | null;
}

export interface ExecutionEvent {
  readonly id: number;
  readonly time: number;
  readonly type: string;
  readonly name?: string;
  /** That the state has submitted to AWS Batch. */
  readonly job?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface ExecutionDetail extends Execution {
  readonly events: readonly ExecutionEvent[];
}

export interface Log {
  /** Number of earlier lines that are not shown. */
  readonly left: number;
  readonly lines: readonly { readonly time: number; readonly message: string }[];
}

export interface Request {
  readonly number: number;
  readonly time: number;
  readonly status: number;
  readonly milliseconds: number;
  /** `service:Action` */
  readonly what: string;
  /** A role and the name of its session, or an account. */
  readonly who: string;
  /** Why it was denied, if it was. */
  readonly denied?: string;
}

export interface Requests {
  readonly number: number;
  readonly denied: number;
  readonly requests: readonly Request[];
}

const HERE = "/_emulator/page/";

/** An address of the emulated AWS's page. */
export function address(page: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString();
  return HERE + page + (text === "" ? "" : `?${text}`);
}

/** @throws where the emulated AWS does not answer, or has no such thing */
export async function ask<T>(page: string): Promise<T> {
  const response = await fetch(page);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

/** The value of a sensitive output. */
export async function reveal(output: string): Promise<string> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ output }) };
  const response = await fetch(address("reveal"), init);
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { value: string }).value;
}
