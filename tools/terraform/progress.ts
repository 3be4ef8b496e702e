import { PROSE_COLUMNS } from "./prose";

/** An error or a warning of Terraform. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: {
    readonly context?: string | null;
    readonly code: string;
    readonly start_line: number;
    readonly values?: readonly { readonly traversal: string; readonly statement: string }[];
  };
}

/** Something that Terraform does to a resource. */
export interface Operation {
  readonly address: string;
  /** `create`, `update` or `delete`; reading a data source is none */
  readonly action: string;
}

/** Where a `terraform apply` or `destroy` stands. */
export interface Progress {
  /** When it began, in milliseconds. */
  readonly began: number;
  /** Number of operations, once the plan is known. */
  readonly total?: number;
  readonly planned: number;
  /** What the plan says of each resource that changes. */
  readonly expected: readonly Operation[];
  readonly refreshed: number;
  readonly running: readonly (Operation & { readonly began: number })[];
  readonly done: readonly (Operation & { readonly seconds: number })[];
  readonly failed: readonly Operation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What an event of Terraform's `-json` output changes, for a renderer that prints line by line. */
export interface Change {
  readonly finished?: Operation & { readonly seconds: number };
  readonly diagnostic?: Diagnostic;
}

interface TerraformEvent {
  readonly type?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
  readonly changes?: { readonly operation?: string };
  readonly hook?: {
    readonly resource?: { readonly addr?: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly diagnostic?: Diagnostic;
}

/** The start of a run. */
export function begin(now: number): Progress {
  return { began: now, planned: 0, expected: [], refreshed: 0, running: [], done: [], failed: [], diagnostics: [] };
}

/** Takes one line of the output of `terraform apply -json`. A line that is no event is Terraform's own last words: an error. */
export function advance(progress: Progress, line: string, now: number): { progress: Progress; change: Change } {
  const event = parse(line);
  if (event === undefined) {
    const diagnostic: Diagnostic = { severity: "error", summary: line };
    return { progress: { ...progress, diagnostics: [...progress.diagnostics, diagnostic] }, change: { diagnostic } };
  }
  const hook = event.hook;
  const operation: Operation = { address: hook?.resource?.addr ?? "", action: hook?.action ?? "" };
  if (operation.action === "read") {
    return { progress, change: {} };
  }
  const others = progress.running.filter((running) => running.address !== operation.address);
  switch (event.type) {
    case "refresh_complete":
      return { progress: { ...progress, refreshed: progress.refreshed + 1 }, change: {} };
    case "planned_change":
      return { progress: withPlanned(progress, event.change), change: {} };
    case "change_summary":
      return { progress: { ...progress, total: progress.total ?? progress.planned }, change: {} };
    case "apply_start":
      return { progress: { ...progress, running: [...others, { ...operation, began: now }] }, change: {} };
    case "apply_complete": {
      const finished = { ...operation, seconds: hook?.elapsed_seconds ?? 0 };
      return { progress: { ...progress, running: others, done: [...progress.done, finished] }, change: { finished } };
    }
    case "apply_errored":
      return { progress: { ...progress, running: others, failed: [...progress.failed, operation] }, change: {} };
    case "diagnostic":
      return withDiagnostic(progress, event.diagnostic);
    default:
      return { progress, change: {} };
  }
}

function withPlanned(progress: Progress, change: TerraformEvent["change"]): Progress {
  const [action = "", address = ""] = [change?.action, change?.resource?.addr];
  const count = operations(action);
  const expected = count === 0 ? progress.expected : [...progress.expected, { address, action }];
  return { ...progress, planned: progress.planned + count, expected };
}

/** A warning comes with the plan and once more with the apply: the second one says nothing. */
function withDiagnostic(
  progress: Progress,
  diagnostic: Diagnostic | undefined,
): { progress: Progress; change: Change } {
  const text = JSON.stringify(diagnostic);
  if (diagnostic === undefined || progress.diagnostics.some((known) => JSON.stringify(known) === text)) {
    return { progress, change: {} };
  }
  return { progress: { ...progress, diagnostics: [...progress.diagnostics, diagnostic] }, change: { diagnostic } };
}

function parse(line: string): TerraformEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === "object" && event !== null ? event : undefined;
  } catch {
    return undefined;
  }
}

function operations(action: string | undefined): number {
  const count: Record<string, number> = { create: 1, update: 1, delete: 1, replace: 2 };
  return count[action ?? ""] ?? 0;
}

const PAST: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "destroyed",
  read: "read",
};
const PRESENT: Readonly<Record<string, string>> = {
  create: "creating",
  update: "updating",
  delete: "destroying",
  read: "reading",
};

/** `83 s`, `2 min 5 s` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 120 ? `${String(whole)} s` : `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

/** A line for a resource that is done: `[12/46] aws_vpc.this created (2 s)`. */
export function finishedLine(progress: Progress, finished: Operation & { readonly seconds: number }): string {
  const took = finished.seconds >= 1 ? ` (${duration(finished.seconds)})` : "";
  return `${count(progress)} ${finished.address} ${PAST[finished.action] ?? finished.action}${took}`;
}

/** A line that says what takes so long. */
export function heartbeatLine(progress: Progress, now: number): string {
  const [head, running] = [status(progress, now), waiting(progress, now)];
  if (running.length === 0) return head;
  const line = `${head}: ${running.join(", ")}`;
  return line.length <= PROSE_COLUMNS ? line : [`${head}:`, ...running.map((one) => `  ${one}`)].join("\n");
}

/** Whether the provider says that an argument will go away some day. */
export function isDeprecation({ severity, summary }: Diagnostic): boolean {
  return severity === "warning" && /^Argument is deprecated/i.test(summary);
}

/** All deprecations in one sentence; undefined where there is none. */
export function deprecations({ diagnostics }: Progress): string | undefined {
  const found = diagnostics.filter(isDeprecation).map(({ address = "", detail = "" }) => {
    const [, argument = ""] = /^(\w+) is deprecated/.exec(detail) ?? [];
    return [address.replace(/\[[^\]]*\]$/, ""), argument].filter((part) => part !== "").join(".");
  });
  if (found.length === 0) return undefined;
  return `Deprecated in the AWS provider, and kept as in the Terraform modules: ${[...new Set(found)].join(", ")}.`;
}

/** The lines of the block that a terminal shows, none wider than it. */
export function block(progress: Progress, now: number, columns: number, rows = 8): string[] {
  const items = waiting(progress, now);
  const shown = items.slice(0, rows);
  const more = items.length > rows ? [`… and ${String(items.length - rows)} more`] : [];
  return [status(progress, now), ...[...shown, ...more].map((item) => `  ${item}`)].map((line) =>
    fitted(line, columns),
  );
}

/** An error as Terraform itself shows it (summary, place, the line of configuration, detail), a warning in one line. */
export function diagnosticText(diagnostic: Diagnostic): string {
  const { address, detail, range, snippet } = diagnostic;
  if (diagnostic.severity === "warning") {
    const words = [diagnostic.summary, detail?.replace(/\s+/g, " "), address].filter((word) => word);
    return `Warning: ${words.join("; ")}`;
  }
  const place =
    range === undefined
      ? []
      : [
          `  on ${range.filename} line ${String(range.start.line)}${snippet?.context ? `, in ${snippet.context}` : ""}:`,
        ];
  const code =
    snippet === undefined
      ? []
      : snippet.code.split("\n").map((text, index) => `  ${String(snippet.start_line + index)}: ${text}`);
  const where = [...(address === undefined ? [] : [`  with ${address},`]), ...place, ...code];
  return [`Error: ${diagnostic.summary}`, where.join("\n"), detail ?? ""].filter((part) => part !== "").join("\n\n");
}

function count(progress: Progress): string {
  const total = String(progress.total ?? progress.planned);
  return `[${String(progress.done.length).padStart(total.length)}/${total}]`;
}

function status(progress: Progress, now: number): string {
  const elapsed = duration((now - progress.began) / 1000);
  if (progress.total === undefined) {
    const read = progress.refreshed > 0 ? `, ${String(progress.refreshed)} refreshed` : "";
    return `planning${read}, ${elapsed}`;
  }
  return `${count(progress)} after ${elapsed}`;
}

/** What runs, the longest first. */
function waiting(progress: Progress, now: number): string[] {
  const sorted = [...progress.running].sort((a, b) => a.began - b.began);
  return sorted.map(
    ({ action, address, began }) => `${PRESENT[action] ?? action} ${address} (${duration((now - began) / 1000)})`,
  );
}

function fitted(line: string, columns: number): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
