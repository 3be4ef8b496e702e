const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * How long test files take alone, in seconds, where that is more than a minute: most of it is the AWS provider's waiting for
 * databases and load balancers. They start first, so that the others use the processor meanwhile.
 */
const SECONDS = {
  "modules/changes-applied.terraform.test.ts": 500,
  "modules/hardening.terraform.test.ts": 480,
  "docs/operations.terraform.test.ts": 450,
  "docs/operations-database.terraform.test.ts": 440,
  "modules/final-snapshot.terraform.test.ts": 430,
  "modules/web-interface.terraform.test.ts": 420,
  "local.terraform.test.ts": 360,
  "docs/migrate-from-hcl.terraform.test.ts": 290,
  "modules/stack.terraform.test.ts": 280,
  "modules/again.terraform.test.ts": 270,
  "modules/write-only.terraform.test.ts": 230,
  "app.terraform.test.ts": 210,
  "modules/parity.terraform.test.ts": 180,
  "modules/bad-input.terraform.test.ts": 165,
  "modules/late-data.terraform.test.ts": 160,
  "modules/bring-your-own.terraform.test.ts": 150,
  "modules/changes.terraform.test.ts": 140,
  "modules/examples.terraform.test.ts": 140,
  "package-use.checks.test.ts": 130,
  "docs/migrate-from-cloudformation.terraform.test.ts": 125,
  "tools/emulator/python.checks.test.ts": 100,
  "structure.checks.test.ts": 90,
  "package.terraform.test.ts": 90,
  "modules/calls.terraform.test.ts": 80,
  "scan.terraform.test.ts": 80,
};

/** Runs the longest files first, and those of a minute or less in the order that Jest gives them. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => secondsOf(other) - secondsOf(one));
  }
};

function secondsOf({ path }) {
  const known = Object.keys(SECONDS).find((file) => path.endsWith(`/__tests__/${file}`));
  return known === undefined ? 0 : SECONDS[known];
}
