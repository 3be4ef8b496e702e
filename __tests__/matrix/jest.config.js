// `npm run test:matrix`: the versions that the project supports. It needs the network (npm, Go's module proxy) and Go,
// and so is no part of `npm test`.
const path = require("node:path");

const rootDir = path.join(__dirname, "..", "..");
const { projects } = require(path.join(rootDir, "package.json")).jest;
const { transform, modulePathIgnorePatterns } = projects[0];
const project = (displayName, more) => ({
  displayName,
  rootDir,
  testEnvironment: "node",
  modulePathIgnorePatterns,
  transform,
  testMatch: [`<rootDir>/__tests__/matrix/**/${displayName}.matrix.ts`],
  ...more,
});

module.exports = {
  rootDir,
  reporters: ["default", "<rootDir>/__tests__/support/closing-line.js"],
  testTimeout: 1_800_000,
  projects: [
    project("bindings"),
    project("node"),
    project("terraform", {
      globalSetup: "<rootDir>/__tests__/support/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/support/global-teardown.ts",
    }),
  ],
};
