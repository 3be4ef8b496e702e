import { App, TerraformOutput, TerraformStack, Token } from "cdktf";
import {
  boolOption,
  choiceOption,
  dependenciesOption,
  numberOption,
  objectOption,
  stringOption,
  switchOption,
} from "../../../lib/contract/contract";
import { readOptions } from "../../../lib/contract/options";
import { wholeNumber } from "../../../lib/contract/rules";

const OPTIONS = {
  after: dependenciesOption({ description: "What has to exist before", unset: "nothing" }),
  count: numberOption({ description: "How many", default: 3, rule: wholeNumber(1, 9) }),
  enabled: boolOption({ description: "Whether it is", unset: false }),
  key: stringOption({ description: "The key", sensitive: true, unset: "none" }),
  log: objectOption({
    name: "Log",
    about: "A log",
    description: "The log",
    unset: "none",
    fields: {
      days: numberOption({ description: "How long" }),
      prefix: stringOption({ description: "What names begin with", default: "log/" }),
    },
  }),
  mode: choiceOption({ name: "Mode", description: "How", words: { fast: "soon", safe: "later" }, default: "safe" }),
  traced: switchOption({ description: "Whether it is traced", default: true }),
};

interface Props {
  readonly after?: TerraformStack[];
  readonly count?: number;
  readonly enabled?: unknown;
  readonly key?: string;
  readonly log?: { readonly days: number; readonly prefix?: string };
  readonly mode?: "fast" | "safe";
  readonly traced?: boolean;
  readonly other?: string;
}

const read = (props: unknown) => readOptions(new TerraformStack(new App(), "stack"), OPTIONS, props as Props);

test("what is not given has its default, if there is one", () => {
  const { count, mode, traced, ...rest } = read({ other: "kept" });
  // These compile only where the type of a defaulted option is without undefined.
  const [number, word, bool]: [number, string, boolean] = [count, mode, traced];
  expect([number, word, bool]).toEqual([3, "safe", true]);
  expect(rest).toEqual({ other: "kept" });
});

test.each([undefined, null])("%s counts as not given", (nothing) => {
  const props = Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, nothing]));
  expect(read(props)).toEqual({ count: 3, mode: "safe", traced: true });
});

test("what is given stays, false and tokens too", () => {
  const enabled = Token.asAny("${var.enabled}");
  const after = [new TerraformStack(new App(), "before")];
  expect(read({ after, count: 1, enabled, mode: "fast", traced: false })).toMatchObject({
    ...{ count: 1, mode: "fast", traced: false },
    enabled,
  });
  expect(read({ after }).after).toBe(after);
});

test("an object has the defaults of its fields", () => {
  expect(read({ log: { days: 7 } }).log).toEqual({ days: 7, prefix: "log/" });
});

test("a text is safe in a template", () => {
  const stack = new TerraformStack(new App(), "stack");
  const { key } = readOptions(stack, OPTIONS, { key: "${a}" });
  new TerraformOutput(stack, "key", { value: key });
  expect(stack.toTerraform()).toMatchObject({ output: { key: { value: "$${a}" } } });
});

test.each<[props: Record<string, unknown>, message: string]>([
  [{ after: "all" }, "after must be a list of resources, data sources or module calls; received string."],
  [{ count: 10 }, "count must be a whole number from 1 to 9; received 10."],
  [{ enabled: "yes" }, 'enabled must be true or false; received "yes".'],
  [{ key: 5 }, "key must be a string; received a number."],
  [{ log: true }, "log must be an object; received true."],
  [{ log: {} }, "log.days is required."],
  [{ log: { days: null } }, "log.days is required."],
  [{ log: { days: 1, prefx: "a" } }, "log has no option prefx (did you mean prefix?); it has days, prefix."],
  [{ log: { days: 1, colour: "a" } }, "log has no option colour; it has days, prefix."],
  [{ mode: "slow" }, 'mode must be one of fast, safe; received "slow".'],
  [{ mode: Token.asString(Token.asAny("${var.mode}")) }, "mode must be a literal; received a token"],
  [{ traced: Token.asAny("${var.traced}") }, "traced must be a literal; received a token"],
])("%j is refused", (props, message) => {
  expect(() => read(props)).toThrow(message);
});

test("all that is wrong is named at once", () => {
  expect(() => read({ count: 0, mode: "slow" })).toThrow(/count must be .*\n.*mode must be/);
});
