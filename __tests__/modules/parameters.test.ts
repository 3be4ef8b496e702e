import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { added, block } from "../support/blocks";
import { expectOnlyAdds, metaflow } from "../support/composition";
import { synthesized, type Configuration } from "../support/synth";

// Metaflow's keys as parameters of Systems Manager, as they are synthesized; web-interface.terraform.test.ts applies them.

const PATH = "/metaflow/prod";
const KEY = "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const withParameters = (props: MetaflowProps = {}) => metaflow({ parameterPath: PATH, ...props });

type Parameter = Readonly<Record<string, unknown>> & { readonly name: string; readonly value: string };
const parametersOf = ({ resource = {} }: Configuration) =>
  Object.entries((resource.aws_ssm_parameter ?? {}) as Readonly<Record<string, Parameter>>);
/** The keys that there are parameters of, or may be. */
const keysOf = (configuration: Configuration) =>
  parametersOf(configuration)
    .map(([, { name }]) => name.replace(`${PATH}/`, ""))
    .sort();

const OF_SERVICE = [
  "METAFLOW_DATASTORE_SYSROOT_S3",
  "METAFLOW_DATATOOLS_S3ROOT",
  "METAFLOW_DEFAULT_DATASTORE",
  "METAFLOW_DEFAULT_METADATA",
  "METAFLOW_SERVICE_INTERNAL_URL",
  "METAFLOW_SERVICE_URL",
];
const AUTH_KEY = "METAFLOW_SERVICE_AUTH_KEY";
const OF_BATCH = ["METAFLOW_BATCH_JOB_QUEUE", "METAFLOW_ECS_S3_ACCESS_IAM_ROLE"];
const OF_STEP_FUNCTIONS = [
  "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE",
  "METAFLOW_SFN_DYNAMO_DB_TABLE",
  "METAFLOW_SFN_IAM_ROLE",
  "METAFLOW_SFN_STATE_MACHINE_PREFIX",
];
const LOG_GROUP = "METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN";
const OF_REPOSITORY = ["METAFLOW_BATCH_CONTAINER_IMAGE", "METAFLOW_BATCH_CONTAINER_REGISTRY"];
const ALL = [...OF_SERVICE, AUTH_KEY, ...OF_BATCH, ...OF_STEP_FUNCTIONS, LOG_GROUP];
const UI = { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1" };

test("where the option is not set, there is no trace of it, and everything else is as without it", () => {
  expect(JSON.stringify(metaflow())).not.toMatch(/ssm_parameter/);
  expect(expectOnlyAdds({ parameterPath: PATH }, "aws_ssm_parameter")).toHaveLength(ALL.length);
});

test("each has a stable address", () => {
  expect(added(withParameters(), metaflow())).toEqual(
    ALL.map((key) => `aws_ssm_parameter.parameters_${key.replace("METAFLOW_", "").toLowerCase()}`).sort(),
  );
});

const CASES: readonly (readonly [what: string, props: MetaflowProps, keys: readonly string[]])[] = [
  ["the defaults", {}, ALL],
  ["no compute", { compute: false }, [...OF_SERVICE, AUTH_KEY]],
  ["no API key", { apiBasicAuth: false, accessListCidrBlocks: ["10.0.0.0/8"] }, ALL.filter((key) => key !== AUTH_KEY)],
  ["no REST API", { restApi: "none" }, ALL.filter((key) => key !== AUTH_KEY)],
  ["no Step Functions", { enableStepFunctions: false }, [...OF_SERVICE, AUTH_KEY, ...OF_BATCH]],
  ["no log of executions", { stepFunctionsExecutionLogs: false }, ALL.filter((key) => key !== LOG_GROUP)],
  ["a repository", { enableCustomBatchContainerRegistry: true }, [...ALL, ...OF_REPOSITORY]],
  [
    "an environment on Fargate",
    { computeEnvironments: { small: { type: "FARGATE" } } },
    [...ALL, "METAFLOW_ECS_FARGATE_EXECUTION_ROLE"],
  ],
  ["the web interface", { ui: UI }, [...ALL, "METAFLOW_UI_URL"]],
  ["a null", { parameterPath: null as never }, []],
];

describe.each(CASES)("with %s", (_, props, keys) => {
  test("there is a parameter of each key, and of no other", () => {
    expect(keysOf(withParameters(props))).toEqual([...keys].sort());
  });

  test("each has the key's value in the profile", () => {
    const configuration = synthesized((stack) => {
      const it = new Metaflow(stack, "Default", { s3BucketName: "acme-metaflow", parameterPath: PATH, ...props });
      new TerraformOutput(stack, "profile", { value: it.metaflowProfileJson, sensitive: true });
    });
    const profile = String(configuration.output?.profile?.value);
    if (keys.length > 0) expect(profile.match(/METAFLOW_\w+/g)?.sort()).toEqual([...keys].sort());
    const others = parametersOf(configuration).filter(([, { name, value }]) => {
      // A value is a template, or one expression by itself.
      const forms = [`"${value}"`, value.replace(/^\$\{(.*)\}$/, "$1")];
      return !forms.some((form) => profile.includes(`"${name.replace(`${PATH}/`, "")}" = ${form}`));
    });
    expect(others).toEqual([]);
  });
});

test.each<[what: string, props: MetaflowProps, keyId: string | undefined]>([
  ["AWS's own key for it", {}, undefined],
  ["the deployment's key", { kmsKeyArn: KEY }, KEY],
])("the API key alone is encrypted, by %s", (_, props, keyId) => {
  const configuration = withParameters(props);
  const secret = parametersOf(configuration).filter(([, { type }]) => type !== "String");
  expect(secret).toEqual([
    [
      "parameters_service_auth_key",
      expect.objectContaining({
        type: "SecureString",
        value: "${aws_api_gateway_api_key.metadata_service_this[0].value}",
      }),
    ],
  ]);
  expect(
    parametersOf(configuration)
      .map(([, { key_id: id }]) => id)
      .filter((id) => id !== undefined),
  ).toEqual(keyId === undefined ? [] : [keyId]);
  // What is sensitive stays so in a plan.
  expect(JSON.stringify(configuration.resource?.aws_ssm_parameter)).not.toContain("insecure_value");
});

test("each has the tags", () => {
  const standardTags = { team: "data" };
  const tags = parametersOf(withParameters({ standardTags })).map(([, parameter]) => parameter.tags);
  expect(tags).toEqual(ALL.map(() => standardTags));
});

test("they are a property of the construct, by their keys", () => {
  const found: unknown[] = [];
  synthesized((stack) => {
    const it = new Metaflow(stack, "Default", { parameterPath: PATH });
    const other = new Metaflow(stack, "other", { resourcePrefix: "b-", apiGatewayAccountRole: false });
    found.push(
      Object.keys(it.parameters ?? {}).sort(),
      it.parameters?.METAFLOW_SERVICE_URL?.nameInput,
      other.parameters,
    );
  });
  expect(found).toEqual([[...ALL].sort(), `${PATH}/METAFLOW_SERVICE_URL`, undefined]);
});

describe("in the stack, whose variables decide", () => {
  const stack = new MetaflowStack(new RootConstruct(), "metaflow", { options: { parameterPath: PATH, ui: UI } });
  const configuration = stack.toTerraform() as Configuration;
  const counts = new Map(
    parametersOf(configuration).map(([, { name, count }]) => [name.replace(`${PATH}/`, ""), count]),
  );
  const ofStepFunctions = "${var.enable_step_functions ? 1 : 0}";
  const ofRepository = "${var.enable_custom_batch_container_registry ? 1 : 0}";

  test.each<[keys: readonly string[], count: string | undefined]>([
    [[...OF_SERVICE, ...OF_BATCH, "METAFLOW_UI_URL"], undefined],
    [[AUTH_KEY], "${var.api_basic_auth ? 1 : 0}"],
    [OF_STEP_FUNCTIONS, ofStepFunctions],
    [[LOG_GROUP], "${var.enable_step_functions && var.step_functions_execution_logs ? 1 : 0}"],
    [OF_REPOSITORY, ofRepository],
  ])("%j are counted by %s", (keys, count) => {
    expect(keys.map((key) => [key, counts.has(key), counts.get(key)])).toEqual(keys.map((key) => [key, true, count]));
  });

  test("there are no others", () => {
    expect([...counts.keys()].sort()).toEqual([...ALL, ...OF_REPOSITORY, "METAFLOW_UI_URL"].sort());
  });

  test("the sensitive outputs are those without parameters", () => {
    const sensitive = Object.entries(configuration.output ?? {}).filter(([, output]) => output.sensitive);
    expect(sensitive.map(([name]) => name).sort()).toEqual([AUTH_KEY, "metaflow_profile_json"]);
  });
});

test.each<[path: unknown, message: string]>([
  ["metaflow", 'received "metaflow"'],
  ["/metaflow/", 'received "/metaflow/"'],
  ["/AWS/metaflow", "does not begin with /aws or /ssm in any case; received"],
  ["/ssm", "does not begin with /aws or /ssm in any case; received"],
  ["/a".repeat(15), "a path of 1 to 14 levels"],
  ["/meta flow", "letters, digits and _.-"],
  ["", 'received ""'],
  [true, "parameterPath must be a string; received true."],
])("the path %j is refused", (parameterPath, message) => {
  const make = () => metaflow({ parameterPath: parameterPath as never });
  expect(make).toThrow(/^Metaflow at stack\/Default: parameterPath must be /);
  expect(make).toThrow(message);
});

describe("of a path that Terraform alone knows", () => {
  const configuration = synthesized((stack) => {
    const { stringValue: name } = new TerraformVariable(stack, "environment", {});
    new Metaflow(stack, "Default", { s3BucketName: "acme-metaflow", parameterPath: `/metaflow/${name}` });
  });

  test("the names are made by Terraform", () => {
    expect(block(configuration, "aws_ssm_parameter.parameters_service_url")).toMatchObject({
      name: "/metaflow/${var.environment}/METAFLOW_SERVICE_URL",
    });
  });

  test("a plan checks it before anything is created", () => {
    const { precondition } = block(configuration, "terraform_data.inputs_this")?.lifecycle as {
      precondition: { condition: string; error_message: string }[];
    };
    const messages = precondition.map(({ error_message: message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(
        /^parameterPath is "\/metaflow\/\$\{var\.environment\}"; it must be a path of 1 to 14 levels/,
      ),
    );
  });
});

test("two deployments that make parameters of the same path are refused", () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  const names = { apiGatewayAccountRole: false, parameterPath: PATH };
  new Metaflow(stack, "one", { ...names, resourcePrefix: "a-" });
  new Metaflow(stack, "two", { ...names, resourcePrefix: "b-" });
  expect(stack.node.validate()).toContainEqual(
    expect.stringMatching(
      /^stack\/one and stack\/two both make the parameter \(parameterPath\) "\/metaflow\/prod\/METAFLOW_\w+", .* of which AWS has one/,
    ),
  );
});
