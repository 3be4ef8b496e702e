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
