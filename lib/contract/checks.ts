import type { Construct } from "constructs";
import type { Rule } from "./contract";
import type { Expression } from "../hcl/expression";
import { Concatenation, type Operand, hcl } from "../hcl/expression";

/**
 * The check of a name that is made of inputs.
 *
 * @param what - what the name is of, such as "load balancer"
 * @param rule - what names the service takes
 * @param origin - the Terraform names of the inputs that make the name, in words
 */
export function nameCheck(what: string, rule: Rule, origin: string): (name: Operand) => Check {
  return (name) => ({
    condition: rule.test(name),
    message: [`The name of the ${what}, "`, name, `" (made of ${origin}), must be ${rule.allowed}.`],
  });
}

/** How the inputs that most names are made of are called in messages. */
export const AFFIXES = "resource_prefix and resource_suffix";

/** A check that needs more than one input. */
export interface Check {
  readonly condition: Expression;
  /** What is wrong, with the inputs and the values received, and what is allowed. */
  readonly message: readonly Operand[];
  /** Whether what is checked is a number. */
  readonly isNumber?: boolean;
}

/** What is wrong with what a user has written, in words that need no stack trace. */
export class Refusal extends Error {}

/**
 * Stops the synth with an error that names the construct and every problem.
 *
 * @throws Refusal unless the list is empty
 */
export function throwProblems(scope: Construct, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw refusalOf(`${scope.constructor.name} at ${scope.node.path}`, problems);
}

/** The error that names a thing and everything that is wrong with it. */
export function refusalOf(thing: string, problems: readonly string[]): Refusal {
  const list = problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n  - ${problem}`).join("");
  return new Refusal(`${thing}:${list}`);
}

/**
 * Whether a check is known to hold at synth.
 *
 * @throws Error where it is known not to
 */
export function holds(scope: Construct, { condition, message }: Check): boolean {
  const verdict = condition.evaluate();
  if (verdict === false) throwProblems(scope, [String(new Concatenation(message).evaluate())]);
  return verdict === true;
}

/** An expression that fails, saying the message. */
export function failing(message: readonly Operand[]): Expression {
  return hcl`tobool(${new Concatenation(message)})`;
}
