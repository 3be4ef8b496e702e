import tseslint from "typescript-eslint";

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
  // The lists of modules and contracts require what lies in a folder, as a static import cannot.
  {
    files: ["**/*.js", "tools/contracts.ts", "tools/modules.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
