import { App, Token } from "cdktf";
import {
  terraformName,
  type Contract,
  type Input,
  type InputType,
  type Option,
  type Options,
} from "../../lib/contract/contract";
import { Common } from "../../modules/common";
import { Datastore } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { CONSTRUCTS } from "../support/any-construct";
import { METADATA_SERVICE } from "../support/samples";
import { synthesized } from "../support/synth";

// What JavaScript, JSON (the context in cdktf.json) and a cast let through the types.

const NAMES: Record<InputType, string> = {
  string: "a string",
  number: "a number",
  bool: "true or false",
  "list(string)": "a list of strings",
  "map(string)": "a map of strings",
};

const SHARED: [shown: string, value: unknown][] = [["2020-01-01T00:00:00.000Z", new Date("2020-01-01")]];

const WRONG: Record<InputType, [shown: string, value: unknown][]> = {
  string: [["5", 5], ["true", true], ['["a"]', ["a"]], ['{"a":"b"}', { a: "b" }], ...SHARED],
  number: [['"5"', "5"], ["NaN", NaN], ["Infinity", Infinity], ["true", true], ["[5]", [5]], ...SHARED],
  bool: [
    ['"true"', "true"],
    ["1", 1],
    ["0", 0],
    ['""', ""],
    ["[]", []],
    ["{}", {}],
  ],
  "list(string)": [
    ['"a"', "a"],
    ["[1]", [1]],
    ["[null]", [null]],
    ['{"0":"a"}', { 0: "a" }],
    ["5", 5],
  ],
  "map(string)": [['["a"]', ["a"]], ['{"a":1}', { a: 1 }], ['{"a":null}', { a: null }], ['"a=b"', "a=b"], ...SHARED],
};

type Props = Record<string, unknown>;

/** What makes each construct, by its name; the stack of the app is one beside those of the modules. */
const MAKERS: Readonly<Record<string, (props: Props) => unknown>> = {
  ...Object.fromEntries(
    CONSTRUCTS.map(({ name, type }) => [
      name,
      (props: Props) => synthesized((stack) => new type(stack, "Default", props)),
    ]),
  ),
  MetaflowStack: (props) => new MetaflowStack(new App(), "metaflow", props).toTerraform(),
};

function refusal(construct: string, props: Props): string {
  try {
    MAKERS[construct]?.(props);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe.each(CONSTRUCTS)("the inputs of $name", ({ name: construct, contract: { inputs } }) => {
  test.each(Object.entries<Input>(inputs))("%s", (name, { type, sensitive }) => {
    for (const [shown, value] of WRONG[type]) {
      const received = sensitive ? `a ${typeof value}` : shown;
      expect(refusal(construct, { [name]: value })).toContain(
        `${name} (${terraformName(name)}) must be ${NAMES[type]}; received ${received}`,
      );
    }
  });
});

/** Each option, with the path to it. */
function entries(options: Options, path: readonly string[] = []): [string[], Option][] {
  return Object.entries<Option>(options).flatMap(([name, option]): [string[], Option][] => {
    const here = [...path, name];
    if (option.kind === "object") return [[here, option], ...entries(option.fields, here)];
    // The fields of one object in the map stand for those of all.
    if (option.kind === "object map") return [[here, option], ...entries(option.fields, [...here, "one"])];
    return [[here, option]];
  });
}

const nested = (path: readonly string[], value: unknown) =>
  path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Props;

const WITH_OPTIONS: (readonly [construct: string, contract: Contract])[] = [
  ...CONSTRUCTS.map(({ name, contract }) => [name, contract] as const),
  ["MetaflowStack", stackContract],
];

describe.each(WITH_OPTIONS.filter(([, { options = {} }]) => Object.keys(options).length > 0))(
  "the options of %s",
  (construct, { options = {} }) => {
    test.each(entries(options))("%j", (path, option) => {
      const label = path.join(".");
      if (option.kind === "object" || option.kind === "object map") {
        expect(refusal(construct, nested(path, "all"))).toContain(`${label} must be an object; received "all".`);
        expect(refusal(construct, nested(path, [1]))).toContain(`${label} must be an object; received [1].`);
        return;
      }
      if (option.kind === "dependencies") {
        expect(refusal(construct, nested(path, "all"))).toContain(
          `${label} must be a list of resources, data sources or`,
        );
        return;
      }
      const type = option.kind === "choice" ? "string" : option.type;
      for (const [shown, value] of WRONG[type]) {
        const received = option.kind === "value" && option.sensitive ? `a ${typeof value}` : shown;
        expect(refusal(construct, nested(path, value))).toContain(
          `${label} must be ${NAMES[type]}; received ${received}.`,
        );
      }
      if (option.kind === "choice" || option.literal) {
        const token = type === "bool" ? Token.asAny("${var.x}") : Token.asString(Token.asAny("${var.x}"));
        expect(refusal(construct, nested(path, token))).toContain(`${label} must be a literal; received a token`);
      }
    });
  },
);

test.each<[construct: string, props: Props, message: string]>([
  ["Datastore", { backupRetentionDays: 36 }, "backupRetentionDays must be a whole number from 0 to 35; received 36."],
  ["Datastore", { enhancedMonitoring: { intervalSeconds: 7, roleArn: "r" } }, "enhancedMonitoring.intervalSeconds"],
  ["Datastore", { databaseLogs: {} }, "databaseLogs.retentionDays is required."],
  ["MetadataService", { databaseSslMode: "on" }, "databaseSslMode must be one of disable, allow, prefer, require, "],
  ["MetadataService", { logs: { retentionDays: 2 } }, "logs.retentionDays must be one of 0, 1, 3, 5, 7,"],
  [
    "Metaflow",
    { databasePasswordMode: "vault" },
    "databasePasswordMode must be one of secret, write-only, environment;",
  ],
  [
    "MetaflowStack",
    { backend: { table: "locks" } },
    "backend has no option table; it has bucket, key, region, kmsKeyId, profile, assumeRole.",
  ],
  [
    "MetaflowStack",
    { backend: { bucket: "state", key: "k", region: "us-west-2", assumeRole: { rolArn: "a" } } },
    "backend.assumeRole has no option rolArn (did you mean roleArn?); it has roleArn, externalId, sessionName.",
  ],
  [
    "MetaflowStack",
    { backend: { bucket: "state", key: "k", region: "us-west-2", assumeRole: { roleArn: "a" } } },
    "backend.assumeRole.roleArn must be the ARN of an IAM role",
  ],
  [
    "MetaflowStack",
    {
      backend: {
        ...{ bucket: "state", key: "k", region: "us-west-2" },
        assumeRole: { roleArn: "arn:aws:iam::123456789012:role/state", externalId: "x" },
      },
    },
    'backend.assumeRole.externalId must be 2 to 1224 letters, digits and _+=,.@:/-; received "x".',
  ],
  [
    "MetaflowStack",
    { options: { databasePasword: "secret" } },
    "options has no option databasePasword (did you mean databasePasswordMode?).",
  ],
  ["MetaflowStack", { options: { tracing: "no" } }, 'options.tracing must be true or false; received "no".'],
  ["MetaflowStack", { options: true }, "options must be an object; received true."],
  ["MetaflowStack", { backend: { bucket: "state" } }, "backend.key is required."],
  ["MetaflowStack", { backend: { bucket: "state" } }, "backend.region is required."],
  ["MetaflowStack", { backend: { bucket: "A", key: "k", region: "us-west-2" } }, "backend.bucket must be "],
])("%s refuses %j", (construct, props, message) => {
  expect(refusal(construct, props)).toContain(message);
});

test("an option that is an object may be more than is asked of it, such as a construct", () => {
  const { resource } = synthesized((stack) => {
    const logs = Object.assign(new Common(stack, "common"), { retentionDays: 30 });
    return new MetadataService(stack, "Default", { ...METADATA_SERVICE, logs });
  });
  expect(resource?.aws_cloudwatch_log_group?.this?.retention_in_days).toBe(30);
});

test("an option's text is plain text, and a token stays one", () => {
  const { resource } = synthesized(
    (stack) =>
      new Datastore(stack, "Default", {
        ...{ resourcePrefix: "a-", resourceSuffix: "-b", metadataServiceSecurityGroupId: "sg-0a1b2c3d" },
        ...{ metaflowVpcId: "vpc-0a1b2c3d", subnet1Id: "subnet-0a1b2c3d", subnet2Id: "subnet-0a1b2c3e" },
        standardTags: {},
        keyPolicy: '{"Resource":"${aws:username}"}',
        deletionProtection: Token.asAny("${var.protect}"),
      }),
  );
  expect(resource?.aws_kms_key?.s3?.policy).toBe('{"Resource":"$${aws:username}"}');
  expect(resource?.aws_db_instance?.this?.deletion_protection).toBe("${var.protect}");
});
