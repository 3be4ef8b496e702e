import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { StepFunctions } from "../../modules/step-functions";
import { emulatedOverride } from "../../tools/terraform/environment";
import { freshAccount } from "../support/emulated-aws";
import { terraformRoot } from "../support/terraform-root";

test("two constructs of a stack are applied in two regions, without a provider configuration that has no alias", async () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  for (const [alias, region] of Object.entries({ west: "us-west-2", east: "us-east-1" })) {
    const provider = new AwsProvider(stack, alias, { alias, region });
    const flows = new StepFunctions(stack, `flows_${alias}`, {
      resourcePrefix: "metaflow-",
      resourceSuffix: `-${alias}`,
      batchJobQueueArn: `arn:aws:batch:${region}:123456789012:job-queue/metaflow`,
      iamPartition: "aws",
      s3BucketArn: "arn:aws:s3:::metaflow",
      s3BucketKmsArn: `arn:aws:kms:${region}:123456789012:key/1`,
      standardTags: {},
      active: true,
      providers: [provider],
    });
    const value = flows.metaflowStepFunctionsDynamodbTableArn;
    new TerraformOutput(stack, `table_${alias}`, { value }).overrideLogicalId(alias);
  }
  const configuration = stack.toTerraform() as Record<string, unknown>;
  const account = freshAccount();
  const root = terraformRoot(
    { ...configuration, terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } },
    { account, files: { "emulated_override.tf.json": JSON.stringify(emulatedOverride(configuration, account)) } },
  );
  await root.apply();
  for (const [alias, region] of Object.entries({ west: "us-west-2", east: "us-east-1" })) {
    expect(await root.output(alias)).toMatch(new RegExp(`^arn:aws:dynamodb:${region}:${account}:table/`));
  }
  const state = JSON.stringify(await root.state());
  expect(state).toContain(`arn:aws:states:us-east-1:${account}:stateMachine:*`);
  expect(await root.changes()).toEqual([]);
});
