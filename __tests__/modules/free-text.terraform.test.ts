import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { RootConstruct } from "constructs";
import { PortableStack, type Configuration } from "../../lib/synth/stack";
import { MetadataService } from "../../modules/metadata-service";
import { MetadataServiceModule } from "../../modules/metadata-service/generated/call";
import { publishedFiles } from "../support/published";
import { terraformRoot } from "../support/terraform-root";

const PASSWORD = 'a "quote", ${x}, $${y}, %{ if z }, \\ and é 密碼\nnext';
const USER = 'meta"${flow}é';
const TAGS = { note: "größer = @ 5 密碼", "key: ключ": "a+b/c" };

/** A metadata service as a construct, and one as the call of the published module, with texts that Terraform could mistake. */
function configuration(): Configuration {
  const stack = new PortableStack(new RootConstruct(), "stack", { providers: {} });
  new ArchiveProvider(stack, "archive");
  const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnet = (zone: string, cidrBlock: string) =>
    new Subnet(stack, zone, { vpcId: vpc.id, cidrBlock, availabilityZone: `us-west-2${zone}` }).id;
  const props = {
    ...{ metaflowVpcId: vpc.id, subnet1Id: subnet("a", "10.0.0.0/24"), subnet2Id: subnet("b", "10.0.1.0/24") },
    ...{ resourcePrefix: "metaflow-", accessListCidrBlocks: [], vpcCidrBlocks: ["10.0.0.0/16"] },
    ...{ databasePassword: PASSWORD, databaseUsername: USER, standardTags: TAGS },
    datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    dbMigrateLambdaRuntime: "python3.13",
    fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
    rdsMasterInstanceEndpoint: "db.example.com:5432",
    s3BucketArn: "arn:aws:s3:::metaflow",
  };
  new MetadataService(stack, "constructed", { ...props, resourceSuffix: "-constructed" });
  new MetadataServiceModule(stack, "called", {
    ...props,
    resourceSuffix: "-called",
    source: "./modules/metadata-service",
  });
  return stack.toTerraform() as Configuration;
}

interface Task {
  readonly container_definitions: string;
  readonly tags: Record<string, string>;
}

test("text that Terraform could mistake arrives in AWS as it was given, by both faces", async () => {
  const root = terraformRoot(configuration() as Record<string, unknown>, { files: publishedFiles() });
  await root.apply();
  const { values } = (await root.state()) as {
    values: { root_module: { resources: Resource[]; child_modules: { resources: Resource[] }[] } };
  };
  interface Resource {
    readonly type: string;
    readonly values: Task;
  }
  const { resources, child_modules: called } = values.root_module;
  const tasks = [...resources, ...called.flatMap((module) => module.resources)]
    .filter(({ type }) => type === "aws_ecs_task_definition")
    .map((resource) => resource.values);
  expect(tasks).toHaveLength(2);
  for (const { container_definitions: definitions, tags } of tasks) {
    const [{ environment } = { environment: [] }] = JSON.parse(definitions) as {
      environment: { name: string; value: string }[];
    }[];
    const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
    expect(variables).toMatchObject({ MF_METADATA_DB_PSWD: PASSWORD, MF_METADATA_DB_USER: USER });
    expect(tags).toMatchObject(TAGS);
  }
  expect(await root.changes()).toEqual([]);
});
