import tseslint from "typescript-eslint";

/** A resource or data source has its address by `resource()` (lib/synth/addresses.ts), and never by `new`. */
const resourcesHaveAddresses = {
  meta: {
    type: "problem",
    schema: [],
    messages: { byNew: "Declare {{name}} by resource(): its address is contract." },
  },
  create(context) {
    const classes = new Set();
    return {
      ImportDeclaration({ source, specifiers }) {
        if (!/^@cdktf\/provider-[a-z]+\/lib\/(?!provider$)/.test(source.value)) return;
        for (const { local } of specifiers) classes.add(local.name);
      },
      NewExpression(node) {
        const { name } = node.callee;
        if (classes.has(name)) context.report({ node, messageId: "byNew", data: { name } });
      },
    };
  },
};

export default tseslint.config(
  { ignores: ["dist", "cdktf.out", ".local", "node_modules", "coverage", "docs/api"] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-aws", "@cdktf/provider-random", "@cdktf/provider-archive"].map((name) => ({
            name,
            message: `Import the service's folder (${name}/lib/…): the package root loads every service.`,
          })),
        },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  {
    files: ["lib/**/*.ts", "modules/**/*.ts"],
    plugins: { project: { rules: { "resources-have-addresses": resourcesHaveAddresses } } },
    rules: { "project/resources-have-addresses": "error" },
  },
  // The lists of modules and contracts require what lies in a folder, as a static import cannot.
  {
    files: ["**/*.js", "**/*.cjs", "tools/contracts.ts", "tools/modules.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
