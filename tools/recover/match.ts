import { kindOf, kinds, type Findable, type Kind, type Question } from "./kinds";
import type { Attributes, Plan, PlannedResource } from "./plan";

/** A resource of AWS that has tags. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A question to AWS: a data source and its arguments. */
export interface Asked {
  readonly type: string;
  readonly with: Readonly<Record<string, string>>;
}

/** What is known of AWS. */
export interface Known {
  /** Everything with the tags of this deployment. */
  readonly tagged: readonly Tagged[];
  /** The answer to a question: null where there is no such thing, undefined where it was not asked yet. */
  readonly answer: (asked: Asked) => Attributes | null | undefined;
}

/** What a resource may be: the import ids that fit it, or what has to be asked before that can be said. */
export type Match = { readonly ids: readonly string[] } | { readonly asks: readonly Asked[] };

/** Looks for a resource that Terraform would create among those that exist. */
export function match(resource: PlannedResource, plan: Plan, known: Known): Match {
  const kind = kindOf(resource.type);
  if (!isFindable(kind)) return { ids: [] };
  const asks: Asked[] = [];
  const fitting: Attributes[] = [];
  for (const found of candidates(kind, resource, plan, known)) {
    const answer = kind.ask ? ask(kind.ask, found, resource, known) : {};
    if ("asked" in answer) asks.push(answer.asked as Asked);
    else if (!("no" in answer)) fitting.push({ ...found, ...answer });
  }
  if (asks.length > 0) return { asks };
  const ids = newest(kind, fitting).map((found) => fill(kind.id, { ...resource.after, ...found }));
  return { ids: ids.filter((id) => id !== undefined) };
}

/** Whether resources of a kind have to be imported where they exist. */
export function isFindable(kind: Kind | undefined): kind is Findable {
  return kind !== undefined && "id" in kind;
}

/** Whether AWS still creates a resource that it already shows. */
export function isBeingCreated({ type, before }: PlannedResource): boolean {
  const kind = kindOf(type);
  const signs = isFindable(kind) ? Object.entries(kind.creating ?? {}) : [];
  return signs.some(([name, value]) => before[name] === value);
}

/** What bears the deployment's tags and is neither recorded nor imported, or what has to be asked before that can be said. */
export function unclaimed(plan: Plan, { tagged, answer }: Known): { readonly arns: string[]; readonly asks: Asked[] } {
  const imported = new Set(
    plan.resources.filter(({ importing }) => importing).flatMap(({ after }) => [after.arn, after.id]),
  );
  const asks: Asked[] = [];
  const arns = tagged
    .map(({ arn }) => arn)
    .filter((arn) => !plan.recorded.has(arn) && !imported.has(arn))
    .filter((arn) => {
      const kind = Object.values(kinds).find((each) => isFindable(each) && each.arn?.test(shortened(arn)));
      if (!isFindable(kind) || kind.newest !== undefined) return false;
      if (kind.ask?.unless === undefined) return true;
      const asked = questionOf(kind.ask, { ...kind.arn?.exec(shortened(arn))?.groups, arn });
      const its = asked && answer(asked);
      if (asked && its === undefined) asks.push(asked);
      return its && !isGoing(kind.ask, its);
    });
  return { arns, asks };
}

/** An ARN from its service on, without region and account: `rds:db:metaflow`. */
function shortened(arn: string): string {
  const [, , service = "", , , ...resource] = arn.split(":");
  return [service, ...resource].join(":");
}

/** What is known from the ARNs that fit, or nothing more than the plan for a type without tags. */
function candidates(kind: Findable, { after }: PlannedResource, plan: Plan, { tagged }: Known): Attributes[] {
  const { arn: pattern } = kind;
  if (pattern === undefined) return [{}];
  return tagged.flatMap(({ arn, tags }) => {
    const groups = pattern.exec(shortened(arn))?.groups;
    const found = { ...groups, arn };
    const isOther = plan.recorded.has(arn) || !agree(groups ?? {}, after) || !hasTags(tags, after.tags_all);
    return pattern.test(shortened(arn)) && !isOther ? [found] : [];
  });
}

function ask(
  question: Question,
  found: Attributes,
  { after }: PlannedResource,
  known: Known,
): Attributes | { readonly asked: Asked } | { readonly no: true } {
  const asked = questionOf(question, { ...after, ...found });
  if (asked === undefined) return { no: true };
  const answer = known.answer(asked);
  if (answer === undefined) return { asked };
  const compared = Object.fromEntries(question.same.map((name) => [name, answer?.[name]]));
  if (answer === null || isGoing(question, answer) || !agree(compared, after)) return { no: true };
  return answer;
}

function questionOf(question: Question, values: Attributes): Asked | undefined {
  const filled = Object.entries(question.with).map(([name, text]) => [name, fill(text, values)] as const);
  if (filled.some(([, text]) => text === undefined)) return undefined;
  return { type: question.type, with: Object.fromEntries(filled) as Record<string, string> };
}

function isGoing(question: Question, answer: Attributes): boolean {
  return Object.entries(question.unless ?? {}).some(([name, values]) => values.includes(String(answer[name])));
}

/** Whether what was found has the planned values, as far as these are known. */
function agree(found: Attributes, planned: Attributes): boolean {
  return Object.entries(found).every(([name, value]) => {
    const wanted = planned[name];
    return wanted === undefined || wanted === null || String(wanted) === String(value);
  });
}

function hasTags(tags: Readonly<Record<string, string>>, planned: unknown): boolean {
  return Object.entries((planned ?? {}) as Attributes).every(([key, value]) => tags[key] === value);
}

function newest({ newest: group }: Findable, found: readonly Attributes[]): readonly Attributes[] {
  if (group === undefined) return found;
  return [...found].sort((one, two) => Number(two[group]) - Number(one[group])).slice(0, 1);
}

/** The text of a template; undefined where a value of it is not known. */
function fill(template: string, values: Attributes): string | undefined {
  let isKnown = true;
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    isKnown &&= typeof value === "string" || typeof value === "number";
    return String(value);
  });
  return isKnown ? text : undefined;
}
