import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { App, Aspects, S3Backend, TerraformOutput, TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { buildSync } from "esbuild";
import { Metaflow } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { project } from "../support/app-folder";
import type { Configuration } from "../support/synth";

const home = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-cdktf-"));
const newApp = () => new App({ outdir: mkdtempSync(join(home, "out-")) });

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

class OtherVendor extends TerraformProvider {}

/** A stack of a synthesized app. */
function read(app: App, id: string) {
  const text = readFileSync(join(app.outdir, "stacks", id, "cdk.tf.json"), "utf8");
  return JSON.parse(text) as Configuration & { terraform: { required_version: string; required_providers: object } };
}

/** Every resource of a configuration. */
const resources = ({ resource = {} }: Configuration) =>
  Object.values(resource).flatMap((named) => Object.values(named));

describe("of what CDKTF's documentation shows, in the app's stack,", () => {
  test("the terraform block can be overridden", () => {
    const app = newApp();
    const stack = new MetaflowStack(app, "metaflow");
    stack.addOverride("terraform.required_version", ">= 1.9");
    stack.addOverride("terraform.required_providers.aws.version", "5.100.0");
    app.synth();
    const { terraform } = read(app, "metaflow");
    expect(terraform).toMatchObject({
      required_version: ">= 1.9",
      required_providers: {
        aws: { source: "hashicorp/aws", version: "5.100.0" },
        random: { source: "hashicorp/random" },
      },
    });
  });

  test("a provider of another vendor is required", () => {
    const app = newApp();
    const stack = new MetaflowStack(app, "metaflow");
    new OtherVendor(stack, "datadog", {
      terraformResourceType: "datadog",
      terraformGeneratorMetadata: { providerName: "datadog", providerVersionConstraint: "~> 3.0" },
      terraformProviderSource: "DataDog/datadog",
    });
    app.synth();
    expect(read(app, "metaflow").terraform.required_providers).toMatchObject({
      aws: { source: "hashicorp/aws" },
      datadog: { source: "DataDog/datadog", version: "~> 3.0" },
    });
  });

  test.each([
    ["no backend", undefined, { backend: "local", config: { path: "../metaflow/terraform.tfstate" } }],
    ["a backend", { bucket: "acme", key: "metaflow" }, { backend: "s3", config: { bucket: "acme", key: "metaflow" } }],
  ])("another stack refers to it where there is %s", (_what, backend, expected) => {
    const app = newApp();
    const stack = new MetaflowStack(app, "metaflow");
    if (backend) new S3Backend(stack, backend);
    const { METAFLOW_SERVICE_URL: value, datastore } = stack.metaflow;
    const other = new TerraformStack(app, "other");
    new TerraformOutput(other, "url", { value });
    new TerraformOutput(other, "bucket", { value: datastore.bucket.arn });
    app.synth();
    const { data, output } = read(app, "other");
    expect(data?.terraform_remote_state).toEqual({
      "cross-stack-reference-input-metaflow": expect.objectContaining(expected) as object,
    });
    expect(output?.url?.value).toMatch(/data\.terraform_remote_state\.cross-stack-reference-input-metaflow\.outputs\./);
    expect(JSON.stringify(read(app, "metaflow").output)).toContain("aws_s3_bucket.datastore_this.arn");
  });

  test("an aspect sets a permissions boundary, and another keeps buckets from being destroyed", () => {
    const app = newApp();
    const stack = new TerraformStack(app, "platform");
    new AwsProvider(stack, "aws", { region: "us-west-2" });
    new RandomProvider(stack, "random");
    new Metaflow(stack, "metaflow", { standardTags: { application: "metaflow" }, s3BucketName: "acme-metaflow" });
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    Aspects.of(stack).add({
      visit: (node: IConstruct) => {
        if (node instanceof IamRole) node.permissionsBoundary = boundary;
        if (node instanceof S3Bucket) node.lifecycle = { ...node.lifecycle, preventDestroy: true };
        if ("tagsInput" in node && "tags" in node) node.tags = { ...(node.tagsInput as object), owner: "ml" };
      },
    });
    app.synth();
    const configuration = read(app, "platform");
    const roles = Object.values(configuration.resource?.aws_iam_role ?? {});
    expect(roles.length).toBeGreaterThan(4);
    expect(roles.filter((role) => role.permissions_boundary !== boundary)).toEqual([]);
    const [bucket] = Object.values(configuration.resource?.aws_s3_bucket ?? {});
    expect(bucket).toMatchObject({
      lifecycle: { prevent_destroy: true },
      tags: { application: "metaflow", owner: "ml" },
    });
    const tagged = resources(configuration).filter((resource) => "tags" in resource);
    expect(tagged.filter(({ tags }) => (tags as { owner?: string }).owner !== "ml")).toEqual([]);
  });

  test("an app can be bundled into one file, which runs anywhere", () => {
    const app = join(home, "app.js");
    buildSync({
      stdin: {
        contents: `
          import { App } from "cdktf";
          import { MetaflowStack } from "./modules/metaflow/stack";
          const app = new App({ outdir: "bundled" });
          new MetaflowStack(app, "metaflow");
          app.synth();`,
        resolveDir: project,
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      outfile: app,
      logLevel: "error",
    });
    // With no PATH there is no terraform either, which a synth does not need.
    execFileSync(process.execPath, [app], { cwd: home, env: { PATH: "" } });
    const ours = newApp();
    new MetaflowStack(ours, "metaflow");
    ours.synth();
    const bundled = join(home, "bundled", "stacks", "metaflow");
    const text = readFileSync(join(bundled, "cdk.tf.json"), "utf8");
    expect(JSON.parse(text)).toEqual(read(ours, "metaflow"));
    const [, code = ""] = /"\$\{path\.module\}\/(assets\/[^"]+)"/.exec(text) ?? [];
    expect(readFileSync(join(bundled, code))).toEqual(readFileSync(join(project, "lambda", "db_migrate", "index.zip")));
  });
});
