import type { Construct } from "constructs";
import { local } from "./addresses";
import type { Rule } from "../contract/contract";
import { Concatenation, evaluate, Expression, hcl, type Operand } from "../hcl/expression";
import { differ, equal, ifElse, jsonencode } from "../hcl/functions";

/** A check that needs more than one input. */
export interface Check {
  readonly condition: Expression;
  /** What is wrong, with the inputs and the values received, and what is allowed. */
  readonly message: readonly Operand[];
  /** Whether what is checked is a number. */
  readonly isNumber?: boolean;
}

/**
 * A local value that fails, with a message, where its check does: at synth for literals, at plan for variables.
 *
 * Terraform 0.13 has no preconditions and no validation over several variables; but its `tobool` of a text does not
 * convert, and says the text. (A number's must be `tonumber`, as both results of a conditional have one type.)
 *
 * @param name - the local's name, `checked_` being put before it
 * @param value - what is checked
 * @param check - the check of a value
 * @param reference - how the local refers to the value, where that is not the value itself
 * @returns a reference to the local
 */
export function checkedLocal(
  scope: Construct,
  name: string,
  value: Operand,
  check: (value: Operand) => Check,
  reference: Operand = value,
): string {
  holds(scope, check(value));
  const { condition, message, isNumber } = check(reference);
  const failure = isNumber ? hcl`tonumber(${new Concatenation(message)})` : failing(message);
  return local(scope, `checked_${name}`, ifElse(condition, reference, failure)).asString;
}

/**
 * A name that is made of inputs: a local value with the name, and one with its check.
 *
 * @returns a reference to the checked one
 */
export function checkedName(scope: Construct, id: string, name: Operand, check: (name: Operand) => Check): string {
  return checkedLocal(scope, id, name, check, local(scope, id, name).asString);
}

/**
 * A list with a local value that fails where one of its items is not as the rule has it. (A variable's validation could
 * not show the list in its message.)
 *
 * @param name - the input's name in Terraform
 */
export function checkedList(scope: Construct, name: string, list: Operand, rule: Rule): string[] {
  const condition = ifElse(equal(list, null), true, rule.test(list));
  const failure = failing([`${name}, `, jsonencode(list), `, must be ${rule.allowed}.`]);
  return local(scope, `checked_${name}`, ifElse(condition, list, [failure])).asList;
}

/**
 * A text or a map as it is, once its check is known to hold; otherwise a local value that fails where the check does. At plan
 * that is known where the value is, even if a part of the check is not: it is the second of two, of which Terraform works
 * out both.
 *
 * @param name - the local's name, `checked_` being put before it
 */
export function guarded<Value extends string | Readonly<Record<string, string>>>(
  scope: Construct,
  name: string,
  value: Value,
  check: Check,
): Value {
  if (holds(scope, check)) return value;
  const verdict = ifElse(check.condition, true, failing(check.message));
  const checked = local(scope, `checked_${name}`, hcl`[${verdict}, ${value}][1]`).asString;
  const reference = new Expression(["", ""], [checked], () => evaluate(value), []);
  return (typeof value === "string" ? reference.string : reference.map) as Value;
}

/**
 * A map with its check. (A variable's validation could not show the map in its message.)
 *
 * @param name - the input's name in Terraform
 */
export function checkedMap(scope: Construct, name: string, map: Readonly<Record<string, string>>, rule: Rule) {
  return guarded(scope, name, map, {
    condition: ifElse(equal(map, null), true, rule.test(map)),
    message: [`${name}, `, jsonencode(map), `, must be ${rule.allowed}.`],
  });
}

/**
 * The second of two subnets, which must not be the first.
 *
 * What is checked is unknown at plan where either id is: it belongs where that replaces nothing.
 */
export function distinctSubnet(scope: Construct, subnet1Id: Operand, subnet2Id: Operand): string {
  return checkedLocal(scope, "subnet2_id", subnet2Id, (subnet) => ({
    condition: differ(subnet, subnet1Id),
    message: [
      'subnet1_id and subnet2_id are both "',
      subnet,
      '"; they must be two subnets in different availability zones.',
    ],
  }));
}

/**
 * Stops the synth, naming the construct and what is wrong with it.
 *
 * @throws Error where there are problems
 */
export function refuse(scope: Construct, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const list = problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n  - ${problem}`).join("");
  throw new Error(`${scope.constructor.name} at ${scope.node.path}:${list}`);
}

/**
 * Whether a check is known to hold at synth.
 *
 * @throws Error where it is known not to
 */
function holds(scope: Construct, { condition, message }: Check): boolean {
  const verdict = condition.evaluate();
  if (verdict === false) refuse(scope, [String(new Concatenation(message).evaluate())]);
  return verdict === true;
}

/** An expression that fails, saying the message. */
function failing(message: readonly Operand[]): Expression {
  return hcl`tobool(${new Concatenation(message)})`;
}
