import { App, Fn, propertyAccess, TerraformIterator, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct, RootConstruct } from "constructs";
import { terraformName, type Contract, type Input } from "../../lib/contract/contract";
import { CommonModule } from "../../modules/common/generated/call";
import { DatastoreModule, type DatastoreModuleProps } from "../../modules/datastore/generated/call";
import { publishedModules } from "../../tools/modules";
import { DATASTORE } from "../support/samples";
import { synthesized, type Configuration } from "../support/synth";

interface ModuleClass {
  readonly name: string;
  readonly contract: Contract;
  readonly call: (scope: Construct, id: string, props: object) => Construct;
}

const classes: readonly ModuleClass[] = [...publishedModules()].map(([name, { contract, call }]) => ({
  name,
  contract,
  call: (scope, id, props) => new call(scope, id, { source: `./${name}`, ...props } as never) as Construct,
}));

const withInputs = classes.filter(({ contract }) => Object.keys(contract.inputs).length > 0);

const datastore: DatastoreModuleProps = { ...DATASTORE, standardTags: {}, source: "./datastore" };

/** The calls of a configuration, without CDKTF's metadata. */
function calls(configuration: Configuration): Record<string, Record<string, unknown>> {
  const { module } = configuration as { module?: Record<string, Record<string, unknown>> };
  return Object.fromEntries(
    Object.entries(module ?? {}).map(([id, call]) => [
      id,
      Object.fromEntries(Object.entries(call).filter(([key]) => key !== "//")),
    ]),
  );
}

/** A value that an input takes. */
function sample(name: string, input: Input): unknown {
  const special: Record<string, unknown> = {
    maintenanceWindow: "Mon:00:00-Mon:03:00",
    caCertIdentifier: "rds-ca-rsa2048-g1",
    datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    dbEngine: "aurora-postgresql",
    dbEngineVersion: "17",
    dbInstanceType: "db.t4g.small",
    dbMigrateLambdaRuntime: "python3.13",
    ecsClusterSettings: { containerInsights: "enabled" },
    fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
    iamPartition: "aws-cn",
    metadataServiceSecurityGroupId: "sg-0a1b2c3d4e5f60718",
    metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
    s3BucketArn: "arn:aws:s3:::bucket",
    extraConfiguration: { METAFLOW_UI_URL: "https://metaflow.example.com" },
    instanceType: "ml.m5.large",
    kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    platformIdentifier: "notebook-al2023-v1",
    subnetId: "subnet-0a1b2c3d4e5f60718",
    volumeSize: 50,
    subnet1Id: "subnet-0a1b2c3d4e5f60718",
    subnet2Id: "subnet-0a1b2c3d4e5f60719",
    accessListCidrBlocks: ["198.51.100.0/24"],
    vpcCidrBlocks: ["10.20.0.0/16"],
    batchJobQueueArn: "arn:aws:batch:us-west-2:123456789012:job-queue/metaflow",
    computeEnvironmentEgressCidrBlocks: ["10.20.0.0/16"],
    certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
    launchTemplateHttpEndpoint: "disabled",
    launchTemplateHttpTokens: "required",
    uiAllowList: ["10.20.0.0/16"],
    uiCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    s3BucketKmsArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    batchJobQueueArns: ["arn:aws:batch:us-west-2:123456789012:job-queue/metaflow"],
    batchJobRoleArns: ["arn:aws:iam::123456789012:role/jobs"],
    stateMachinePrefix: "metaflow",
    stepFunctionsRoleArns: ["arn:aws:iam::123456789012:role/states"],
    maxSessionDuration: 7200,
    s3Folders: ["metaflow"],
    userRolePrincipals: ["arn:aws:iam::123456789012:root"],
  };
  const ofType = { string: name, number: 7, bool: true, "list(string)": [name], "map(string)": { [name]: name } };
  return special[name] ?? ofType[input.type];
}

describe.each(classes)("the class of $name", ({ name, contract, call }) => {
  const required = Object.fromEntries(
    Object.entries<Input>(contract.inputs)
      .filter(([, input]) => input.default === undefined)
      .map(([prop, input]) => [prop, sample(prop, input)]),
  );

  test("writes what is given and nothing else", () => {
    const configuration = synthesized((stack) => call(stack, "it", required));
    const given = Object.entries(required).map(([prop, value]) => [terraformName(prop), value]);
    expect(calls(configuration)).toEqual({ it: { source: `./${name}`, ...Object.fromEntries(given) } });
  });

  test.each(Object.keys(contract.outputs))("refers to the output %s", (output) => {
    const configuration = synthesized((stack) => {
      const module = call(stack, "it", required);
      new TerraformOutput(stack, "out", { value: (module as unknown as Record<string, unknown>)[output] });
    });
    expect(configuration.output?.out?.value).toBe(`\${module.it.${terraformName(output)}}`);
  });
});

describe.each(withInputs)("the class of $name", ({ contract, call }) => {
  const all = Object.fromEntries(
    Object.entries<Input>(contract.inputs).map(([prop, input]) => [prop, sample(prop, input)]),
  );
  const { it: written = {} } = calls(synthesized((stack) => call(stack, "it", all)));

  test.each(Object.keys(contract.inputs))("passes %s on under its name in Terraform", (prop) => {
    expect(written[terraformName(prop)]).toEqual(all[prop]);
  });

  test("refuses all that the construct refuses, naming each input", () => {
    const [text = "", ...others] = Object.keys(contract.inputs).filter(
      (prop) => contract.inputs[prop]?.default === undefined,
    );
    const given = { ...all, [text]: [5], ...Object.fromEntries(others.map((prop) => [prop, undefined])) };
    let message = "";
    expect(() =>
      synthesized((stack) => {
        try {
          call(stack, "it", given);
        } catch (error) {
          message = String(error);
          throw error;
        }
      }),
    ).toThrow();
    expect(message).toContain(`${contract.construct}Module at stack/it:`);
    expect(message).toContain(`${text} (${terraformName(text)}) must be `);
    for (const prop of others) expect(message).toContain(`${prop} (${terraformName(prop)}) is required: `);
  });
});

test.each([
  ["a literal with Terraform's signs", () => "${x} %{ if y }", "$${x} %%{ if y }"],
  ["a variable", (variable: TerraformVariable) => variable.stringValue, "${var.v}"],
  ["a variable in a text", (variable: TerraformVariable) => `a-${variable.stringValue}-\${b}`, "a-${var.v}-$${b}"],
  ["a function", (variable: TerraformVariable) => Fn.lower(variable.value) as string, "${lower(var.v)}"],
])("passes %s on as the construct does", (_, value, expected) => {
  const configuration = synthesized((stack) => {
    const text = value(new TerraformVariable(stack, "v", {}));
    new DatastoreModule(stack, "it", { ...datastore, s3BucketName: text, dbParameters: { name: text } });
  });
  expect(calls(configuration).it).toMatchObject({ s3_bucket_name: expected, db_parameters: { name: expected } });
});

test("leaves null to the module's default", () => {
  const props = { ...datastore, s3BucketName: null } as unknown as DatastoreModuleProps;
  expect(calls(synthesized((stack) => new DatastoreModule(stack, "it", props))).it).not.toHaveProperty(
    "s3_bucket_name",
  );
});

test("has the version, the dependencies and the iterator of any module's call", () => {
  const configuration = synthesized((stack) => {
    const first = new DatastoreModule(stack, "first", datastore);
    new DatastoreModule(stack, "second", {
      ...datastore,
      source: "acme/metaflow/aws//modules/datastore",
      version: "~> 1.0",
      resourcePrefix: TerraformIterator.fromList(["a", "b"]).value as string,
      dependsOn: [first],
      forEach: TerraformIterator.fromList(["a", "b"]),
    });
  });
  expect(calls(configuration).second).toMatchObject({
    source: "acme/metaflow/aws//modules/datastore",
    version: "~> 1.0",
    resource_prefix: "${each.value}",
    depends_on: ["module.first"],
    for_each: '${toset(["a", "b"])}',
  });
});

describe("with forEach", () => {
  const each = (stack: TerraformStack) =>
    new DatastoreModule(stack, "it", { ...datastore, forEach: TerraformIterator.fromList(["a", "b"]) });

  test("an output is each instance's own", () => {
    expect(() => synthesized((stack) => each(stack).s3BucketArn)).toThrow(
      'DatastoreModule at stack/it: with forEach, each instance has an output s3_bucket_arn of its own; refer to one with propertyAccess(module.fqn, [key, "s3_bucket_arn"]).',
    );
  });

  test("propertyAccess refers to it", () => {
    const { output } = synthesized((stack) => {
      new TerraformOutput(stack, "out", { value: propertyAccess(each(stack).fqn, ["a", "s3_bucket_arn"]) });
    });
    expect(output?.out?.value).toBe("${module.it.a.s3_bucket_arn}");
  });
});

test("a call's address is its path, without a hash", () => {
  const configuration = synthesized((stack) => {
    const platform = new Construct(stack, "platform");
    new CommonModule(platform, "images", { source: "./common" });
    new CommonModule(stack, "images", { source: "./common" });
  });
  expect(Object.keys(calls(configuration)).sort()).toEqual(["images", "platform_images"]);
});

test("two calls at one address are refused", () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  new CommonModule(new Construct(stack, "a"), "b", { source: "./common" });
  new CommonModule(stack, "a_b", { source: "./common" });
  expect(stack.node.validate()).toEqual([
    "stack/a/b and stack/a_b have the same address, module.a_b: give one of the constructs another id",
  ]);
});

test("a local path stays as it is, whether or not the CDKTF command runs the app", () => {
  const context = { cdktfRelativeModules: ["./elsewhere"] };
  const stack = new TerraformStack(new App({ context }), "stack");
  new CommonModule(stack, "images", { source: "../../../modules/common" });
  expect(calls(stack.toTerraform() as Configuration).images).toEqual({ source: "../../../modules/common" });
});

test("is asked for assets, and then needs the command's list of local modules", () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  const props = { source: "./common", skipAssetCreationFromLocalModules: false };
  expect(() => new CommonModule(stack, "images", props)).toThrow("cdktfRelativeModules");
});
