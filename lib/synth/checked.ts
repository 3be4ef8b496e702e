import { type Precondition, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { AFFIXES, type Check, failing, holds, nameCheck } from "../contract/checks";
import type { Rule } from "../contract/contract";
import { Concatenation, constant, Expression, type Operand, evaluate, hcl, Sampled } from "../hcl/expression";
import { concat, notEqual, equal, ifElse, jsonencode } from "../hcl/functions";
import { local } from "./addresses";

/** Who takes the checks of a construct and of all within it. */
const takers = new WeakMap<IConstruct, Precondition[]>();

/**
 * The checks of a construct and of all within it as preconditions, which come as the checks are made, instead of as local values: where
 * Terraform has preconditions (1.2), they show the message without the expression that failed. They go into the `lifecycle` of a
 * resource. None come where a construct around this one takes them already.
 */
export function checksAsPreconditions(scope: Construct): Precondition[] {
  const taken: Precondition[] = [];
  if (!takerOf(scope)) takers.set(scope, taken);
  return taken;
}

function takerOf(scope: Construct): Precondition[] | undefined {
  let outermost: Precondition[] | undefined;
  for (let each: IConstruct | undefined = scope; each; each = each.node.scope)
    outermost = takers.get(each) ?? outermost;
  return outermost;
}

/** Hands over a check that is not known to hold. @returns whether there is somebody who takes checks */
function isTaken(scope: Construct, name: string, check: Check | undefined): boolean {
  const taker = takerOf(scope);
  if (!check || !taker) return taker !== undefined;
  // A failure shows the line that the condition stands in: a name is shorter than a rule.
  const verdict = local(scope, `is_good_${name}`, check.condition).asString;
  taker.push({ condition: verdict, errorMessage: new Concatenation(check.message).string });
  return true;
}

/**
 * A local value that fails, with a message, where its check does: at synth for literals, at plan for variables.
 *
 * Terraform 0.13 has no preconditions and no validation over several variables; but its `tobool` of a string does not
 * convert, and the error shows the string. (A number's must be `tonumber`, as both results of a conditional have one type.)
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
  const ofReference = check(reference);
  const isKnown = holds(scope, reference === value || evaluate(value) === undefined ? ofReference : check(value));
  const { condition, message, isNumber } = ofReference;
  if (isTaken(scope, name, isKnown ? undefined : { condition, message })) {
    return local(scope, `checked_${name}`, reference).asString;
  }
  const failure = isNumber ? hcl`tonumber(${new Concatenation(message)})` : failing(message);
  return local(scope, `checked_${name}`, ifElse(condition, reference, failure)).asString;
}

/**
 * A name that is made of inputs: a local value with the name, and one with its check.
 *
 * @returns a reference to the checked one; the name itself where its samples are good
 */
export function checkedName(scope: Construct, id: string, name: Operand, check: (name: Operand) => Check): string {
  const text = constant(name);
  const isGood = (sample: Operand) => check(sample).condition.evaluate() === true;
  if (text instanceof Sampled && text.samples.every(isGood)) return text.string;
  return checkedLocal(scope, id, name, check, local(scope, id, name).asString);
}

/** A name that begins with `resource_prefix` and ends with `resource_suffix`. */
export interface AffixedName {
  /** What is between them. */
  readonly middle: string;
  /** What the name is of, for messages. */
  readonly what: string;
  readonly rule: Rule;
}

/** A name between the caller's prefix and suffix, with its check. */
export function affixedName(
  scope: Construct,
  id: string,
  { resourcePrefix, resourceSuffix }: { readonly resourcePrefix: string; readonly resourceSuffix: string },
  { middle, what, rule }: AffixedName,
): string {
  return checkedName(scope, id, concat(resourcePrefix, middle, resourceSuffix), nameCheck(what, rule, AFFIXES));
}

/**
 * A list as a local value that fails where an item breaks the rule. (A variable's validation could not show the list in
 * its message.) Of a list whose items are given one by one, those are checked that are known at synth, as other inputs are.
 *
 * @param name - the input's name in Terraform
 */
export function checkedList(scope: Construct, name: string, list: Operand, rule: Rule): string[] {
  const items = givenItems(list);
  if (items?.some((item) => Token.isUnresolved(item))) {
    const known = items.filter((item) => !Token.isUnresolved(item));
    if (known.length > 0) checkedList(scope, name, known, rule);
    return items as string[];
  }
  const condition = ifElse(equal(list, null), true, rule.test(list));
  const message = [`${name}, `, jsonencode(list), `, must be ${rule.allowed}.`];
  const isKnown = holds(scope, { condition, message });
  if (isTaken(scope, name, isKnown ? undefined : { condition, message }))
    return local(scope, `checked_${name}`, list).asList;
  const failure = failing(message);
  return local(scope, `checked_${name}`, ifElse(condition, list, [failure])).asList;
}

/** The items of a list that is no token as a whole. */
function givenItems(list: Operand): readonly Operand[] | undefined {
  return Array.isArray(list) && !Token.isUnresolved(list) ? (list as readonly Operand[]) : undefined;
}

/**
 * A string, a number or a map with its check. Where the check is known to hold at synth, this is the value itself; otherwise a local
 * value that fails where the check does. Terraform knows that local at plan where it knows the value, even if it does not
 * know a part of the check: the local is the second item of a list, and Terraform evaluates both items.
 *
 * @param name - the local's name, `checked_` being put before it
 */
export function checkedValue<Value extends string | number | Readonly<Record<string, string>>>(
  scope: Construct,
  name: string,
  value: Value,
  check: Check,
): Value {
  if (holds(scope, check) || isTaken(scope, name, check)) return value;
  const verdict = ifElse(check.condition, true, failing(check.message));
  const checked = local(scope, `checked_${name}`, hcl`[${verdict}, ${value}][1]`).asString;
  const reference = new Expression(["", ""], [checked], () => evaluate(value), []);
  if (typeof value === "number") return reference.number as Value;
  return (typeof value === "string" ? reference.string : reference.map) as Value;
}

/**
 * An option that is a string, by its rule: a token is checked by Terraform's plan.
 *
 * @param id - the local's name, as that of {@link checkedValue}
 * @param name - the option's name, for the message
 */
export function checkedOption(scope: Construct, id: string, name: string, value: string, rule: Rule): string {
  return checkedValue(scope, id, value, {
    condition: rule.test(value),
    message: [`${name} is "`, value, `"; it must be ${rule.allowed}.`],
  });
}

/** A check as the precondition of a resource, for modules that need Terraform 1.2 anyway; none where it is known to hold. */
export function preconditions(scope: Construct, check: Check): Precondition[] | undefined {
  if (holds(scope, check)) return undefined;
  return [{ condition: check.condition.string, errorMessage: new Concatenation(check.message).string }];
}

/**
 * A map with its check. (A variable's validation could not show the map in its message.)
 *
 * @param name - the input's name in Terraform
 */
export function checkedMap(scope: Construct, name: string, map: Readonly<Record<string, string>>, rule: Rule) {
  return checkedValue(scope, name, map, {
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
    condition: notEqual(subnet, subnet1Id),
    message: [
      'subnet1_id and subnet2_id are both "',
      subnet,
      '"; they must be two subnets in different availability zones.',
    ],
  }));
}
