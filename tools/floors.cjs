// Which way imports go, for dependency-cruiser (`npm run lint`): down the floors of docs/architecture.md, and in no circle.

/** The floors, from the lowest to the highest; a module may import other modules, the composition all of them. */
const FLOORS = [
  "^lib/hcl/",
  "^lib/contract/",
  "^lib/synth/",
  "^lib/aws/",
  "^modules/(?!metaflow/)",
  "^modules/metaflow/",
  "^lib/public/",
  "^(tools/|main[.]ts$)",
];

/** The tools, each with those that it may use. */
const TOOLS = {
  system: [],
  app: ["system"],
  terraform: ["system"],
  emulator: ["system", "terraform"],
  recover: ["system", "terraform"],
  publish: [],
  generate: ["publish", "system"],
  parity: ["system", "terraform", "emulator", "publish"],
  local: ["system", "app", "terraform", "emulator", "recover"],
  schemas: [],
  bench: ["system", "terraform", "emulator", "publish"],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that need each other are one concern, or a third one is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...FLOORS.slice(0, -1).map((floor, index) => ({
      name: `floor-${index + 1}`,
      comment: "An import goes down the floors only.",
      severity: "error",
      from: { path: floor },
      to: { path: FLOORS.slice(index + 1) },
    })),
    ...Object.entries(TOOLS).map(([tool, uses]) => ({
      name: `tool-${tool}`,
      comment: "A tool uses those below it only.",
      severity: "error",
      from: { path: `^tools/${tool}/` },
      to: { path: "^tools/[^/]+/", pathNot: [tool, ...uses].map((name) => `^tools/${name}/`) },
    })),
    {
      name: "nothing-of-the-tests",
      comment: "What the tests need of the project lies in it, and not the other way round.",
      severity: "error",
      from: { path: "^(lib|modules|tools|main[.]ts)" },
      to: { path: "^__tests__/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
  },
};
