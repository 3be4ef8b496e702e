import { contextWith, isPart } from "../../../tools/local/parts";

const { env } = process;
afterEach(() => {
  delete env.CDKTF_CONTEXT_JSON;
});

test("without a flag, the context is that of cdktf.json", () => {
  expect(contextWith([])).toEqual({});
});

test("a flag adds a part, and leaves the other options as they are", () => {
  env.CDKTF_CONTEXT_JSON = JSON.stringify({ options: { tracing: false } });
  expect(contextWith(["--notebook"])).toEqual({ options: { notebook: {}, tracing: false } });
  expect(contextWith(["--ui", "--notebook"])).toEqual({
    options: {
      notebook: {},
      tracing: false,
      ui: { certificateArn: expect.stringMatching(/^arn:aws:acm:/) as unknown, ownUserPool: true },
    },
  });
});

test("a part that the app has stays as it is", () => {
  const options = { ui: { certificateArn: "arn:aws:acm:us-west-2:444455556666:certificate/1", internal: true } };
  env.CDKTF_CONTEXT_JSON = JSON.stringify({ options });
  expect(contextWith(["--ui"])).toEqual({ options });
});

test.each([
  ["--ui", true],
  ["--notebook", true],
  ["--ui=true", false],
  ["-var=x=1", false],
  ["toString", false],
])("%s is a flag: %s", (argument, expected) => {
  expect(isPart(argument)).toBe(expected);
});
