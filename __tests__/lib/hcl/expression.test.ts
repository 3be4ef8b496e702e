import { Fn, Lazy, Token } from "cdktf";
import { Concatenation, evaluate, hcl, literal, type Operand } from "../../../lib/hcl/expression";
import {
  all,
  any,
  coalesce,
  concat,
  countIf,
  notEqual,
  equal,
  every,
  ifElse,
  jsonencode,
  length,
  lower,
  matches,
  merge,
  not,
  notEmpty,
  replace,
} from "../../../lib/hcl/functions";
import { rendered } from "../../support/synth";

describe("an expression renders", () => {
  test.each<[string, (v: string) => unknown, unknown]>([
    ["a reference", (v) => hcl`${v}`, "${var.v}"],
    ["a reference among text", (v) => hcl`f("x", ${v})`, '${f("x", var.v)}'],
    ["literals", () => hcl`f(${'a"b'}, ${1}, ${true}, ${null}, ${undefined})`, '${f("a\\"b", 1, true, null, null)}'],
    ["lists and maps", (v) => hcl`f(${[v, "a"]}, ${{ k: v }})`, '${f([var.v, "a"], { "k" = var.v })}'],
    ["tokens within strings", (v) => hcl`f(${`a-${v}`})`, '${f("a-${var.v}")}'],
    ["CDKTF's own functions", (v) => hcl`f(${Fn.upper(v)})`, "${f(upper(var.v))}"],
    ["lazy literals", () => hcl`f(${Lazy.stringValue({ produce: () => "later" })})`, '${f("later")}'],
    ["number tokens", (v) => hcl`f(${Token.asNumber(hcl`${v}`)})`, "${f(var.v)}"],
    ["list tokens", (v) => hcl`f(${Token.asList(hcl`${v}`)})`, "${f(var.v)}"],
    ["map tokens", (v) => hcl`f(${Token.asStringMap(hcl`${v}`)})`, "${f(var.v)}"],
    ["itself within a CDKTF function", (v) => Fn.upper(hcl`f(${v})`.string), "${upper(f(var.v))}"],
    ["itself within a string", (v) => `a-${hcl`f(${v})`.string}-b`, "a-${f(var.v)}-b"],
    ["parentheses where operators meet", (v) => hcl`!${equal(v, "a")}`, '${!(var.v == "a")}'],
    ["no parentheses in an argument", (v) => hcl`f(${equal(v, "a")})`, '${f(var.v == "a")}'],
    [
      "parentheses in a comparison",
      (v) => notEqual(ifElse(v, 1, 2), ifElse(v, 3, 4)),
      "${(var.v ? 1 : 2) != (var.v ? 3 : 4)}",
    ],
    ["no parentheses in a map", (v) => hcl`{ a = ${equal(v, "a")} }`, '${{ a = var.v == "a" }}'],
    ["nested conditionals", (v) => ifElse(v, ifElse(v, 1, 2), 3), "${var.v ? (var.v ? 1 : 2) : 3}"],
  ])("%s", (_, value, expected) => {
    expect(rendered((variable) => value(variable.stringValue))).toEqual(expected);
  });
});

describe("the helpers render", () => {
  test.each<[Operand, (v: string) => Operand]>([
    ["${var.v}nlb-dev", (v) => concat(v, "nlb", "-dev")],
    ['${var.v ? "a" : null}', (v) => ifElse(v, "a", null)],
    ["${var.v ? 1 : 0}", (v) => countIf(v)],
    ['${var.v != ""}', (v) => notEqual(v, "")],
    ['${can(regex("^a\\\\.b", var.v))}', (v) => matches("^a\\.b", v)],
    ["${length(var.v) > 0}", (v) => notEmpty(v)],
    ['${replace(var.v, ":5432", "")}', (v) => replace(v, ":5432", "")],
    ["${lower(var.v)}", (v) => lower(v)],
    ['${coalesce(var.v, "a")}', (v) => coalesce(v, "a")],
    ['${merge(var.v, { "a" = "b" })}', (v) => merge(v, { a: "b" })],
    ['${jsonencode({ "a" = [var.v] })}', (v) => jsonencode({ a: [v] })],
    ['${(var.v == "a") && !var.v}', (v) => all(equal(v, "a"), not(v))],
    ['${(var.v == "a") || var.v}', (v) => any(equal(v, "a"), v)],
    ['${length([for item in var.v : item if !(item == "a")]) == 0}', (v) => every(v, (item) => equal(item, "a"))],
  ])("%s", (expected, value) => {
    expect(rendered((variable) => value(variable.stringValue))).toEqual(expected);
  });
});

describe("the helpers evaluate literals", () => {
  test.each<[string, Operand, unknown]>([
    ["concat", concat("a", 1, "b"), "a1b"],
    ["concat of concat", concat("a", concat("b", "c").string), "abc"],
    ["ifElse, true", ifElse(true, "a", "b"), "a"],
    ["ifElse, false", ifElse(equal(1, 2), "a", concat("b", "c")), "bc"],
    ["ifElse with an unknown that is not taken", ifElse(true, "a", hcl`x`), "a"],
    ["equal", equal("a", "a"), true],
    ["differ", notEqual("a", "a"), false],
    ["not", not(equal(1, 1)), false],
    ["all", all(equal(1, 1), equal(1, 2)), false],
    ["any", any(equal(1, 1), equal(1, 2)), true],
    ["matches", matches("^a+$", "aaa"), true],
    ["matches null", matches("^a+$", null), false],
    ["length of a text in characters", length("é👍"), 2],
    ["length of a list", length(["a", "b"]), 2],
    ["length of a map", length({ a: "b" }), 1],
    ["notEmpty", notEmpty([]), false],
    ["replace", replace("a--b--c", "--", "-"), "a-b-c"],
    ["lower", lower("AbC"), "abc"],
    ["coalesce", coalesce(null, "", "a"), "a"],
    ["every", every(["a", "b"], (item) => matches("^[ab]$", item)), true],
    ["every, of none", every([], (item) => matches("^[ab]$", item)), true],
    ["every, but one", every(["a", "c"], (item) => matches("^[ab]$", item)), false],
    ["escaped text", concat("$${x}"), "${x}"],
  ])("%s", (_, operand, expected) => {
    expect(evaluate(operand)).toEqual(expected);
  });

  test.each<[string, Operand]>([
    ["a token", Token.asString(hcl`var.v`)],
    ["an interpolation", "${var.v}"],
    ["a text with a token", concat("a", hcl`var.v`)],
    ["a list with a token", ["a", hcl`var.v`]],
    ["a map with a token", { a: hcl`var.v` }],
    ["a list token", hcl`var.v`.list],
    ["a number token", hcl`var.v`.number],
    ["a map token", hcl`var.v`.map],
    ["a condition on a token", ifElse(hcl`var.v`, 1, 2)],
    ["every item of a token", every(hcl`var.v`, (item) => equal(item, 1))],
    ["every item, one of them a token", every(["a", hcl`var.v`], (item) => equal(item, "a"))],
  ])("and know nothing of %s", (_, operand) => {
    expect(evaluate(operand)).toBeUndefined();
  });
});

describe("literal", () => {
  const tricky = 'a${b}%{c}"\\\n';

  test.each<[string, (v: string) => unknown, unknown]>([
    ["escapes text", () => tricky, 'a$${b}%%{c}"\\\n'],
    ["escapes the items of lists", () => [tricky], ['a$${b}%%{c}"\\\n']],
    ["escapes keys and values of maps", () => ({ "${k}": "${v}" }), { "$${k}": "$${v}" }],
    ["keeps plain maps as they are", () => ({ k: "${v}" }), { k: "$${v}" }],
    ["escapes text around tokens", (v) => `\${a}${v}`, "$${a}${var.v}"],
    ["escapes an interpolation put together around a token", (v) => "${" + v + "}", "$${${var.v}}"],
    ["keeps tokens", (v) => v, "${var.v}"],
    ["keeps map tokens", (v) => hcl`${v}`.map, "${var.v}"],
    ["keeps other values", () => [1, true], [1, true]],
  ])("%s", (_, value, expected) => {
    const once = rendered((variable) => literal(value(variable.stringValue)));
    const twice = rendered((variable) => literal(literal(value(variable.stringValue))));
    expect(once).toEqual(expected);
    expect(twice).toEqual(expected);
  });

  test("a text that ends with a dollar does not escape what follows", () => {
    expect(rendered((variable) => new Concatenation(["a$", variable.stringValue]))).toBe('a${"$"}${var.v}');
  });
});
