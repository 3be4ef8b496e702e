import { diagnosticText, type Diagnostic } from "../terraform/progress";
import { kindOf } from "./kinds";
import { isFindable, isBeingCreated, match, unclaimed, type Known } from "./match";
import type { Plan, PlannedResource } from "./plan";
import { isTagged, Questions, TAGGED_ADDRESS, taggedResources } from "./questions";

/** What Terraform reads beside the stack. */
export interface Addition {
  readonly import: readonly { readonly to: string; readonly id: string }[];
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the search needs of Terraform. */
export interface Planner {
  /** Plans the stack with an addition. @returns Terraform's errors where it cannot */
  plan(addition: Addition): Promise<Plan | readonly Diagnostic[]>;
  /** Removes the mark by which Terraform would replace a resource. */
  untaint(address: string): Promise<void>;
}

/** What the search came to. */
export interface Found {
  /** What exists and was not recorded: import ids by address. */
  readonly imports: ReadonlyMap<string, string>;
  /** What would have been replaced only because its creation was interrupted. */
  readonly kept: readonly string[];
  /** What exists and cannot be imported, by address, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** ARNs with this deployment's tags that are neither recorded nor in the plan. */
  readonly surplus: readonly string[];
  /** Whether the stack's resources bear a tag of this deployment; without it only names were looked for. */
  readonly isTagged: boolean;
  /** The plan with the imports. */
  readonly plan: Plan;
}

/** More plans than resources that depend on each other in a row: then the search does not come to an end. */
const MOST_PLANS = 60;

/**
 * Finds the resources that Terraform would create although they exist. Terraform itself asks AWS, with the stack's own provider and
 * its credentials: each round is a plan with import blocks for what was found and data sources for what is still to be asked. What
 * an imported resource makes known (the id of a VPC) is known to the next round.
 */
export async function search(planner: Planner): Promise<Found> {
  const found: Progress = {
    imports: new Map(),
    kept: [],
    refused: new Map(),
    refusedIds: [],
    absent: new Set(),
    questions: new Questions(),
  };
  const { imports, questions } = found;
  for (let round = 0; round < MOST_PLANS; round++) {
    const plan = await planner.plan({
      import: [...imports].map(([to, id]) => ({ to, id })),
      data: questions.data(),
    });
    if (!isPlan(plan)) {
      takeErrors(plan, found);
      continue;
    }
    questions.read(plan);
    const known: Known = { tagged: taggedResources(plan), answer: (asked) => questions.answer(asked) };
    let isNew = false;
    for (const resource of plan.resources) {
      isNew = (await advance(resource, plan, known, found, planner)) || isNew;
    }
    // Only now: before everything is found, Terraform plans to replace what depends on it.
    isNew ||= plan.resources.filter((resource) => refuseReplacement(resource, found)).length > 0;
    const { arns, asks } = unclaimed(plan, known);
    if (!isNew && !found.questions.add(asks)) {
      return {
        imports: found.imports,
        kept: found.kept,
        refused: found.refused,
        surplus: withoutRefused(arns, found),
        isTagged: isTagged(plan),
        plan,
      };
    }
  }
  throw new Error(`After ${String(MOST_PLANS)} plans there is still more to find: please report this.`);
}

interface Progress {
  readonly imports: Map<string, string>;
  readonly kept: string[];
  readonly refused: Map<string, string>;
  readonly refusedIds: string[];
  /** What was tried and is not there, `address id`. */
  readonly absent: Set<string>;
  readonly questions: Questions;
}

/** Goes on with one resource. @returns whether that needs another plan */
async function advance(
  resource: PlannedResource,
  plan: Plan,
  known: Known,
  found: Progress,
  planner: Planner,
): Promise<boolean> {
  const { imports, kept, refused, absent, questions } = found;
  const { address, actions, importing, tainted } = resource;
  if (refused.has(address)) return false;
  if ((importing || tainted) && isBeingCreated(resource)) {
    return recordRefusal(address, "AWS is still creating it: run this again when it is there", found);
  }
  if (tainted) {
    await planner.untaint(address);
    kept.push(address);
    return true;
  }
  if (actions.join() !== "create" || imports.has(address)) return false;
  const its = match(resource, plan, known);
  return "asks" in its ? questions.add(its.asks) : propose(address, its.ids, imports, absent);
}

/** What would be destroyed at once is not imported; of what is one version among others a new one is as good. */
function refuseReplacement(resource: PlannedResource, found: Progress): boolean {
  const { address, actions, importing, replacedFor, type } = resource;
  if (!importing || !actions.includes("delete")) return false;
  const id = found.imports.get(address) ?? "";
  const kind = kindOf(type);
  if (isFindable(kind) && kind.newest !== undefined) {
    found.absent.add(`${address} ${id}`);
    return found.imports.delete(address);
  }
  const differences = replacedFor.join(", ");
  return recordRefusal(
    address,
    `${id} exists, and differs from the plan in ${differences}: Terraform would replace it`,
    found,
  );
}

function recordRefusal(address: string, reason: string, { imports, refused, refusedIds }: Progress): true {
  refusedIds.push(imports.get(address) ?? "");
  imports.delete(address);
  refused.set(address, reason);
  return true;
}

function withoutRefused(arns: readonly string[], { refusedIds }: Progress): string[] {
  return arns.filter(
    (arn) => !refusedIds.some((id) => id !== "" && (arn === id || arn.endsWith(`/${id}`) || arn.endsWith(`:${id}`))),
  );
}

const NOT_FOUND =
  /non-existent|no matching|not ?found|couldn't find|could not find|does not exist|NoSuch|no association|404/i;

/** Errors that speak of what was tried: that does not exist then. @throws for any other */
function takeErrors(errors: readonly Diagnostic[], found: Progress): void {
  const { imports, absent, questions } = found;
  for (const error of errors) {
    const words = `${error.summary} ${error.detail ?? ""}`;
    const quoted = /"([^"\s]+\.[^"\s]+)"/.exec(words)?.[1] ?? "";
    const address = error.address ?? (imports.has(quoted) ? quoted : addressOf(words, imports));
    const id = imports.get(address);
    if (NOT_FOUND.test(words) && questions.markUnanswered(address)) continue;
    if (id === undefined) throw new Error(errors.map(diagnosticText).join("\n\n") + hint(errors));
    if (!NOT_FOUND.test(words)) {
      recordRefusal(address, `${id} exists and cannot be read: ${error.summary}`, found);
      continue;
    }
    imports.delete(address);
    absent.add(`${address} ${id}`);
  }
}

/** An error while an import is read names no address: the longest id of which it has every part, as parents have parts of it. */
function addressOf(words: string, imports: ReadonlyMap<string, string>): string {
  const speaksOf = (id: string) => id.split(/[/_]/).every((part) => words.includes(part));
  const found = [...imports].filter(([, id]) => speaksOf(id)).sort(([, one], [, two]) => two.length - one.length);
  return found[0]?.[0] ?? "";
}

function hint(errors: readonly Diagnostic[]): string {
  const words = JSON.stringify(errors);
  if (words.includes("parsed as JSON")) {
    return "\n\nA killed Terraform may leave its state file half-written: move it out of the folder, and run this again; all of it is found.";
  }
  if (words.includes("state lock")) {
    return '\n\nAnother run holds the lock on the state. If it was killed, take the lock away first: "terraform force-unlock LOCK_ID".';
  }
  return errors.some(({ address }) => address === TAGGED_ADDRESS)
    ? "\n\nThe search needs the permission tag:GetResources."
    : "";
}

/** @returns whether that changes anything */
function propose(
  address: string,
  ids: readonly string[],
  imports: Map<string, string>,
  absent: ReadonlySet<string>,
): boolean {
  const [id, ...others] = new Set(ids.filter((each) => !absent.has(`${address} ${each}`)));
  if (id === undefined) return false;
  if (others.length > 0) {
    throw new Error(
      `${address} may be any of ${[id, ...others].join(", ")}: delete those that are not wanted, or import one with ` +
        `"terraform import '${address}' ID". Nothing was written.`,
    );
  }
  const type = (text: string) => text.split(".").at(-2);
  const taken = [...imports].find(([other, its]) => its === id && type(other) === type(address));
  if (taken) {
    throw new Error(`${id} may be ${taken[0]} or ${address}: import it by hand as one of them. Nothing was written.`);
  }
  imports.set(address, id);
  return true;
}

function isPlan(result: Plan | readonly Diagnostic[]): result is Plan {
  return "resources" in result;
}
