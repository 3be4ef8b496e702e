import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./app-folder";

/** The TypeScript in a Markdown file of the project, block by block. */
export function snippets(path: string): string[] {
  const text = readFileSync(join(project, path), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

/** The one app that a Markdown file of the project shows. */
export function appIn(path: string): string {
  const [app, ...others] = snippets(path).filter((code) => code.includes("new App()"));
  if (app === undefined || others.length > 0) throw new Error(`${path} shows no app, or several.`);
  return app;
}

/** An app of the snippets in a Markdown file of the project, each in a stack of its own, `snippet-<number>`. */
export function appOfSnippets(path: string): string {
  const stacks = snippets(path).map(
    (code, index) => `
{
  const stack = new TerraformStack(app, "snippet-${String(index)}");
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  new RandomProvider(stack, "random");
  new ArchiveProvider(stack, "archive");
  ${code}
}`,
  );
  return `
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Datastore, MetadataService, Metaflow } from "cdktf-metaflow";

const app = new App();
const common = {
  metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
  resourcePrefix: "acme-",
  resourceSuffix: "-dev",
  standardTags: { application: "metaflow" },
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
};
const executionRole = { arn: "arn:aws:iam::123456789012:role/execution" };
${stacks.join("\n")}
app.synth();
`;
}
