import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { resource } from "../synth/addresses";

/** A log group, and how long and by which key CloudWatch Logs keeps what is in it. */
export interface LogGroupSettings {
  readonly count?: number;
  readonly name: string;
  readonly tags?: Record<string, string>;
}

/** How CloudWatch Logs keeps logs. */
export interface LogKeeping {
  /** Days after which logs expire; 0 for never. */
  readonly retentionDays?: number;
  /** The ARN of the key that encrypts them. */
  readonly kmsKeyArn?: string;
}

/**
 * A log group.
 *
 * @param keeping - without it, logs never expire and have the encryption of CloudWatch Logs itself
 */
export function logGroup(
  scope: Construct,
  id: string,
  { count, name, tags }: LogGroupSettings,
  keeping?: LogKeeping,
): CloudwatchLogGroup {
  return resource(scope, CloudwatchLogGroup, id, {
    count,
    name,
    retentionInDays: keeping?.retentionDays,
    kmsKeyId: keeping?.kmsKeyArn,
    tags,
  });
}
