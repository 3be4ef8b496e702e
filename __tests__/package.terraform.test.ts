import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatedOverride } from "../tools/terraform/environment";
import { freshAccount } from "./support/emulated-aws";
import { PackageUser } from "./support/package";
import { packedProject } from "./support/packed";
import { publishedFiles } from "./support/published";
import { terraformRoot } from "./support/terraform-root";

/** An app of someone's own: one datastore as a construct, one as the call of the published module. */
const APP = `
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Datastore, DatastoreModule } from "cdktf-metaflow/datastore";

const app = new App();
const stack = new TerraformStack(app, "stores");
new AwsProvider(stack, "aws", { region: "us-west-2" });
new RandomProvider(stack, "random");

const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
const subnet = (name: string, cidrBlock: string) =>
  new Subnet(stack, name, { vpcId: vpc.id, cidrBlock, availabilityZone: \`us-west-2\${name}\` });
const props = {
  resourcePrefix: "packed-",
  metadataServiceSecurityGroupId: new SecurityGroup(stack, "service", { vpcId: vpc.id }).id,
  metaflowVpcId: vpc.id,
  subnet1Id: subnet("a", "10.0.0.0/24").id,
  subnet2Id: subnet("b", "10.0.1.0/24").id,
  standardTags: { note: "naïve: a=b+c" },
  dbEngineVersion: "17",
  dbInstanceType: "db.t4g.small",
};
const constructed = new Datastore(stack, "constructed", { ...props, resourceSuffix: "-constructed" });
const called = new DatastoreModule(stack, "called", {
  ...props,
  source: "./modules/datastore",
  resourceSuffix: "-called",
  standardTags: { ...props.standardTags, beside: constructed.s3BucketName },
});
new TerraformOutput(stack, "buckets", { value: [constructed.s3BucketName, called.s3BucketName] });
new TerraformOutput(stack, "urls", {
  value: [constructed.METAFLOW_DATASTORE_SYSROOT_S3, called.METAFLOW_DATASTORE_SYSROOT_S3],
});
app.synth();
`;

test("an app that uses the installed package is applied, and a second plan is empty", async () => {
  const user = new PackageUser();
  await user.install(await packedProject());
  user.write({ "app.ts": APP });
  expect(await user.compile(["app.ts"], "--module", "node16", "--skipLibCheck")).toBe("");
  expect(await user.node("app.js")).toMatchObject({ code: 0 });

  const stack = readFileSync(join(user.folder, "cdktf.out", "stacks", "stores", "cdk.tf.json"), "utf8");
  const configuration = JSON.parse(stack) as Record<string, unknown>;
  const account = freshAccount();
  const override = JSON.stringify(emulatedOverride(configuration, account));
  const root = terraformRoot(configuration, {
    account,
    files: { ...publishedFiles(), "emulated_override.tf.json": override },
  });
  await root.apply();

  expect(await root.output("buckets")).toEqual(["packed-s3-constructed", "packed-s3-called"]);
  expect(await root.output("urls")).toEqual(["s3://packed-s3-constructed/metaflow", "s3://packed-s3-called/metaflow"]);
  expect(await root.addresses()).toEqual(
    expect.arrayContaining(["aws_db_instance.constructed_this[0]", "module.called.aws_db_instance.this[0]"]),
  );
  const state = JSON.stringify(await root.state());
  expect(state).toContain('"note":"naïve: a=b+c"');
  expect(state).toContain('"beside":"packed-s3-constructed"');
  expect(await root.changes()).toEqual([]);
});
