import { ProgressDisplay } from "../../../tools/terraform/display";

function shown(isTTY: boolean, environment: NodeJS.ProcessEnv = {}) {
  let written = "";
  let now = 0;
  const screen = { isTTY, columns: 60, write: (text: string) => (written += text) };
  const display = new ProgressDisplay(screen, environment, () => now);
  const events = {
    plan: { type: "planned_change", change: { resource: { addr: "a.x" }, action: "create" } },
    summary: { type: "change_summary" },
    start: { type: "apply_start", hook: { resource: { addr: "a.x" }, action: "create" } },
    complete: { type: "apply_complete", hook: { resource: { addr: "a.x" }, action: "create", elapsed_seconds: 20 } },
    error: { type: "diagnostic", diagnostic: { severity: "error", summary: "no" } },
    deprecated: {
      type: "diagnostic",
      diagnostic: {
        severity: "warning",
        summary: "Argument is deprecated",
        detail: "acl is deprecated.",
        address: "aws_s3_bucket.a",
      },
    },
  };
  return {
    send: (...names: (keyof typeof events)[]) => {
      names.forEach((name) => {
        display.line(JSON.stringify(events[name]));
      });
    },
    wait: (seconds: number) => {
      now += seconds * 1000;
      display.tick();
    },
    display,
    text: () => written,
  };
}

test("without a terminal: a line a resource and, every 15 seconds, what is waited for", () => {
  const { send, wait, text } = shown(false);
  send("plan", "summary", "start");
  wait(10);
  expect(text()).toBe("");
  wait(10);
  expect(text()).toBe("[0/1] after 20 s: creating a.x (20 s)\n");
  wait(10);
  send("complete");
  expect(text()).toBe("[0/1] after 20 s: creating a.x (20 s)\n[1/1] a.x created (20 s)\n");
});

test("on a terminal: one block that takes its own place, and goes at the end", () => {
  const { send, wait, text, display } = shown(true);
  send("plan", "summary", "start");
  wait(1);
  expect(text()).toBe("[0/1] after 1 s\n  creating a.x (1 s)\n");
  wait(1);
  expect(text()).toMatch(/\u001b\[2A\u001b\[J\[0\/1\] after 2 s\n {2}creating a\.x \(2 s\)\n$/);
  send("complete");
  display.stop();
  expect(text()).toMatch(/\u001b\[2A\u001b\[J$/);
});

test("an error stands above the block, in colour unless NO_COLOR says otherwise", () => {
  const colourful = shown(true);
  colourful.send("error");
  expect(colourful.text()).toBe("\u001b[31mError:\u001b[0m no\n\n");
  for (const plain of [shown(true, { NO_COLOR: "1" }), shown(false)]) {
    plain.send("error");
    expect(plain.text()).toBe("Error: no\n\n");
  }
});

test("a dumb terminal gets lines", () => {
  const { send, text } = shown(true, { TERM: "dumb", NO_COLOR: "1" });
  send("plan", "summary", "start", "complete");
  expect(text()).toBe("[1/1] a.x created (20 s)\n");
});

test("a deprecation is said at the end, in one sentence", () => {
  const { send, display, text } = shown(false);
  send("plan", "deprecated", "deprecated", "summary", "start", "complete");
  expect(text()).toBe("[1/1] a.x created (20 s)\n");
  display.stop();
  expect(text().split("\n").slice(1)).toEqual([
    "Deprecated in the AWS provider, and kept as in the Terraform modules:",
    "aws_s3_bucket.a.acl.",
    "",
  ]);
});

test("prose is wrapped at 80 columns, and an indented command is not", () => {
  const { display, text } = shown(false);
  const command = `  ${"x".repeat(100)} y`;
  display.say(`${"word ".repeat(30).trim()}\n${command}\n${"y".repeat(90)} z`);
  expect(text()).toBe(`${"word ".repeat(16).trim()}\n${"word ".repeat(14).trim()}\n${command}\n${"y".repeat(90)}\nz\n`);
});
