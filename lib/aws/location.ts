import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";
import { pattern } from "../contract/rules";
import { concat } from "../hcl/functions";
import { resource } from "../synth/addresses";

/** Source: "AWS Regions" in the AWS General Reference. */
export const region = pattern("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", "an AWS region, such as us-west-2");

/** Where a deployment is: what the ARNs of its resources are made of. */
export interface Location {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The domain of the partition's services, such as amazonaws.com. */
  readonly dnsSuffix: string;
}

/** What the ARNs of one deployment have in common. */
export type Place = Pick<Location, "partition" | "region" | "account">;

/** Where Terraform deploys to. */
export function location(scope: Construct): Location {
  const { partition, dnsSuffix } = resource(scope, DataAwsPartition, "current", {});
  return {
    partition,
    dnsSuffix,
    region: resource(scope, DataAwsRegion, "current", {}).id,
    account: resource(scope, DataAwsCallerIdentity, "current", {}).accountId,
  };
}

/** The ARN of something in the deployment's region and account. */
export function arn({ partition, region, account }: Place, service: string, ...rest: string[]): string {
  return concat("arn:", partition, ":", service, ":", region, ":", account, ":", ...rest).string;
}
