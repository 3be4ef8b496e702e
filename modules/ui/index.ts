import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { clusterSettings, FARGATE_SIZES, isFargateSize } from "../../lib/aws/ecs";
import { UI_BACKEND_PORT, UI_STATIC_PORT } from "../../lib/aws/ports";
import { tags } from "../../lib/aws/tags";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { setRoles } from "../../lib/aws/roles";
import { equal, ifElse, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedMap, checkedValue } from "../../lib/synth/checked";
import { childModule } from "../../lib/synth/module";
import type { ConstructProps } from "../../lib/synth/providers";
import { commonModule } from "../common/module";
import { uiBalancer } from "./balancer";
import { uiContract } from "./contract";
import { backendEnvironment } from "./environment";
import type { UiInputs, UiOptions, UiOutputs } from "./generated/interface";
import { uiNames } from "./names";
import { balancerGroup, tasksGroup } from "./security-groups";
import { uiCluster, uiLog, uiService } from "./services";
import { taskRole } from "./task-role";

export type * from "./generated/interface";

/** The props of {@link Ui}. The database's password is `databasePassword`, or in the secret `databasePasswordSecret`. */
export interface UiProps extends Omit<UiInputs, "databasePassword">, UiOptions, ConstructProps {
  /** The password of the database's user. Required unless `databasePasswordSecret` is given. */
  readonly databasePassword?: string;
}

/** Metaflow's web interface: a backend that reads the metadata service's database, and a frontend, behind a load balancer. */
export class Ui extends Construct implements UiOutputs {
  public readonly albArn: string;
  public readonly albDnsName: string;

  /** The application load balancer. */
  public readonly loadBalancer: Lb;
  /** Its listener, for HTTPS. */
  public readonly listener: LbListener;
  /** The ECS cluster of both services. */
  public readonly cluster: EcsCluster;
  /** The service that reads the database and the datastore. */
  public readonly backend: EcsService;
  /** The service that serves the page. */
  public readonly frontend: EcsService;
  /** The role of both services' tasks. */
  public readonly taskRole: IamRole;
  /** The security group of the load balancer, which admits `uiAllowList`. */
  public readonly loadBalancerSecurityGroup: SecurityGroup;
  /** The security group of both services' tasks. */
  public readonly tasksSecurityGroup: SecurityGroup;

  public constructor(scope: Construct, id: string, given: UiProps) {
    super(scope, id);
    joinStack(this, given);
    const options = readOptions(this, uiContract.options, given);
    const read = readInputs<UiInputs>(this, uiContract, {
      ...options,
      databasePassword: options.databasePassword ?? (options.databasePasswordSecret && ""),
    } as UiInputs);
    const inputs = {
      ...read,
      standardTags: checkedMap(this, "standard_tags", read.standardTags, tags),
      ecsClusterSettings: checkedMap(this, "ecs_cluster_settings", read.ecsClusterSettings, clusterSettings),
    };
    const names = uiNames(this, inputs, options);
    const images = childModule(this, "metaflow-common", commonModule, {});
    const imageOr = (image: string, otherwise: string) => ifElse(equal(image, ""), otherwise, image).string;
    const { id: region } = resource(this, DataAwsRegion, "current", {});
    // Without leastPrivilege it is read and not used, as in the HCL module: its address is part of the contract.
    const { accountId: account } = resource(this, DataAwsCallerIdentity, "current", {});
    const place = { partition: inputs.iamPartition, region, account };

    this.taskRole = taskRole(this, inputs, names.taskRole, place, options);
    this.loadBalancerSecurityGroup = balancerGroup(this, inputs, names, options);
    this.tasksSecurityGroup = tasksGroup(this, inputs, names, this.loadBalancerSecurityGroup, options);
    const balancerParts = uiBalancer(this, inputs, names, this.loadBalancerSecurityGroup, options);
    const { balancer, listener, rule, targetGroups } = balancerParts;
    this.loadBalancer = balancer;
    this.listener = listener;
    this.albArn = balancer.arn;
    this.albDnsName = balancer.dnsName;

    this.cluster = uiCluster(this, inputs, names);
    const log = uiLog(this, inputs, names, options);
    const { cluster, taskRole: role } = this;
    const parts = { cluster, log, region, taskRole: role, listeners: [listener, rule], options };
    const { databasePasswordSecret: secret } = options;
    this.backend = uiService(this, "ui_backend", inputs, parts, {
      name: names.backend,
      image: imageOr(inputs.uiBackendContainerImage, images.defaultMetadataServiceContainerImage),
      ...backendSize(this, options),
      port: UI_BACKEND_PORT,
      environment: merge(backendEnvironment(inputs, options), inputs.extraUiBackendEnvVars),
      secrets: secret === undefined ? undefined : { MF_METADATA_DB_PSWD: secret },
      hasRole: true,
      command: ["/opt/latest/bin/python3", "-m", "services.ui_backend_service.ui_server"],
      ephemeralStorage: 100,
      securityGroupIds: [
        this.tasksSecurityGroup.id,
        ...(options.ownDatabaseAccess ? [] : [inputs.metadataServiceSecurityGroupId]),
      ],
      targetGroup: targetGroups.backend,
    });
    this.frontend = uiService(this, "ui_static", inputs, parts, {
      name: names.static,
      image: imageOr(inputs.uiStaticContainerImage, images.defaultUiStaticContainerImage),
      cpu: 512,
      memory: 1024,
      port: UI_STATIC_PORT,
      environment: inputs.extraUiStaticEnvVars,
      hasRole: !options.leastPrivilege,
      securityGroupIds: [this.tasksSecurityGroup.id],
      targetGroup: targetGroups.static,
    });
    setRoles(this, options);
  }
}

/** The size of the backend's task, which Fargate must have. */
function backendSize(scope: Construct, { backendCpu: cpu = 2048, backendMemory: mebibytes = 16384 }: UiOptions) {
  const condition = isFargateSize(cpu, mebibytes);
  const message = [
    "Fargate has no tasks of backend_cpu = ",
    cpu,
    " with backend_memory = ",
    mebibytes,
    `. It has ${FARGATE_SIZES}.`,
  ];
  return { cpu, memory: checkedValue(scope, "backend_memory", mebibytes, { condition, message, isNumber: true }) };
}
