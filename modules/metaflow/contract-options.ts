import {
  choiceOption,
  listOption,
  numberOption,
  objectMapOption,
  stringOption,
  switchOption,
  type Option,
} from "../../lib/contract/contract";
import { wholeNumber } from "../../lib/contract/rules";
import { ownOptions } from "./own-options";
import { kubernetesOption } from "./contract-kubernetes";
import { notebookOption } from "./contract-notebook";
import { uiOption } from "./contract-ui";
import { environmentName, instanceTypes, MOST_VCPUS, volumeSize } from "../../lib/aws/batch";
import { parameterPath } from "../../lib/aws/ssm";

/** What a deployment does beyond its settings: what decides which resources there are, and what is good for everybody. */
export const metaflowOptions = {
  compute: switchOption({
    description:
      "Whether flows can run in the cloud: a job queue of AWS Batch, and what AWS Step Functions need where `enableStepFunctions` is true",
    default: true,
  }),
  computeEnvironments: objectMapOption({
    name: "ComputeEnvironment",
    about: "A compute environment of AWS Batch with a job queue of its own",
    description:
      "Further compute environments, each with a job queue <resourcePrefix>batch-<name><resourceSuffix>, which a step names; used " +
      "with `compute`",
    key: environmentName,
    unset: "the one of the settings `computeEnvironment...` alone",
    fields: {
      type: choiceOption({
        name: "ComputeEnvironmentType",
        description: "What its jobs run on",
        words: {
          EC2: "instances on demand",
          SPOT: "spot instances, which AWS may take back",
          FARGATE: "AWS Fargate",
          FARGATE_SPOT: "AWS Fargate on spare capacity, which AWS may take back",
        },
      }),
      instanceTypes: listOption({
        description: "The EC2 instance types: types, families or optimal, all of x86 or all of Graviton",
        rule: instanceTypes,
        unset: "those of `computeEnvironmentInstanceTypes`",
      }),
      minVcpus: numberOption({
        description: "The vCPUs that the environment keeps while no job runs",
        literal: true,
        rule: wholeNumber(0, MOST_VCPUS),
        unset: 0,
      }),
      maxVcpus: numberOption({
        description: "The most vCPUs of the environment at a time",
        literal: true,
        rule: wholeNumber(0, MOST_VCPUS),
        unset: 64,
      }),
      volumeSize: numberOption({
        description: "The root volume of an instance in GiB",
        rule: volumeSize,
        unset: "`computeEnvironmentVolumeSize`",
      }),
      fallback: switchOption({
        description: "Whether jobs for which there is no spare capacity run on demand",
        unset: true,
      }),
    },
  }),
  copyTagsToSnapshots: switchOption({
    description: "Whether snapshots of the database have its tags",
    default: true,
  }),
  crossZone: switchOption({
    description:
      "Whether the load balancer's address in each zone reaches the service's tasks in both (cross-zone load " +
      "balancing)",
    default: true,
  }),
  dashboard: switchOption({
    description:
      "Whether CloudWatch has a dashboard of the deployment: service, REST API, database, bucket and migrations " +
      "(docs/operations.md). CloudWatch charges for each dashboard of an account after the third",
    default: false,
  }),
  databasePasswordMode: choiceOption({
    name: "DatabasePasswordMode",
    description: "How the database's password reaches the service",
    words: {
      secret: "through a secret of Secrets Manager; Terraform generates the password, and so its state holds it",
      "write-only":
        "through a secret of Secrets Manager, which generates the password; neither the state nor a plan holds it. " +
        "Needs Terraform 1.11 or newer",
      environment: "in clear text in the task definition, as in the Terraform modules",
    },
    default: "secret",
  }),
  deadLetterQueue: switchOption({
    description: "Whether failed asynchronous invocations of the migration function are kept in a dead-letter queue",
    default: true,
  }),
  encryptLogs: switchOption({
    description: "Whether a KMS key of the deployment's own encrypts its logs",
    default: true,
  }),
  eventBus: switchOption({
    description:
      "Whether there is an event bus of EventBridge for the events of your own systems (docs/operations.md); the schedules of " +
      "Metaflow's flows stay rules of the default bus",
    default: false,
  }),
  iamAuthentication: switchOption({
    description: "Whether IAM users and roles can be database users",
    default: true,
  }),
  kubernetes: kubernetesOption,
  leastPrivilege: switchOption({
    description:
      "Whether the roles allow only what the service and the migration function need (docs/least-privilege.md)",
    default: true,
  }),
  notebook: notebookOption,
  parameterPath: stringOption({
    description:
      "The path under which Systems Manager has each key of Metaflow's configuration as a parameter, <path>/METAFLOW_...; the API " +
      "key is encrypted (docs/operations.md)",
    rule: parameterPath,
    unset: "no parameters",
  }),
  redeployApi: switchOption({
    description: "Whether a change to the REST API is deployed; the new deployment replaces the old one without a gap",
    default: true,
  }),
  requireTls: switchOption({ description: "Whether the bucket refuses requests without TLS", default: true }),
  restrictEgress: switchOption({
    description: "Whether the security groups allow only the outbound connections that the service needs",
    default: true,
  }),
  tracing: switchOption({
    description:
      "Whether X-Ray traces requests to the REST API, and invocations of the migration function whose caller traces",
    default: true,
  }),
  ui: uiOption,
  validateRequests: switchOption({
    description: "Whether the REST API refuses requests without the parameters that its methods need",
    default: true,
  }),
  waitForSteadyState: switchOption({
    description:
      "Whether an apply waits until the service's new tasks run. ECS rolls back a deployment whose tasks do not start",
    default: true,
  }),
  ...ownOptions,
} as const satisfies Readonly<Record<string, Option>>;
