import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { concat } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { policy } from "../../lib/aws/policy";
import type { MetaflowInputs, MetaflowOptions } from "./generated/interface";
import { arn, type Location } from "../../lib/aws/location";

/** What encrypts a deployment: the policy of its keys, and the key of its logs. */
export class Encryption extends Construct {
  /** The policy of the keys that only this account's users need, where any is made: KMS's own default, written down. */
  public readonly keyPolicy?: string;
  /** The ARN of the key that encrypts the logs, where there is one. */
  public readonly logKeyArn?: string;

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    location: Location,
    { encryptLogs, kmsKeyArn, ui }: Pick<MetaflowOptions, "encryptLogs" | "kmsKeyArn" | "ui">,
  ) {
    super(scope, id);
    if (kmsKeyArn !== undefined) {
      this.logKeyArn = encryptLogs ? kmsKeyArn : undefined;
      return;
    }
    const account: DataAwsIamPolicyDocumentStatement = {
      sid: "Account",
      effect: "Allow",
      actions: ["kms:*"],
      resources: ["*"],
      principals: [
        { type: "AWS", identifiers: [concat("arn:", location.partition, ":iam::", location.account, ":root").string] },
      ],
    };
    this.keyPolicy = policy(this, "key", account);
    if (!encryptLogs) return;

    const groups = (...name: string[]) => arn(location, "logs", "log-group:", ...name);
    const { resourcePrefix: prefix, resourceSuffix: suffix } = inputs;
    this.logKeyArn = resource(this, KmsKey, "logs", {
      description: "Encrypts the logs of Metaflow's metadata service and database.",
      enableKeyRotation: inputs.keyRotation,
      policy: policy(this, "logs", account, {
        sid: "Logs",
        effect: "Allow",
        actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        resources: ["*"],
        principals: [
          { type: "Service", identifiers: [concat("logs.", location.region, ".", location.dnsSuffix).string] },
        ],
        condition: [
          {
            test: "ArnLike",
            variable: "kms:EncryptionContext:aws:logs:arn",
            values: [
              groups(prefix, "metadata", suffix, "*"),
              ...(ui ? [groups(prefix, "ui", suffix)] : []),
              groups("/aws/apigateway/", prefix, "api", suffix),
              groups("API-Gateway-Execution-Logs_*"),
              groups("/aws/rds/*"),
              groups("/aws/vendedlogs/states/", prefix, "executions", suffix),
            ],
          },
        ],
      }),
      tags: inputs.standardTags,
    }).arn;
  }
}
