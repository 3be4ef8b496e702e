/** Says, in the last line, how many tests passed and how many failed, test files that do not run being failures. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    process.once("exit", () => process.stdout.write(`\n${numPassedTests} passed, ${failed} failed\n`));
  }
};
