import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import type { Construct } from "constructs";
import { repositoryName } from "../../lib/aws/ecr";
import type { Location } from "../../lib/aws/location";
import { stateMachinePrefix } from "../../lib/aws/states";
import { AFFIXES, nameCheck, throwProblems } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { hcl } from "../../lib/hcl/expression";
import { all, any, concat, countIf, listIf, not, replace } from "../../lib/hcl/functions";
import { attributeOrEmpty, local, resource } from "../../lib/synth/addresses";
import { checkedLocal, checkedName } from "../../lib/synth/checked";
import type { Datastore } from "../datastore";
import { StepFunctions } from "../step-functions";
import { Compute, type FurtherEnvironments, type GivenPlace } from "./compute";
import type { MetaflowInputs, MetaflowOutputs } from "./generated/interface";
import { JobRole } from "./job-role";
import type { Network } from "./network";
import type { ProfileKeys } from "./profile";

/** What a deployment has that runs the steps of flows in the cloud. */
export interface CloudRuns {
  readonly compute: Compute;
  readonly jobRole: JobRole;
  readonly stepFunctions: StepFunctions;
  readonly repository: EcrRepository;
  readonly stateMachinePrefix: string;
}

/** What it is made of. */
export interface CloudRunsParts {
  readonly environments: FurtherEnvironments;
  readonly network: Network;
  readonly location: Location;
  readonly datastore: Datastore;
  /** The ARN of the key that encrypts logs. */
  readonly logKeyArn?: string;
  /** Where jobs are, as far as an organization says. */
  readonly place: GivenPlace;
}

/** Has AWS Batch and AWS Step Functions run the steps of flows, with a role for them. */
export function cloudRuns(scope: Construct, inputs: Inputs<MetaflowInputs>, parts: CloudRunsParts): CloudRuns {
  const { datastore, environments, location, network } = parts;
  const { resourcePrefix, resourceSuffix, standardTags } = inputs;
  const compute = new Compute(scope, "compute", inputs, environments, network, location, parts.place);
  const prefix = checkedName(
    scope,
    "state_machine_prefix",
    // A prefix that ends with a hyphen and a suffix that begins with one meet here.
    replace(concat(resourcePrefix, resourceSuffix), "--", "-"),
    nameCheck("state machines, before an underscore", stateMachinePrefix, AFFIXES),
  );
  const stepFunctions = new StepFunctions(scope, "step_functions", {
    active: inputs.enableStepFunctions,
    batchJobQueueArn: compute.queue.arn,
    iamPartition: location.partition,
    resourcePrefix,
    resourceSuffix,
    s3BucketArn: datastore.s3BucketArn,
    s3BucketKmsArn: datastore.datastoreS3BucketKmsKeyArn,
    standardTags,
    executionLogs: {
      enabled: all(inputs.enableStepFunctions, inputs.stepFunctionsExecutionLogs),
      retentionDays: inputs.logRetentionDays,
      kmsKeyArn: parts.logKeyArn,
    },
    furtherJobQueueArns: Object.values(compute.furtherQueues).map(({ arn }) => arn),
    leastPrivilege: true,
    stateMachinePrefix: prefix,
    tableKeyArn: datastore.datastoreS3BucketKmsKeyArn,
    tableRecovery: true,
  });
  const jobRole = new JobRole(scope, "job_role", inputs, {
    location,
    datastore,
    tableArn: stepFunctions.metaflowStepFunctionsDynamodbTableArn,
  });
  return { compute, jobRole, stepFunctions, repository: imageRepository(scope, inputs), stateMachinePrefix: prefix };
}

/** The results of a deployment that tell where flows run; empty ones without. */
export type CloudOutputs = Pick<
  MetaflowOutputs,
  | "METAFLOW_BATCH_JOB_QUEUE"
  | "METAFLOW_ECS_FARGATE_EXECUTION_ROLE"
  | "METAFLOW_ECS_S3_ACCESS_IAM_ROLE"
  | "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE"
  | "METAFLOW_SFN_DYNAMO_DB_TABLE"
  | "METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN"
  | "METAFLOW_SFN_IAM_ROLE"
>;

/** What a deployment tells of where flows run. */
export function cloudOutputs(runs: CloudRuns | undefined): CloudOutputs {
  return {
    METAFLOW_BATCH_JOB_QUEUE: runs?.compute.queue.arn ?? "",
    METAFLOW_ECS_FARGATE_EXECUTION_ROLE: runs?.compute.fargateRole?.arn ?? "",
    METAFLOW_ECS_S3_ACCESS_IAM_ROLE: runs?.jobRole.role.arn ?? "",
    METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: runs?.stepFunctions.metaflowEventbridgeRoleArn ?? "",
    METAFLOW_SFN_DYNAMO_DB_TABLE: runs?.stepFunctions.metaflowStepFunctionsDynamodbTableName ?? "",
    METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: runs?.stepFunctions.executionLogGroupArn ?? "",
    METAFLOW_SFN_IAM_ROLE: runs?.stepFunctions.metaflowStepFunctionsRoleArn ?? "",
  };
}

/** The keys of a client's configuration by which flows run in the cloud; none that is empty. */
export function cloudKeys(inputs: Inputs<MetaflowInputs>, runs: CloudRuns, outputs: CloudOutputs): ProfileKeys[] {
  const { METAFLOW_BATCH_JOB_QUEUE, METAFLOW_ECS_S3_ACCESS_IAM_ROLE, METAFLOW_ECS_FARGATE_EXECUTION_ROLE } = outputs;
  const { METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE, METAFLOW_SFN_DYNAMO_DB_TABLE, METAFLOW_SFN_IAM_ROLE } = outputs;
  const hasLog = all(inputs.enableStepFunctions, inputs.stepFunctionsExecutionLogs);
  const url = attributeOrEmpty(runs.repository, "repository_url");
  const part = (index: number) => hcl`split("/", ${url})[${index}]`;
  return [
    { values: { METAFLOW_BATCH_JOB_QUEUE, METAFLOW_ECS_S3_ACCESS_IAM_ROLE } },
    ...(runs.compute.fargateRole ? [{ values: { METAFLOW_ECS_FARGATE_EXECUTION_ROLE } }] : []),
    {
      values: { METAFLOW_BATCH_CONTAINER_REGISTRY: part(0), METAFLOW_BATCH_CONTAINER_IMAGE: part(1) },
      where: inputs.enableCustomBatchContainerRegistry,
    },
    {
      values: {
        METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE,
        METAFLOW_SFN_DYNAMO_DB_TABLE,
        METAFLOW_SFN_IAM_ROLE,
        METAFLOW_SFN_STATE_MACHINE_PREFIX: runs.stateMachinePrefix,
      },
      where: inputs.enableStepFunctions,
    },
    // AWS Step Functions takes the ARN of a log group with its streams.
    {
      values: { METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: concat(outputs.METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN, ":*") },
      where: hasLog,
    },
  ];
}

/** What the role of a Metaflow user is granted for runs in the cloud. */
export function cloudGrants(
  inputs: Inputs<MetaflowInputs>,
  { compute, jobRole, stepFunctions, stateMachinePrefix }: CloudRuns,
) {
  const { fargateRole } = compute;
  const { metaflowEventbridgeRoleArn, metaflowStepFunctionsRoleArn } = stepFunctions;
  return {
    batchJobQueueArns: compute.queueArns,
    batchJobRoleArns: [jobRole.role.arn, ...(fargateRole ? [fargateRole.arn] : [])],
    stateMachinePrefix,
    stepFunctionsRoleArns: listIf(inputs.enableStepFunctions, [
      metaflowStepFunctionsRoleArn,
      metaflowEventbridgeRoleArn,
    ]),
  };
}

/** @throws Error where environments are named that nothing would make */
export function checkUnused(scope: Construct, environments: FurtherEnvironments): void {
  const names = Object.keys(environments);
  if (names.length === 0) return;
  throwProblems(scope, [
    `computeEnvironments has ${names.join(", ")} and compute is false; it must be left out, or compute must be true.`,
  ]);
}

/** A repository for the image of jobs. */
function imageRepository(scope: Construct, inputs: Inputs<MetaflowInputs>): EcrRepository {
  const { enableCustomBatchContainerRegistry: isThere, resourcePrefix, resourceSuffix } = inputs;
  const name = local(scope, "batch_image_name", concat(resourcePrefix, "batch", resourceSuffix)).asString;
  const check = nameCheck("repository of the jobs' image", repositoryName, AFFIXES);
  return resource(scope, EcrRepository, "batch_image", {
    count: countIf(isThere),
    name: checkedLocal(scope, "batch_image_name", name, (value) => {
      const { condition, message } = check(value);
      return { condition: any(not(isThere), condition), message };
    }),
    imageScanningConfiguration: { scanOnPush: true },
    tags: inputs.standardTags,
  });
}
