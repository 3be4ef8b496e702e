import type { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import type { Inputs } from "../../lib/contract/inputs";
import { hcl, type Operand } from "../../lib/hcl/expression";
import { concat, equal, ifElse, jsonencode, merge, replace } from "../../lib/hcl/functions";
import { instanceAttribute } from "../../lib/synth/addresses";
import type { RootInputs, RootOutputs } from "./generated/interface";

/** What the profile is made of beside the outputs. */
export interface ProfileParts {
  readonly outputs: Omit<RootOutputs, "metaflowProfileJson">;
  readonly repository: EcrRepository;
  readonly executionRoleArn: string;
  readonly prefix: Operand;
  readonly suffix: Operand;
}

/** Metaflow's profile, with a command in place of the API key. */
export function profileJson(inputs: Inputs<RootInputs>, parts: ProfileParts): string {
  const { outputs } = parts;
  const url = instanceAttribute(parts.repository, 0, "repository_url");
  const part = (index: number) => hcl`element(split("/", ${url}), ${index})`;
  return jsonencode(
    merge(
      ifElse(
        inputs.enableCustomBatchContainerRegistry,
        { METAFLOW_BATCH_CONTAINER_REGISTRY: part(0), METAFLOW_BATCH_CONTAINER_IMAGE: part(1) },
        {},
      ),
      ifElse(
        inputs.apiBasicAuth,
        {
          METAFLOW_SERVICE_AUTH_KEY: concat(
            "## Replace with output from 'aws apigateway get-api-key --api-key ",
            outputs.apiGatewayRestApiIdKeyId,
            " --include-value | grep value' ##",
          ),
        },
        {},
      ),
      ifElse(equal(inputs.batchType, "fargate"), { METAFLOW_ECS_FARGATE_EXECUTION_ROLE: parts.executionRoleArn }, {}),
      {
        METAFLOW_DATASTORE_SYSROOT_S3: outputs.METAFLOW_DATASTORE_SYSROOT_S3,
        METAFLOW_DATATOOLS_S3ROOT: outputs.METAFLOW_DATATOOLS_S3ROOT,
        METAFLOW_BATCH_JOB_QUEUE: outputs.METAFLOW_BATCH_JOB_QUEUE,
        METAFLOW_ECS_S3_ACCESS_IAM_ROLE: outputs.METAFLOW_ECS_S3_ACCESS_IAM_ROLE,
        METAFLOW_SERVICE_URL: outputs.METAFLOW_SERVICE_URL,
        METAFLOW_SERVICE_INTERNAL_URL: outputs.METAFLOW_SERVICE_INTERNAL_URL,
        METAFLOW_SFN_IAM_ROLE: outputs.METAFLOW_SFN_IAM_ROLE,
        METAFLOW_SFN_STATE_MACHINE_PREFIX: replace(concat(parts.prefix, parts.suffix), "--", "-"),
        METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: outputs.METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE,
        METAFLOW_SFN_DYNAMO_DB_TABLE: outputs.METAFLOW_SFN_DYNAMO_DB_TABLE,
        METAFLOW_DEFAULT_DATASTORE: "s3",
        METAFLOW_DEFAULT_METADATA: "service",
      },
    ),
  );
}
