import fc from "fast-check";
import {
  escapeTemplate,
  joinTemplates,
  toExpression,
  topLevelOperators,
  unescapeTemplate,
} from "../../../lib/hcl/template";

/** Texts in which Terraform's own signs are frequent. */
const trickyText = fc.string({
  unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "~", "a", "é"),
  maxLength: 12,
});

describe("escapeTemplate", () => {
  test.each([
    ["plain", "plain"],
    ["${x}", "$${x}"],
    ["%{ if x }", "%%{ if x }"],
    ["$${x}", "$$${x}"],
    ["$x and 100%", "$x and 100%"],
  ])("%j becomes %j", (text, template) => {
    expect(escapeTemplate(text)).toBe(template);
  });

  test("is undone by unescapeTemplate", () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expect(unescapeTemplate(escapeTemplate(text))).toBe(text);
      }),
    );
  });

  test("a template with an interpolation has no text", () => {
    expect(unescapeTemplate("a-${b.c}")).toBeUndefined();
  });
});

describe("joinTemplates", () => {
  test.each([
    [["a", "b"], "ab"],
    [["a-", "${b.c}"], "a-${b.c}"],
    [["cost $", "${b.c}"], 'cost ${"$"}${b.c}'],
    [["100%", "{}"], '100${"%"}{}'],
    [["${b.c}", "{"], "${b.c}{"],
  ])("%j becomes %j", (templates, joined) => {
    expect(joinTemplates(templates)).toBe(joined);
  });
});

describe("toExpression", () => {
  test.each([
    ["${a.b}", "a.b"],
    ["${ a.b }", "a.b"],
    ["x-${a.b}", '"x-${a.b}"'],
    ["${a.b}${c.d}", '"${a.b}${c.d}"'],
    ["$${a.b}", '"$${a.b}"'],
    ['say "hi"\\ \n\t', '"say \\"hi\\"\\\\ \\n\\t"'],
    ["\u0001", '"\\u0001"'],
    ['${f("}")}', 'f("}")'],
    ['${f("${g("}")}")}', 'f("${g("}")}")'],
    [1.5, "1.5"],
    [true, "true"],
    [null, "null"],
    [[], "[]"],
    [["a", "${b.c}", 1], '["a", b.c, 1]'],
    [{}, "{}"],
    [{ a: "${b.c}", "x y": ["1"] }, '{ "a" = b.c, "x y" = ["1"] }'],
  ])("%j becomes %s", (value, expression) => {
    expect(toExpression(value)).toBe(expression);
  });

  test("refuses an interpolation that does not end", () => {
    expect(() => toExpression("${a.b")).toThrow("Unbalanced Terraform expression");
  });
});

test.each([
  ["a.b", []],
  ["f(a ? b : c)", []],
  ["a ? b : c", ["?", ":"]],
  ['x == "a ? b"', ["=="]],
  ["module.metaflow-common.x", []],
])("the operators of %s outside of brackets and quotes are %j", (expression, operators) => {
  expect(topLevelOperators(expression)).toEqual(operators);
});
