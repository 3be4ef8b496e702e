/** A policy document as IAM keeps it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

type Listed = string | readonly string[];

/** A statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: Listed;
  readonly NotAction?: Listed;
  readonly Resource?: Listed;
  readonly NotResource?: Listed;
  readonly Principal?: "*" | Readonly<Record<string, Listed>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Listed>>>>;
}

/** Who makes a call, as a trust policy names them: `{ AWS: ARN }` or `{ Service: "lambda.amazonaws.com" }`. */
export type Caller = Readonly<Record<string, string>>;

/** A call of an AWS API, as IAM judges it. */
export interface Call {
  /** `service:Action` */
  readonly action: string;
  /** The ARNs of what is called upon, each of which must be allowed; `*` where the action has no resource. */
  readonly resource?: Listed;
  /** The request's context: condition keys and their values. */
  readonly context?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
}

export type Verdict = "allowed" | "denied explicitly" | "denied";

/**
 * What IAM says to a call: an explicit deny wins, then an allow, and what nothing allows is denied. It judges policies
 * of one account and of one kind (a role's own, or its trust policy), and throws at what it does not know.
 *
 * Source: "Policy evaluation logic" in the IAM User Guide.
 */
export function judge(policies: readonly PolicyDocument[], call: Call): Verdict {
  const statements = policies.flatMap(({ Statement: some }) => some);
  statements.forEach((statement) => {
    refuseUnknown(statement);
  });
  const verdicts = listed(call.resource ?? "*").map((resource): Verdict => {
    const effects = statements.filter((statement) => applies(statement, call, resource)).map(({ Effect }) => Effect);
    if (effects.includes("Deny")) return "denied explicitly";
    return effects.includes("Allow") ? "allowed" : "denied";
  });
  const worst: readonly Verdict[] = ["denied explicitly", "denied", "allowed"];
  return worst.find((verdict) => verdicts.includes(verdict)) ?? "denied";
}

/**
 * The actions that policies allow and that no call has needed, whatever the conditions.
 *
 * @param calls - all calls that were made, with their resources
 * @returns `Sid action`, in the order of the policies
 */
export function unneeded(policies: readonly PolicyDocument[], calls: readonly Call[]): string[] {
  return policies
    .flatMap(({ Statement: some }) => some)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      listed(statement.Action ?? []).flatMap((action) => {
        const grant = { Statement: { ...statement, Action: action, Condition: {} } };
        const needs = ({ action: needed, resource }: Call) =>
          listed(resource ?? "*").some((one) => judge([grant], { action: needed, resource: one }) === "allowed");
        return calls.some(needs) ? [] : [`${statement.Sid ?? ""} ${action}`.trim()];
      }),
    );
}

const ELEMENTS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "Condition"];

function refuseUnknown(statement: Statement): void {
  const unknown = Object.keys(statement).filter((element) => !ELEMENTS.includes(element));
  if (unknown.length > 0) throw new Error(`A statement has ${unknown.join(", ")}, which is not known here.`);
  if (JSON.stringify(statement).includes("${")) throw new Error("Policy variables are not known here.");
  if (!["Allow", "Deny"].includes(statement.Effect)) throw new Error(`${statement.Effect} is no effect.`);
}

function applies(statement: Statement, call: Call, resource: string): boolean {
  return (
    hasAction(statement, call.action) &&
    hasResource(statement, resource) &&
    hasCaller(statement, call.caller) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, contextValue(call, key), listed(values))),
    )
  );
}

function hasAction({ Action, NotAction }: Statement, action: string): boolean {
  const fits = (patterns: Listed) =>
    listed(patterns).some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? fits(Action ?? []) : !fits(NotAction);
}

function hasResource({ Resource, NotResource }: Statement, resource: string): boolean {
  const fits = (patterns: Listed) => listed(patterns).some((pattern) => pattern === "*" || arnFits(pattern, resource));
  if (NotResource !== undefined) return !fits(NotResource);
  // A trust policy has none: it is about its role.
  return Resource === undefined || fits(Resource);
}

/** A principal is a name, not a pattern; an account (`…:root`) stands for all that is in it. */
function hasCaller({ Principal }: Statement, caller: Caller | undefined): boolean {
  if (Principal === undefined) return true;
  if (caller === undefined) throw new Error("Who calls must be said where a policy names principals.");
  if (Principal === "*") return true;
  return Object.entries(caller).some(([kind, name]) =>
    listed(Principal[kind] ?? []).some((principal) => {
      const [, account] = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(principal) ?? [];
      return principal === "*" || principal === name || (account !== undefined && name.split(":")[4] === account);
    }),
  );
}

/** The names of condition keys are the same in any case. */
function contextValue({ context = {} }: Call, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

type Operator = (value: string, pattern: string) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  ArnEquals: (value, pattern) => arnFits(pattern, value),
  ArnLike: (value, pattern) => arnFits(pattern, value),
  Bool: (value, pattern) => value.toLowerCase() === pattern.toLowerCase(),
  StringEquals: (value, pattern) => value === pattern,
  StringEqualsIgnoreCase: (value, pattern) => value.toLowerCase() === pattern.toLowerCase(),
  StringLike: (value, pattern) => wildcard(pattern, value),
};

/**
 * Whether a condition holds. A key that the request does not have fails a condition, but one that is negated or ends in
 * IfExists.
 *
 * Source: "AWS JSON policy elements: Condition operators" in the IAM User Guide.
 */
function holds(name: string, value: string | undefined, patterns: readonly string[]): boolean {
  if (name === "Null") return patterns.includes(String(value === undefined));
  const base = name.replace(/IfExists$/, "");
  const isNegated = /^(Arn|String)Not/.test(base);
  const operator = OPERATORS[base.replace(/^(Arn|String)Not/, "$1")];
  if (!operator) throw new Error(`The condition operator ${name} is not known here.`);
  if (value === undefined) return isNegated || base !== name;
  return patterns.some((pattern) => operator(value, pattern)) !== isNegated;
}

/** Whether an ARN is as a pattern has it, each of its six parts for itself. */
function arnFits(pattern: string, arn: string): boolean {
  const [wanted, given] = [parts(pattern), parts(arn)];
  if (wanted.length < 6) throw new Error(`${pattern} is no ARN.`);
  return given.length === 6 && wanted.every((part, index) => wildcard(part, given[index] ?? ""));
}

function parts(arn: string): string[] {
  const all = arn.split(":");
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(":")];
}

/** Whether a text fits a pattern with `*` (any characters) and `?` (one). */
function wildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function listed(value: Listed): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
