import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { DEPLOYMENT_TAG } from "../../lib/aws/tags";
import { concat } from "../../lib/hcl/functions";
import { throwProblems } from "../../lib/contract/checks";
import { terraformName } from "../../lib/contract/contract";
import { noProp, propsOf } from "../../lib/contract/inputs";
import { unknownNames } from "../../lib/contract/names";
import { readOptions } from "../../lib/contract/options";
import { PortableStack } from "../../lib/synth/stack";
import { declareOutputs, declareVariables, withDefaults } from "../../lib/contract/variables";
import { Metaflow, type MetaflowInputs, type TakeoverOptions } from ".";
import { forgetsResources } from "./moved";
import { metaflowProviders, takeoverProviders } from "./providers";
import type { MetaflowStackOptions } from "./generated/stack";
import { stackContract } from "./stack-contract";

export type { RequiredProvider, Requirements } from "../../lib/synth/requirements";
export { PortableStack } from "../../lib/synth/stack";

export type * from "./generated/stack";

/** The variables of {@link MetaflowStack}: the inputs of `Metaflow`, and what its provider needs. */
export interface MetaflowStackVariables extends MetaflowInputs {
  /**
   * The region to deploy to; null for that of AWS_REGION or of the AWS profile.
   *
   * Must be an AWS region, such as us-west-2.
   *
   * @default null
   */
  readonly awsRegion?: string;
}

/** The props of {@link MetaflowStack}. */
export interface MetaflowStackProps extends MetaflowStackOptions, TakeoverOptions {
  /**
   * What the variables are where Terraform is given no other value: the settings of one environment. Each must be a literal.
   *
   * @default - each variable's own default
   */
  readonly variables?: MetaflowStackVariables;
}

/** A deployment of Metaflow whose settings are Terraform variables, so that it is synthesized once for all of them. */
export class MetaflowStack extends PortableStack {
  /** What the stack deploys. */
  public readonly metaflow: Metaflow;

  public constructor(scope: Construct, id: string, props?: MetaflowStackProps) {
    super(scope, id, {
      terraform: requiredTerraform(props),
      providers: props?.movedFrom ? takeoverProviders : metaflowProviders,
    });
    checkNames(this, props);
    const { backend, movedFrom, options } = readOptions(this, stackContract.options, props ?? {});
    const variables = withDefaults(this, stackContract, { ...props?.variables });
    const { awsRegion, ...inputs } = declareVariables<MetaflowStackVariables>(this, variables, { nullIsDefault: true });
    const deployment = concat(inputs.resourcePrefix, "/", inputs.resourceSuffix).string;
    // A takeover changes as little as it can: the tag comes when movedFrom goes.
    const defaultTags = movedFrom ? undefined : [{ tags: { [DEPLOYMENT_TAG]: deployment } }];
    new AwsProvider(this, "aws", { region: awsRegion, defaultTags });
    new RandomProvider(this, "random");
    this.metaflow = new Metaflow(this, "Default", { ...inputs, ...options, movedFrom });
    declareOutputs(this, stackContract, this.metaflow);
    // CDKTF's types stop short of the lock in the bucket, which Terraform has from 1.10 on.
    if (backend) new S3Backend(this, { encrypt: true, ...backend }).addOverride("use_lockfile", true);
  }
}

/** Refuses a prop that there is not: the inputs of `Metaflow` are variables of the stack. */
function checkNames(stack: MetaflowStack, props: unknown): void {
  const names = [...Object.keys(stackContract.options), "movedFrom", "variables"];
  const ofVariable = (name: string) =>
    name in stackContract.inputs ? `it is a variable of the stack, ${terraformName(name)}` : undefined;
  throwProblems(stack, unknownNames(noProp, names, propsOf(stack, props), ofVariable));
}

/** 1.7 has `removed` blocks, 1.10 locks in S3, 1.11 write-only arguments. */
function requiredTerraform(props: MetaflowStackProps | undefined): string {
  if (props?.options?.databasePasswordMode === "write-only") return ">= 1.11";
  if (props?.backend) return ">= 1.10";
  return forgetsResources(props?.movedFrom) ? ">= 1.7" : ">= 1.5";
}
