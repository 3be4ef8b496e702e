import { contract, bool, string, stringList, type Input } from "../../../lib/contract/contract";
import { listOf, oneOf } from "../../../lib/contract/rules";
import { ipv4Network } from "../../../lib/aws/networks";
import { declareVariables, type VariableOptions } from "../../../lib/contract/variables";
import { publishedFiles } from "../../support/published";
import { synthesized } from "../../support/synth";

/** A variable of an input, `it`. */
function variable(input: Input, options?: VariableOptions): Record<string, unknown> {
  const definition = contract({ construct: "Any", description: "Any", inputs: { it: input }, outputs: {} });
  const { variable: all } = synthesized((stack) => declareVariables<{ it: unknown }>(stack, definition, options));
  return all?.it ?? {};
}

const description = "Anything";
const notNull = (noun: string) => [
  { condition: "${var.it != null}", error_message: `Input it must be ${noun}, not null.` },
];

test.each<[string, Input, unknown]>([
  ["a required input is not null", string({ description }), notNull("a string")],
  ["an input with a default is not null", bool({ description, default: true }), notNull("true or false")],
  [
    "a list with a rule of its own is not null",
    stringList({ description, rule: listOf(ipv4Network) }),
    notNull("a list of strings"),
  ],
  ["an input that may be null has no check", string({ description, nullable: true }), undefined],
  ["an input whose default is null has no check", string({ description, default: null }), undefined],
])("%s", (_, input, validation) => {
  expect(variable(input).validation).toEqual(validation);
  expect(variable(input)).not.toHaveProperty("nullable");
});

test("an input with a rule that may be null is checked where it is not", () => {
  const input = string({ description, rule: oneOf("a"), nullable: true });
  expect(variable(input).validation).toMatchObject([{ condition: '${var.it == null ? true : var.it == "a"}' }]);
});

test.each<[string, Input, false | undefined]>([
  ["an input with a default", string({ description, default: "a" }), false],
  ["one that a module takes null for", string({ description, default: "a", nullable: true }), false],
  ["a required input", string({ description }), false],
  ["an input whose default is null", string({ description, default: null }), undefined],
])("where null is the default: %s", (_, input, nullable) => {
  expect(variable(input, { nullIsDefault: true })).toMatchObject(nullable === undefined ? {} : { nullable });
  expect(variable(input, { nullIsDefault: true }).nullable).toBe(nullable);
  expect(variable(input, { nullIsDefault: true })).not.toHaveProperty("validation");
});

/** The inputs for which the reference plans with null, and AWS takes the result. */
const NULLABLE: Record<string, readonly string[]> = {
  datastore: [
    ...["apply_immediately", "bucket_key_enabled", "ca_cert_identifier", "db_engine_version", "db_instance_tags"],
    ...["force_destroy_s3_bucket", "metaflow_vpc_id", "s3_bucket_name", "standard_tags"],
  ],
  "metadata-service": [
    ...["db_migrate_lambda_zip_file", "is_gov", "standard_tags", "vpc_cidr_blocks", "with_public_ip"],
  ],
};

test.each(Object.entries(NULLABLE))(
  "%s takes null where AWS takes the result, and says so elsewhere",
  (name, nullable) => {
    const file = publishedFiles()[`modules/${name}/variables.tf.json`] ?? "";
    const { variable: all } = JSON.parse(file) as {
      variable: Record<string, { validation?: { condition: string }[] }>;
    };
    const unchecked = Object.keys(all).filter((input) => {
      const [validation] = all[input]?.validation ?? [];
      return validation === undefined || validation.condition.startsWith(`\${var.${input} == null ? true :`);
    });
    expect(unchecked.sort()).toEqual([...nullable].sort());
  },
);
