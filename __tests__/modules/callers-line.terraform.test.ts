import type { Diagnostic } from "../../tools/terraform/progress";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseFiles } from "../../tools/publish/release";
import { fixture, type ParityCase } from "../support/fixtures";
import { terraformRoot } from "../support/terraform-root";

const cases = fixture<Record<string, ParityCase>>("parity/cases.json");

/** The modules with inputs that they accept, by their names below. */
const MODULES = {
  datastore: { source: "./release/modules/datastore", inputs: cases["datastore-defaults"]?.inputs ?? {} },
  "metadata-service": {
    source: "./release/modules/metadata-service",
    inputs: cases["metadata-service-defaults"]?.inputs ?? {},
  },
  metaflow: { source: "./release", inputs: {} },
};

interface BadInput {
  readonly kind: "missing" | "mistyped" | "unknown" | "null" | "impossible";
  readonly module: keyof typeof MODULES;
  readonly input: string;
  /** HCL; absent where the input is not given. */
  readonly value?: string;
  readonly says: string;
}

const BAD: readonly BadInput[] = [
  {
    ...{ kind: "missing", module: "datastore", input: "resource_prefix" },
    says: 'Missing required argument: The argument "resource_prefix" is required, but no definition was found.',
  },
  {
    ...{ kind: "missing", module: "metadata-service", input: "vpc_cidr_blocks" },
    says: 'Missing required argument: The argument "vpc_cidr_blocks" is required, but no definition was found.',
  },
  {
    ...{ kind: "mistyped", module: "datastore", input: "resource_prefix", value: '["metaflow-"]' },
    says: "resource_prefix declared at release/modules/datastore/variables.tf.json:LINE: string required.",
  },
  {
    ...{ kind: "mistyped", module: "datastore", input: "standard_tags", value: '"metaflow"' },
    says: "standard_tags declared at release/modules/datastore/variables.tf.json:LINE: map of string required.",
  },
  {
    ...{ kind: "mistyped", module: "datastore", input: "apply_immediately", value: '"now"' },
    says: "apply_immediately declared at release/modules/datastore/variables.tf.json:LINE: a bool is required.",
  },
  {
    ...{ kind: "mistyped", module: "metadata-service", input: "metadata_service_cpu", value: '"half"' },
    says: "metadata_service_cpu declared at release/modules/metadata-service/variables.tf.json:LINE: a number is required.",
  },
  {
    ...{ kind: "mistyped", module: "metadata-service", input: "vpc_cidr_blocks", value: '"10.0.0.0/16"' },
    says: "vpc_cidr_blocks declared at release/modules/metadata-service/variables.tf.json:LINE: list of string required.",
  },
  {
    ...{ kind: "mistyped", module: "metaflow", input: "api_basic_auth", value: "{}" },
    says: "api_basic_auth declared at release/variables.tf.json:LINE: bool required.",
  },
  {
    ...{ kind: "unknown", module: "datastore", input: "resource_sufix", value: '"-dev"' },
    says: 'Unsupported argument: An argument named "resource_sufix" is not expected here.',
  },
  {
    ...{ kind: "unknown", module: "metadata-service", input: "subnet3_id", value: '"subnet-3"' },
    says: 'Unsupported argument: An argument named "subnet3_id" is not expected here.',
  },
  {
    ...{ kind: "unknown", module: "metaflow", input: "aws_region", value: '"us-west-2"' },
    says: 'Unsupported argument: An argument named "aws_region" is not expected here.',
  },
  {
    ...{ kind: "null", module: "datastore", input: "resource_suffix", value: "null" },
    says: "Invalid value for variable: Input resource_suffix must be a string, not null.",
  },
  {
    ...{ kind: "null", module: "datastore", input: "db_engine", value: "null" },
    says: "Invalid value for variable: Input db_engine must be an engine of RDS: postgres",
  },
  {
    ...{ kind: "null", module: "metadata-service", input: "database_password", value: "null" },
    says: "Invalid value for variable: Input database_password must be a string, not null.",
  },
  {
    ...{ kind: "null", module: "metadata-service", input: "access_list_cidr_blocks", value: "null" },
    says: "Invalid value for variable: Input access_list_cidr_blocks must be a list of strings, not null.",
  },
  {
    ...{ kind: "impossible", module: "datastore", input: "maintenance_window", value: '"Monday"' },
    says: "Invalid value for variable: Input maintenance_window must be in the format ddd:hh24:mi-ddd:hh24:mi",
  },
  {
    ...{ kind: "impossible", module: "metadata-service", input: "iam_partition", value: '"aws-moon"' },
    says: "Invalid value for variable: Input iam_partition must be one of aws, aws-us-gov",
  },
  {
    ...{ kind: "impossible", module: "metaflow", input: "vpc_cidr", value: '"10.0.0.0/8"' },
    says: "Invalid value for variable: Input vpc_cidr must be an IPv4 network of /16 to /28",
  },
];

describe("bad input of a published module is an error at the caller's line", () => {
  const errors: Diagnostic[] = [];

  beforeAll(async () => {
    const release = [...releaseFiles()].map(([path, text]) => [`release/${path}`, text]);
    const root = terraformRoot({}, { files: { ...Object.fromEntries(release), "main.tf": BAD.map(call).join("\n") } });
    await root.init();
    // Terraform reads a call's arguments before their values, and goes no further than the first call with a wrong one.
    const ofArguments = BAD.filter(({ kind }) => kind === "missing" || kind === "unknown");
    for (const some of [BAD.filter((bad) => !ofArguments.includes(bad)), ...ofArguments.map((bad) => [bad])]) {
      writeFileSync(join(root.folder, "main.tf"), some.map((bad) => call(bad, BAD.indexOf(bad))).join("\n"));
      const { stdout } = await root.run(["validate", "-json"], [1]);
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
      errors.push(...diagnostics.filter(({ severity }) => severity === "error"));
    }
  });

  test.each(BAD.map((bad, index) => ({ ...bad, index })))(
    "$kind: $input of $module",
    ({ index, input, value, says }) => {
      const found = errors.filter(({ snippet }) => snippet?.context === `module "bad_${index}"`);
      expect(found).toHaveLength(1);
      const [{ summary = "", detail = "", range, snippet } = {}] = found;
      const text = `${summary}: ${detail}`.replace(/\.tf\.json:[\d,-]+:/, ".tf.json:LINE:");
      expect(text).toContain(says);
      expect(range?.filename).toBe("main.tf");
      expect(snippet?.code.trim()).toBe(value === undefined ? `module "bad_${index}" {` : `${input} = ${value}`);
    },
  );

  test("and there is no other error", () => {
    expect(errors).toHaveLength(BAD.length);
  });
});

/** A call of a module with its bad input, and all else as it should be. */
function call({ module, input, value }: BadInput, index: number): string {
  const { source, inputs } = MODULES[module];
  const others = Object.entries<unknown>(inputs).filter(([name]) => name !== input);
  const lines = others.map(([name, good]) => `  ${name} = ${JSON.stringify(good)}`);
  const bad = value === undefined ? [] : [`  ${input} = ${value}`];
  return [`module "bad_${index}" {`, `  source = "${source}"`, ...lines, ...bad, "}", ""].join("\n");
}
