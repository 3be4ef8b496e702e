/** Says, after the tests of faults, how many of each kind were tried and survived: the figures of docs/reliability.md. */
const KINDS = [
  ["terraform apply interrupted", /SIGINT \d+ s after/],
  ["terraform apply killed", /SIGKILL \d+ s after/],
  ["state lost", /brings back/],
  ["recovery that is not certain", /npm run recover (takes none|tells)/],
  ["AWS throttles or fails a third of the calls", /throttles or fails/],
  ["changed behind Terraform's back", /an apply mends, (?!with one apply)/],
  ["two applies at once, a lock left behind", /refused by the lock|taken away by force-unlock/],
  [
    "synth: full disk, no folder, half-written",
    /that cannot write|only a part is there|in the middle of a file|no folder to write/,
  ],
  ["npm run local interrupted or killed", /npm run local, stopped by SIG\w+, when /],
];

module.exports = class FaultFigures {
  onRunComplete(_contexts, { testResults }) {
    const faults = testResults.filter(({ testFilePath }) => /\.faults\.test\.ts$/.test(testFilePath));
    const tests = faults.flatMap(({ testResults: all }) => all).filter(({ status }) => status !== "pending");
    const rows = KINDS.flatMap(([kind, pattern]) => {
      const tried = tests.filter(({ fullName }) => pattern.test(fullName));
      const survived = tried.filter(({ status }) => status === "passed");
      return tried.length === 0 ? [] : [`  ${kind}: ${tried.length} tried, ${survived.length} survived`];
    });
    if (rows.length > 0) process.once("exit", () => process.stdout.write(`\nFaults\n${rows.join("\n")}\n`));
  }
};
