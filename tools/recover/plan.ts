import type { ChildProcess } from "node:child_process";
import { startTerraform, type RunOptions } from "../terraform/terraform";
import type { Diagnostic } from "../terraform/progress";

/** The attributes of a resource that are known. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A resource that Terraform manages, and what it would do to it. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  /** The attributes that it has; none where it does not exist. */
  readonly before: Attributes;
  /** The attributes that it would have, as far as they are known. */
  readonly after: Attributes;
  readonly importing: boolean;
  /** Terraform would replace it only because its creation was interrupted (tainted). */
  readonly tainted: boolean;
  /** The attributes that a replacement is for. */
  readonly replacedFor: readonly string[];
}

/** What Terraform would do, and what it has read. */
export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** The ids and ARNs that the state has. */
  readonly recorded: ReadonlySet<string>;
  /** What the data sources answered, by address. */
  readonly answers: ReadonlyMap<string, Attributes>;
}

interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly action_reason?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Attributes | null;
      readonly after: Attributes | null;
      readonly importing?: unknown;
      readonly replace_paths?: readonly (readonly unknown[])[];
    };
  }[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
}

interface StateModule {
  readonly resources?: readonly { readonly address: string; readonly mode: string; readonly values?: Attributes }[];
  readonly child_modules?: readonly StateModule[];
}

/** Has Terraform plan. @returns its errors where it cannot */
export async function runPlan(
  options: RunOptions,
  file: string,
  args: readonly string[],
  started: (child: ChildProcess) => void,
): Promise<Plan | readonly Diagnostic[]> {
  const run = startTerraform(["plan", "-json", `-out=${file}`, ...args], options);
  started(run.child);
  const { code, stdout, stderr } = await run.result;
  if (code !== 0) {
    const errors = diagnostics(stdout).filter(({ severity }) => severity === "error");
    return errors.length > 0 ? errors : [{ severity: "error", summary: stderr.trim() || "terraform plan failed" }];
  }
  const shown = await startTerraform(["show", "-json", file], options).result;
  if (shown.code !== 0) {
    return [{ severity: "error", summary: shown.stderr.trim() }];
  }
  return readPlan(JSON.parse(shown.stdout) as ShownPlan);
}

/** Reads the JSON form of a plan. */
export function readPlan(shown: ShownPlan): Plan {
  const state = resourcesOf(shown.prior_state?.values?.root_module);
  const managed = (shown.resource_changes ?? []).filter(({ mode }) => mode === "managed");
  const importing = new Set(managed.filter(({ change }) => change.importing).map(({ address }) => address));
  return {
    resources: managed.map(({ address, type, action_reason, change }) => ({
      address,
      type,
      actions: change.actions,
      before: change.before ?? {},
      after: change.after ?? {},
      importing: importing.has(address),
      tainted: action_reason === "replace_because_tainted",
      replacedFor: (change.replace_paths ?? []).map((path) => path.join(".")),
    })),
    recorded: new Set(
      state
        .filter(({ address, mode }) => mode === "managed" && !importing.has(address))
        .flatMap(({ values }) => [values?.id, values?.arn])
        .filter((value) => typeof value === "string"),
    ),
    answers: new Map(
      state.filter(({ mode }) => mode === "data").map(({ address, values }) => [address, values ?? {}] as const),
    ),
  };
}

function resourcesOf(module: StateModule = {}): NonNullable<StateModule["resources"]>[number][] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}

function diagnostics(output: string): Diagnostic[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const event = JSON.parse(line) as { type?: string; diagnostic?: Diagnostic };
    return event.type === "diagnostic" && event.diagnostic ? [event.diagnostic] : [];
  });
}
