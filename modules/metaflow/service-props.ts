import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { pick } from "../../lib/contract/inputs";
import { coalesce, merge } from "../../lib/hcl/functions";
import { shippedFile } from "../../lib/synth/module";
import type { Datastore } from "../datastore";
import type { MetadataServiceOptions, MetadataServiceProps } from "../metadata-service";
import { metadataServiceContract } from "../metadata-service/contract";
import { ARCHIVE } from "../metadata-service/generated/code";
import { MIGRATION_ARCHIVE } from "../metadata-service/migration-parts";
import type { Deployment } from "./deployment";
import type { Network } from "./network";
import { apiEndpoints } from "./private-api";
import { ApiGatewayAccountRole } from "./service-roles";

/** What the metadata service of a deployment is given by the deployment's other parts. */
export interface ServiceParts {
  readonly network: Network;
  readonly datastore: Datastore;
  /** The secret of the database's password, where tasks read it there. */
  readonly passwordSecret: string | undefined;
  readonly executionRoleArn: string;
  readonly logs: MetadataServiceOptions["logs"];
  readonly accessLog: MetadataServiceOptions["loadBalancerAccessLog"];
  /** What must exist before the first tasks start. */
  readonly dependsOn: ITerraformDependable[];
}

/** The metadata service as a deployment has it. */
export function serviceProps(scope: Construct, deployment: Deployment, parts: ServiceParts): MetadataServiceProps {
  const { inputs, options, location } = deployment;
  const { datastore, network } = parts;
  const hasApi = options.restApi !== "none";
  return {
    ...pick(
      inputs,
      metadataServiceContract,
      "accessListCidrBlocks",
      "apiBasicAuth",
      "dbMigrateLambdaRuntime",
      "loadBalancerNamePrefix",
      "metadataServiceContainerImage",
      "metadataServiceCpu",
      "metadataServiceMemory",
      "resourcePrefix",
      "resourceSuffix",
      "standardTags",
    ),
    metaflowVpcId: network.vpcId,
    subnet1Id: network.subnet1Id,
    subnet2Id: network.subnet2Id,
    desiredTasks: options.desiredTasks,
    loadBalancerSubnetIds: options.loadBalancerSubnetIds,
    restApi: options.restApi,
    restApiVpcEndpointIds: apiEndpoints(scope, deployment, network),
    taskScaling: options.taskScaling,
    taskSubnetIds: options.taskSubnetIds,
    // What is not named stays as it is: insights that are no longer asked for have to be turned off.
    ecsClusterSettings: merge({ containerInsights: "disabled" }, inputs.ecsClusterSettings).map,
    crossZone: options.crossZone,
    databaseSslMode: inputs.databaseSslMode,
    deadLetterQueue: options.deadLetterQueue,
    deletionProtection: inputs.deletionProtection,
    keepTaskDefinitions: true,
    leastPrivilege: options.leastPrivilege,
    migrateAutomatically: inputs.migrateAutomatically,
    // A load balancer that is taken over may have no security group.
    newLoadBalancer: options.movedFrom === undefined,
    openApi: inputs.openApi,
    ownSecurityGroups: true,
    redeployApi: options.redeployApi,
    regionalApi: true,
    regionOfLogGroup: true,
    renewLoadBalancerName: true,
    restrictEgress: options.restrictEgress,
    serviceEnvironment: inputs.metadataServiceEnvironment,
    serviceSecrets: inputs.metadataServiceSecrets,
    tracing: options.tracing,
    usageLimits: hasApi
      ? {
          requestsPerSecond: inputs.apiRequestsPerSecond,
          burst: inputs.apiBurst,
          requestsPerDay: inputs.apiRequestsPerDay,
        }
      : undefined,
    validateRequests: options.validateRequests,
    waitForSteadyState: options.waitForSteadyState,
    databaseName: datastore.databaseName,
    databasePassword: datastore.databasePassword,
    databasePasswordSecret: parts.passwordSecret,
    databasePort: datastore.databasePort,
    databaseUsername: datastore.databaseUsername,
    datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
    fargateExecutionRoleArn: parts.executionRoleArn,
    iamPartition: location.partition,
    ...(options.migrationSource === undefined
      ? { migrationArchive: shippedFile(scope, { path: MIGRATION_ARCHIVE, content: MIGRATION_CODE }) }
      : { migrationSource: options.migrationSource }),
    rdsMasterInstanceEndpoint: datastore.rdsMasterInstanceEndpoint,
    s3BucketArn: datastore.s3BucketArn,
    vpcCidrBlocks: network.cidrBlocks,
    withPublicIp: coalesce(inputs.withPublicIp, network.isOwn),
    apiLogs: hasApi
      ? {
          enabled: inputs.apiAccessLogs,
          dependsOn: [new ApiGatewayAccountRole(scope, "api_gateway", inputs, location).account],
        }
      : undefined,
    loadBalancerAccessLog: parts.accessLog,
    logs: parts.logs,
    serviceDependsOn: parts.dependsOn,
  };
}

/** The migration function's archive, decoded once. */
const MIGRATION_CODE = Buffer.from(ARCHIVE, "base64");
