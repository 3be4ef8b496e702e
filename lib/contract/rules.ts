import type { Rule } from "./contract";
import { Expression } from "../hcl/expression";
import { all, any, equal, every, matches, notEmpty } from "../hcl/functions";

/** A text of a given form. */
export function form(pattern: string, allowed: string): Rule {
  return { allowed, test: (value) => matches(pattern, value) };
}

/** One of some texts. */
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

/** The empty text, or what a rule has. */
export function emptyOr(rule: Rule): Rule {
  return { allowed: `${rule.allowed}, or empty`, test: (value) => any(equal(value, ""), rule.test(value)) };
}

/** A list, every item of which is as a rule has it. */
export function listOf(rule: Rule): Rule {
  return { allowed: `a list, each item ${rule.allowed}`, test: (list) => every(list, (item) => rule.test(item)) };
}

/** A list as a rule has it, with no item in it twice. */
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
