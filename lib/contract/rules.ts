import type { Rule } from "./contract";
import { Expression } from "../hcl/expression";
import { all, any, equal, every, matches, notEmpty } from "../hcl/functions";

/** A string that matches a regular expression. */
export function pattern(regex: string, allowed: string): Rule {
  return { allowed, test: (value) => matches(regex, value) };
}

/**
 * A string in AWS's format, or the eight letters and digits that `terraform test` uses for a computed value of a mocked provider. Source: "Mock providers" in Terraform's documentation of tests.
 */
export function computed(regex: string, allowed: string): Rule {
  return pattern(`${regex}|^[0-9a-z]{8}$`, allowed);
}

/** One of some strings. */
export function oneOf(...values: string[]): Rule {
  return { allowed: `one of ${values.join(", ")}`, test: (value) => any(...values.map((each) => equal(value, each))) };
}

/** One of some numbers. */
export function oneOfNumbers(...values: number[]): Rule {
  return {
    allowed: `one of ${values.join(", ")}`,
    test: (value) =>
      new Expression(["contains(", ", ", ")"], [values, value], (_, one) => values.includes(one as number)),
  };
}

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): Rule {
  return {
    allowed: `a whole number from ${String(least)} to ${String(most)}`,
    test: (value) =>
      new Expression(
        ["floor(", ") == ", " && ", " >= ", " && ", " <= ", ""],
        [value, value, value, least, value, most],
        (number) => Number.isInteger(number) && Number(number) >= least && Number(number) <= most,
      ),
  };
}

/** An empty string, or one that follows a rule. */
export function emptyOr(rule: Rule): Rule {
  return { allowed: `${rule.allowed}, or empty`, test: (value) => any(equal(value, ""), rule.test(value)) };
}

/** A list, each item of which follows a rule. */
export function listOf(rule: Rule): Rule {
  return { allowed: `a list, each item ${rule.allowed}`, test: (list) => every(list, (item) => rule.test(item)) };
}

/** A list that follows a rule and has no item twice. */
export function distinct(rule: Rule): Rule {
  return {
    allowed: `${rule.allowed}, none of them twice`,
    test: (list) =>
      all(
        rule.test(list),
        new Expression(["length(distinct(", ")) == length(", ")"], [list, list], (items) =>
          Array.isArray(items) ? new Set(items).size === items.length : undefined,
        ),
      ),
  };
}

export function nonEmpty(rule: Rule): Rule {
  return { allowed: `${rule.allowed}, with one item at least`, test: (list) => all(notEmpty(list), rule.test(list)) };
}
