import {
  advance,
  begin,
  block,
  deprecations,
  diagnosticText,
  duration,
  finishedLine,
  heartbeatLine,
  isDeprecation,
  type Progress,
} from "../../../tools/terraform/progress";

const at = (seconds: number) => seconds * 1000;
const event = (type: string, rest: object = {}) => JSON.stringify({ type, ...rest });
const planned = (addr: string, action: string) => event("planned_change", { change: { resource: { addr }, action } });
const hook = (type: string, addr: string, action: string, rest: object = {}) =>
  event(type, { hook: { resource: { addr }, action, ...rest } });
const summary = event("change_summary", { changes: { operation: "plan" } });

function after(lines: readonly string[], now = 0): Progress {
  return lines.reduce((progress, line) => advance(progress, line, at(now)).progress, begin(0));
}

const started = [
  planned("a.x", "create"),
  planned("a.y", "replace"),
  summary,
  hook("apply_start", "a.y", "delete"),
  hook("apply_start", "a.x", "create"),
];

describe("a run's progress", () => {
  test("counts operations: a replacement is two, a data source none", () => {
    const lines = [
      planned("a.x", "create"),
      planned("a.y", "replace"),
      planned("data.z", "read"),
      planned("a.w", "noop"),
      summary,
    ];
    expect(after(lines).total).toBe(3);
    expect(after([hook("apply_start", "data.z", "read"), hook("apply_complete", "data.z", "read")])).toMatchObject({
      running: [],
      done: [],
    });
  });

  test("keeps the plan's total: the summary of the apply comes later", () => {
    expect(
      after([planned("a.x", "create"), summary, event("change_summary", { changes: { operation: "apply" } })]).total,
    ).toBe(1);
  });

  test("moves a resource from running to done or failed", () => {
    const done = after([...started, hook("apply_complete", "a.x", "create", { elapsed_seconds: 7 })]);
    expect(done.running.map(({ address }) => address)).toEqual(["a.y"]);
    expect(done.done).toEqual([{ address: "a.x", action: "create", seconds: 7 }]);
    const failed = after([...started, hook("apply_errored", "a.x", "create")]);
    expect(failed.failed).toEqual([{ address: "a.x", action: "create" }]);
    expect(failed.running).toHaveLength(1);
  });

  test("tells a diagnostic once, though the plan and the apply both bring it", () => {
    const warning = event("diagnostic", { diagnostic: { severity: "warning", summary: "old" } });
    const first = advance(begin(0), warning, 0);
    expect(first.change.diagnostic?.summary).toBe("old");
    expect(advance(first.progress, warning, 0).change).toEqual({});
  });

  test("takes a line that is no event for an error", () => {
    expect(advance(begin(0), "panic: oh", 0).change.diagnostic).toEqual({ severity: "error", summary: "panic: oh" });
  });

  test("leaves alone what it does not know", () => {
    const progress = begin(0);
    expect(advance(progress, event("version"), 0)).toEqual({ progress, change: {} });
  });
});

describe("its lines", () => {
  test.each([
    [0.4, "0 s"],
    [83, "83 s"],
    [125, "2 min 5 s"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test("a finished resource", () => {
    const progress = after([...started, hook("apply_complete", "a.x", "create", { elapsed_seconds: 7 })]);
    expect(finishedLine(progress, { address: "a.x", action: "create", seconds: 7 })).toBe("[1/3] a.x created (7 s)");
    expect(finishedLine(progress, { address: "a.x", action: "delete", seconds: 0 })).toBe("[1/3] a.x destroyed");
  });

  test("what is waited for, the longest first", () => {
    const lines = [planned("a.x", "create"), planned("a.y", "create"), summary, hook("apply_start", "a.y", "create")];
    const progress = advance(after(lines, 5), hook("apply_start", "a.x", "create"), at(10)).progress;
    expect(heartbeatLine(progress, at(30))).toBe("[0/2] after 30 s: creating a.y (25 s), creating a.x (20 s)");
    expect(block(progress, at(30), 80)).toEqual(["[0/2] after 30 s", "  creating a.y (25 s)", "  creating a.x (20 s)"]);
  });

  test("what is waited for stands below, each on its line, where one line is too narrow", () => {
    const addresses = ["aws_security_group.one_of_a_long_name", "aws_security_group.another_of_a_long_name"];
    const lines = addresses.flatMap((address) => [planned(address, "create"), hook("apply_start", address, "create")]);
    expect(heartbeatLine(after([...lines, summary]), at(30)).split("\n")).toEqual([
      "[0/2] after 30 s:",
      ...addresses.map((address) => `  creating ${address} (30 s)`),
    ]);
  });

  test("deprecations in one sentence, each once", () => {
    const deprecated = (argument: string, address: string) =>
      event("diagnostic", {
        diagnostic: {
          severity: "warning",
          summary: "Argument is deprecated",
          detail: `${argument} is deprecated. Use another resource instead.`,
          address,
        },
      });
    const lines = [deprecated("acl", "aws_s3_bucket.a[0]"), deprecated("acl", "aws_s3_bucket.a[1]")];
    expect(deprecations(after([...lines, deprecated("rule", "aws_s3_bucket.b")]))).toBe(
      "Deprecated in the AWS provider, and kept as in the Terraform modules: aws_s3_bucket.a.acl, aws_s3_bucket.b.rule.",
    );
    expect(deprecations(begin(0))).toBeUndefined();
    expect(isDeprecation({ severity: "warning", summary: "Values are unknown" })).toBe(false);
  });

  test("a plan that is being made", () => {
    expect(block(begin(0), at(3), 80)).toEqual(["planning, 3 s"]);
    expect(block(after([event("refresh_complete")]), at(3), 80)).toEqual(["planning, 1 refreshed, 3 s"]);
  });

  test("a block fits its terminal in both directions", () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      hook("apply_start", `aws_resource.${"long".repeat(20)}${String(index)}`, "create"),
    );
    const lines = block(after([...many, summary]), at(1), 40, 5);
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe("  … and 15 more");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  });

  test("a diagnostic in full", () => {
    const diagnostic = {
      severity: "error" as const,
      summary: "Incorrect type",
      detail: "A bool is needed.",
      address: "aws_vpc.this",
      range: { filename: "cdk.tf.json", start: { line: 12 } },
      snippet: { context: "locals", code: '"a": 1,', start_line: 12 },
    };
    expect(diagnosticText(diagnostic)).toBe(
      'Error: Incorrect type\n\n  with aws_vpc.this,\n  on cdk.tf.json line 12, in locals:\n  12: "a": 1,\n\nA bool is needed.',
    );
    expect(diagnosticText({ severity: "warning", summary: "short" })).toBe("Warning: short");
    expect(
      diagnosticText({ severity: "warning", summary: "Old", detail: "Use\nthat instead.", address: "aws_x.y" }),
    ).toBe("Warning: Old; Use that instead.; aws_x.y");
  });
});
