import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { attributeOrEmpty, resource } from "../../lib/synth/addresses";
import { checkedMap } from "../../lib/synth/checked";
import { clusterSettings } from "../../lib/aws/ecs";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { childModule, fileText } from "../../lib/synth/module";
import { tags } from "../../lib/aws/tags";
import type { ConstructProps } from "../../lib/synth/providers";
import { commonModule } from "../common/module";
import { setRoles } from "../../lib/aws/roles";
import { calledByApi, noApi } from "./calls";
import { metadataServiceContract } from "./contract";
import type { MetadataServiceInputs, MetadataServiceOutputs } from "./generated/interface";
import { migrationFunction, migrationRun } from "./migration";
import { SOURCE } from "./generated/code";
import { MIGRATION_SOURCE } from "./migration-parts";
import { metadataServiceNames } from "./names";
import { checkOptions } from "./own-checks";
import { loadBalancer, targets } from "./load-balancer";
import { callersNetworks, functionSecurityGroup, serviceSecurityGroup } from "./network";
import type { MetadataServiceOptions } from "./generated/interface";
import { fargateService } from "./service";
import { taskRole } from "./task-role";
import { scaleTasks } from "./task-scaling";

export type * from "./generated/interface";

/** The props of {@link MetadataService}. */
export interface MetadataServiceProps
  extends Omit<MetadataServiceInputs, "databasePassword">, MetadataServiceOptions, ConstructProps {
  /**
   * The password of the database's user. Required unless `databasePasswordSecret` is given.
   */
  readonly databasePassword?: string;
}

/** Metaflow's metadata service: on Fargate, behind a load balancer and a REST API, with the migration of its database. */
export class MetadataService extends Construct implements MetadataServiceOutputs {
  public readonly METAFLOW_SERVICE_INTERNAL_URL: string;
  public readonly METAFLOW_SERVICE_URL: string;
  public readonly apiGatewayRestApiId: string;
  public readonly apiGatewayRestApiIdKeyId: string;
  public readonly metadataServiceSecurityGroupId: string;
  public readonly metadataSvcEcsTaskRoleArn: string;
  public readonly migrationFunctionArn: string;
  public readonly networkLoadBalancerDnsName: string;

  /** The REST API. There is none where `restApi` is none, nor its key, stage and link. */
  public readonly api: ApiGatewayRestApi;
  /** The key of the REST API, which has a count: one where `apiBasicAuth` is true. */
  public readonly apiKey: ApiGatewayApiKey;
  /** The stage of the REST API, `api`. */
  public readonly apiStage: ApiGatewayStage;
  /** The ECS cluster. */
  public readonly cluster: EcsCluster;
  /** The load balancer's listener for calls of the service. */
  public readonly listener: LbListener;
  /** The network load balancer. */
  public readonly loadBalancer: Lb;
  /** The log group of the service. */
  public readonly logGroup: CloudwatchLogGroup;
  /** The Lambda function that migrates the database's schema. */
  public readonly migrationFunction: LambdaFunction;
  /** The run of the function in an apply, which has a count: one where `migrateAutomatically` is true; undefined without that option. */
  public readonly migrationRun?: LambdaInvocation;
  /** The load balancer's listener for migrations. */
  public readonly migrationListener: LbListener;
  /** The role of the migration function. */
  public readonly migrationRole: IamRole;
  /** The targets of migrations. */
  public readonly migrationTargetGroup: LbTargetGroup;
  /** The security group of the service's tasks. */
  public readonly securityGroup: SecurityGroup;
  /** The ECS service. */
  public readonly service: EcsService;
  /** The targets of calls of the service. */
  public readonly targetGroup: LbTargetGroup;
  /** The definition of the service's task. */
  public readonly taskDefinition: EcsTaskDefinition;
  /** The role that the service's task runs with. */
  public readonly taskRole: IamRole;
  /** The link by which the REST API reaches the load balancer. */
  public readonly vpcLink: ApiGatewayVpcLink;

  /** The value of the API key (METAFLOW_SERVICE_AUTH_KEY), which is sensitive; empty where `apiBasicAuth` is false. */
  public readonly apiKeyValue: string;

  public constructor(scope: Construct, id: string, given: MetadataServiceProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, metadataServiceContract.options, given);
    const values = readInputs<MetadataServiceInputs>(this, metadataServiceContract, {
      ...props,
      databasePassword: props.databasePassword ?? (props.databasePasswordSecret && ""),
    } as MetadataServiceInputs);
    const inputs = {
      ...values,
      standardTags: checkedMap(this, "standard_tags", values.standardTags, tags),
      ecsClusterSettings: checkedMap(this, "ecs_cluster_settings", values.ecsClusterSettings, clusterSettings),
    };
    checkOptions(this, inputs, props);
    const names = metadataServiceNames(this, inputs);
    const location = {
      partition: inputs.iamPartition,
      region: resource(this, DataAwsRegion, "current", {}).id,
      account: resource(this, DataAwsCallerIdentity, "current", {}).accountId,
    };

    const networks = callersNetworks(this, inputs);
    const ofFunction = props.ownSecurityGroups ? functionSecurityGroup(this, inputs) : undefined;
    const { balancer, ofBalancer } = loadBalancer(this, inputs, names, networks, ofFunction, props);
    const securityGroup = serviceSecurityGroup(this, inputs, names, networks, ofBalancer, props);
    const role = taskRole(this, inputs, names, location, props);
    const { listeners, targetGroups } = targets(this, inputs, names, balancer);
    const tasks = fargateService(this, inputs, {
      names,
      securityGroup,
      listeners: Object.values(listeners),
      targetGroups,
      taskRole: role,
      region: location.region,
      defaultImage: childModule(this, "metaflow-common", commonModule, {}).defaultMetadataServiceContainerImage,
      options: props,
    });
    if (props.taskScaling) scaleTasks(this, inputs, tasks, props.taskScaling);
    const calls = props.restApi === "none" ? noApi(this) : calledByApi(this, inputs, balancer, location, props);
    const migration = migrationFunction(this, inputs, {
      names,
      balancer,
      securityGroup: ofFunction ?? securityGroup,
      location,
      source: props.migrationSource ?? fileText(this, { path: MIGRATION_SOURCE, content: SOURCE }),
      options: props,
    });
    if (props.migrateAutomatically !== undefined) {
      const { service, image } = tasks;
      this.migrationRun = migrationRun(this, migration.lambda, props.migrateAutomatically, image, [
        service,
        ...Object.values(listeners),
      ]);
    }

    this.METAFLOW_SERVICE_INTERNAL_URL = `http://${balancer.dnsName}/`;
    this.METAFLOW_SERVICE_URL = calls.url ?? this.METAFLOW_SERVICE_INTERNAL_URL;
    this.apiGatewayRestApiId = calls.id;
    this.apiGatewayRestApiIdKeyId = attributeOrEmpty(calls.key, "id");
    this.apiKeyValue = attributeOrEmpty(calls.key, "value");
    this.metadataServiceSecurityGroupId = securityGroup.id;
    this.metadataSvcEcsTaskRoleArn = role.arn;
    this.migrationFunctionArn = migration.lambda.arn;
    this.networkLoadBalancerDnsName = balancer.dnsName;

    this.api = calls.api;
    this.apiKey = calls.key;
    this.apiStage = calls.stage;
    this.cluster = tasks.cluster;
    this.listener = listeners.service;
    this.loadBalancer = balancer;
    this.logGroup = tasks.log;
    this.migrationFunction = migration.lambda;
    this.migrationListener = listeners.migration;
    this.migrationRole = migration.role;
    this.migrationTargetGroup = targetGroups.migration;
    this.securityGroup = securityGroup;
    this.service = tasks.service;
    this.targetGroup = targetGroups.service;
    this.taskDefinition = tasks.definition;
    this.taskRole = role;
    this.vpcLink = calls.link;
    setRoles(this, props);
  }
}
