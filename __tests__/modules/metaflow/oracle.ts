import fc from "fast-check";
import { metaflowContract } from "../../../modules/metaflow/contract";
import { stackContract } from "../../../modules/metaflow/stack-contract";
import { stackConfiguration } from "../../support/app-stack";
import * as aws from "../../support/bad-input/aws";
import {
  AFFIXES,
  type Arrival,
  type ModuleOracle,
  type Place,
  type Problem,
  problemsIf,
  type Values,
} from "../../support/bad-input/oracle";
import { datastoreNames, datastoreProblems, isUncertain } from "../datastore/oracle";
import { serviceNames, serviceProblems } from "../metadata-service/oracle";
import { metaflowInputs } from "./inputs";

/** The app's name of the bucket has the account and region in it. */
function bucketOfApp(values: Values, { account, region }: Place): string {
  const { resourcePrefix, resourceSuffix, s3BucketName } = values;
  return s3BucketName || `${resourcePrefix}s3-${account}-${region}${resourceSuffix}`;
}

const ROLES_OF_FLOWS = ["batch-instance", "batch-job", "step_functions_role", "eventbridge_role"];

/** "CreateRepository", Amazon ECR API Reference. */
const isRepositoryName = (name: string) => /^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/.test(name);

function metaflowProblems(values: Values, place: Place): Problem[] {
  const { createNetwork, resourcePrefix, resourceSuffix, subnet1Cidr, subnet2Cidr, subnet1Id, subnet2Id, vpcCidr } =
    values;
  const isOwn = createNetwork ?? values.vpcId === "";
  const bucket = bucketOfApp(values, place);
  const named = (name: string) => `${resourcePrefix}${name}${resourceSuffix}`;
  const roles = ["ecs-execution", "flow-logs", "rds-monitoring", "api-logs", ...ROLES_OF_FLOWS].map(named);
  const machines = `${resourcePrefix}${resourceSuffix}`.replaceAll("--", "-");
  const sides = { s3BucketName: bucket, ...(isOwn ? { subnet1Id: "own1", subnet2Id: "own2" } : {}) };
  const inner = { ...values, ...sides };
  const others = [...datastoreProblems(inner), ...serviceProblems(inner)].filter(({ received }) => received !== bucket);
  return [
    ...others,
    ...problemsIf(
      ...roles.map((role): [boolean, string[], string] => [!aws.isRoleName(role), AFFIXES, role]),
      [!aws.isQueueName(named("batch")), AFFIXES, named("batch")],
      [!aws.isTableName(named("step_functions_state")), AFFIXES, named("step_functions_state")],
      [!/^[a-zA-Z0-9_-]{1,60}$/.test(machines), AFFIXES, machines],
      [values.enableCustomBatchContainerRegistry && !isRepositoryName(named("batch")), AFFIXES, named("batch")],
      [
        values.computeEnvironmentMinVcpus > values.computeEnvironmentMaxVcpus,
        ["compute_environment_min_vcpus", "compute_environment_max_vcpus"],
        values.computeEnvironmentMinVcpus,
      ],
      [isOwn && !aws.isWithin(subnet1Cidr, vpcCidr), ["subnet1_cidr"], subnet1Cidr],
      [isOwn && !aws.isWithin(subnet2Cidr, vpcCidr), ["subnet2_cidr"], subnet2Cidr],
      [isOwn && aws.doOverlap(subnet1Cidr, subnet2Cidr), ["subnet2_cidr"], subnet2Cidr],
      [
        aws.areDeploymentTags(values.standardTags ?? {}) &&
          aws.areTags(values.dbInstanceTags ?? {}) &&
          !aws.areTags({ ...values.standardTags, ...values.dbInstanceTags, "metaflow-deployment": "" }),
        ["db_instance_tags", "standard_tags"],
        values.dbInstanceTags,
      ],
      [!isOwn && values.vpcId === "", ["vpc_id"], ""],
      [
        !values.apiBasicAuth && values.accessListCidrBlocks.length === 0 && !values.openApi,
        ["api_basic_auth", "access_list_cidr_blocks"],
        false,
      ],
      [!isOwn && subnet1Id === "", ["subnet1_id"], ""],
      [!isOwn && subnet2Id === "", ["subnet2_id"], ""],
    ),
    ...problemsIf([!aws.isBucketName(bucket), values.s3BucketName === "" ? AFFIXES : ["s3_bucket_name"], bucket]).map(
      (problem) => ({ ...problem, atPlan: values.s3BucketName === "" }),
    ),
  ];
}

/** Where the network is another's and no networks are named, those of the VPC are asked for. */
function isUncertainDeployment(values: Values): boolean {
  const isOwn = values.createNetwork ?? values.vpcId === "";
  return isUncertain(values) || (!isOwn && values.vpcId !== "" && values.vpcCidrBlocks.length === 0);
}

function metaflowArrivals(values: Values, place: Place): Arrival[] {
  const names = datastoreNames(values);
  const service = serviceNames(values);
  const isOwn = values.createNetwork ?? values.vpcId === "";
  const database = values.dbEngine.startsWith("aurora-") ? "aws_rds_cluster" : "aws_db_instance";
  return [
    ["aws_s3_bucket.datastore_this", "bucket", bucketOfApp(values, place)],
    [
      `${database}.datastore_this[0]`,
      database === "aws_db_instance" ? "identifier" : "cluster_identifier",
      names.identifier,
    ],
    ["aws_ecs_service.metadata_service_this", "name", service.service],
    ...(isOwn
      ? ([
          ["aws_vpc.network_this[0]", "cidr_block", values.vpcCidr],
          ["aws_subnet.network_subnet2[0]", "cidr_block", values.subnet2Cidr],
        ] as const)
      : ([["aws_lb.metadata_service_this", "subnets", [values.subnet1Id, values.subnet2Id].sort()]] as const)),
  ];
}

/** A fourth of the deployments is in another's network. */
function inSomeNetwork(given: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const others = { vpcId: "vpc-0a1b2c3d", subnet1Id: "subnet-0a1b2c3d", subnet2Id: "subnet-0a1b2c3e" };
  const own = { vpcId: undefined, subnet1Id: undefined, subnet2Id: undefined, createNetwork: undefined };
  const network = { ...others, vpcCidrBlocks: ["10.1.0.0/16"], createNetwork: undefined };
  return fc
    .tuple(given, fc.constantFrom<object>({}, own, own, network))
    .map(([inputs, place]) => ({ ...inputs, ...place }));
}

/** The app's stack as a module. */
function stackAsModule(): string {
  const { provider, ...stack } = stackConfiguration();
  void provider;
  return JSON.stringify(stack);
}

/** The oracle of a deployment. */
export const moduleOracle: ModuleOracle = {
  contracts: { construct: metaflowContract, module: stackContract },
  inputs: metaflowInputs,
  counts: { construct: 16, module: 24, refused: 52 },
  nullIsDefault: true,
  problems: metaflowProblems,
  isUncertain: isUncertainDeployment,
  arrivals: metaflowArrivals,
  together: inSomeNetwork,
  configuration: stackAsModule,
};
