import type { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { setRoles } from "../../lib/aws/roles";
import { equal, ifElse, notEmpty } from "../../lib/hcl/functions";
import { pick, readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { CustomRole } from "../custom-role";
import { customRoleContract } from "../custom-role/contract";
import { Datastore } from "../datastore";
import { datastoreContract } from "../datastore/contract";
import type { StepFunctions } from "../step-functions";
import { MetadataService, type MetadataServiceOptions } from "../metadata-service";
import { checkUnused, cloudGrants, cloudKeys, cloudOutputs, cloudRuns } from "./cloud-runs";
import type { ComputeResources } from "./compute";
import { metaflowContract } from "./contract";
import { Dashboard } from "./dashboard";
import { bucketProps, databaseProps } from "./datastore-props";
import type { Deployment } from "./deployment";
import { endpointCallers } from "./endpoint-callers";
import { Endpoints } from "./endpoints";
import { Encryption } from "./encryption";
import { EventBus } from "./event-bus";
import { ExecutionRole } from "./execution-role";
import { FlowLogs } from "./flow-logs";
import type { MetaflowInputs, MetaflowOptions, MetaflowOutputs } from "./generated/interface";
import { location as whereTerraformDeploys } from "../../lib/aws/location";
import type { ConstructProps } from "../../lib/synth/providers";
import { moveIn, type TakeoverOptions } from "./moved";
import { withCheckedMaps } from "./checked-maps";
import { Network } from "./network";
import { Parameters } from "./parameters";
import { profile, serviceKeys } from "./profile";
import { InputGuard } from "./input-guard";
import { Kubernetes } from "./kubernetes";
import type { Notebook } from "../notebook";
import { notebook } from "./notebook";
import { passwordSecret } from "./password-secret";
import type { Ui } from "../ui";
import type { UserPoolResources } from "./user-pool";
import { webInterface, webInterfaceImages, type WebInterfaceResources } from "./web-interface";
import { serviceProps } from "./service-props";
import { checkOwn } from "./unused-settings";

export type * from "./generated/interface";
export type { ComputeResources } from "./compute";
export type { UserPoolResources } from "./user-pool";
export type { MovedFrom, TakeoverOptions } from "./moved";

/** The props of {@link Metaflow}, each with a default. */
export interface MetaflowProps
  extends
    MetaflowInputs,
    MetaflowOptions,
    TakeoverOptions,
    Pick<MetadataServiceOptions, "migrationSource">,
    ConstructProps {}

/** All of Metaflow's infrastructure: the datastore and the metadata service, with the network and role they need. */
export class Metaflow extends Construct implements MetaflowOutputs {
  public readonly METAFLOW_BATCH_JOB_QUEUE: string;
  public readonly METAFLOW_DATASTORE_SYSROOT_S3: string;
  public readonly METAFLOW_DATATOOLS_S3ROOT: string;
  public readonly METAFLOW_DEFAULT_DATASTORE = "s3";
  public readonly METAFLOW_DEFAULT_METADATA = "service";
  public readonly METAFLOW_ECS_FARGATE_EXECUTION_ROLE: string;
  public readonly METAFLOW_ECS_S3_ACCESS_IAM_ROLE: string;
  public readonly METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: string;
  public readonly METAFLOW_SERVICE_AUTH_KEY: string;
  public readonly METAFLOW_SERVICE_INTERNAL_URL: string;
  public readonly METAFLOW_SERVICE_URL: string;
  public readonly METAFLOW_SFN_DYNAMO_DB_TABLE: string;
  public readonly METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: string;
  public readonly METAFLOW_SFN_IAM_ROLE: string;
  public readonly METAFLOW_UI_URL?: string;
  public readonly apiGatewayRestApiIdKeyId: string;
  public readonly dashboardUrl?: string;
  public readonly datastoreS3BucketKmsKeyArn: string;
  public readonly eventBusName?: string;
  public readonly kubernetesRoleArn?: string;
  public readonly metadataServiceSecurityGroupId: string;
  public readonly metaflowProfileJson: string;
  public readonly metaflowUserRoleArn: string;
  public readonly migrationFunctionArn: string;
  public readonly notebookInstanceName?: string;
  public readonly notebookRoleArn?: string;
  public readonly notebookUrl?: string;
  public readonly rdsMasterInstanceEndpoint: string;
  public readonly s3BucketArn: string;
  public readonly s3BucketName: string;
  public readonly subnet1Id: string;
  public readonly subnet2Id: string;
  public readonly uiLoadBalancerDnsName?: string;
  public readonly uiLoadBalancerZoneId?: string;
  public readonly uiUserPoolId?: string;
  public readonly vpcId: string;

  /** The bucket and the database. */
  public readonly datastore: Datastore;
  /** The metadata service. */
  public readonly metadataService: MetadataService;
  /** The role of a Metaflow user. */
  public readonly userRole: CustomRole;
  /** What runs the steps of flows in the cloud: undefined without the option `compute`, as are the next two. */
  public readonly compute?: ComputeResources;
  /** The role that the steps of flows run with in AWS Batch. */
  public readonly jobRole?: IamRole;
  /** What AWS Step Functions needs, whose resources have a count. */
  public readonly stepFunctions?: StepFunctions;
  /** The dashboard of CloudWatch: undefined without the option `dashboard`. */
  public readonly dashboard?: CloudwatchDashboard;
  /** The event bus: undefined without the option `eventBus`. */
  public readonly eventBus?: CloudwatchEventBus;
  /** The role of flows' pods: undefined without the option `kubernetes`. */
  public readonly kubernetesRole?: IamRole;
  /** The notebook: undefined without the option `notebook`. */
  public readonly notebook?: Notebook;
  /** The parameters of Systems Manager, by Metaflow's keys: undefined without the option `parameterPath`. */
  public readonly parameters?: Readonly<Record<string, SsmParameter>>;
  /** The web interface: undefined without the option `ui`. */
  public readonly ui?: Ui;
  /** The user pool of the web interface's visitors, where the deployment has one of its own. */
  public readonly userPool?: UserPoolResources;
  /** The role by which ECS starts the service's tasks. */
  public readonly executionRole: IamRole;
  /** The VPC of the deployment's own network, which has a count: none where the network is another's. */
  public readonly vpc: Vpc;
  /** The two subnets of the deployment's own network, which have a count. */
  public readonly subnets: readonly [Subnet, Subnet];

  public constructor(scope: Construct, id: string, given: MetaflowProps = {}) {
    super(scope, id);
    joinStack(this, given);
    const options = readOptions(this, metaflowContract.options, given);
    const values = readInputs<MetaflowInputs>(this, metaflowContract, options, "movedFrom", "migrationSource");
    new InputGuard(this, "inputs", values, options);
    const inputs = withCheckedMaps(this, values);
    const location = whereTerraformDeploys(this);
    const { keyPolicy, logKeyArn } = new Encryption(this, "encryption", inputs, location, options);
    const network = new Network(this, "network", inputs);
    checkOwn(this, inputs, options, network.isOwn);
    new FlowLogs(this, "flow_logs", inputs, network, location, logKeyArn);
    const images = options.ui && webInterfaceImages(inputs, options.ui);
    const executionRole = new ExecutionRole(this, "execution_role", inputs, location, images);

    const place = { metaflowVpcId: network.vpcId, subnet1Id: network.subnet1Id, subnet2Id: network.subnet2Id };
    const hasAccessLogs = notEmpty(inputs.accessLogBucket);
    const accessLog = (prefix: string) => ({ enabled: hasAccessLogs, bucket: inputs.accessLogBucket, prefix });
    const logs = { retentionDays: inputs.logRetentionDays, kmsKeyArn: logKeyArn };
    const deployment: Deployment = { inputs, options, location };
    // Each of the two needs something of the other: what is declared first refers to the other one when that is there.
    const password = passwordSecret(this, deployment, () => datastore);
    const datastore: Datastore = new Datastore(this, "datastore", {
      ...pick(inputs, datastoreContract, "resourcePrefix", "resourceSuffix", "standardTags"),
      ...place,
      ...bucketProps(this, deployment, accessLog("metaflow-s3/")),
      ...databaseProps(this, deployment, {
        databaseLogs: logs,
        writeOnlyPassword: password?.writeOnly,
        furtherSecurityGroupIds: options.ui && [Lazy.stringValue({ produce: () => web?.ui.tasksSecurityGroup.id })],
      }),
      ...(options.kmsKeyArn === undefined ? { keyRotation: inputs.keyRotation, keyPolicy } : {}),
    });
    const callers = endpointCallers(options, {
      service: () => service.metadataServiceSecurityGroupId,
      jobs: () => runs?.compute.securityGroup.id,
      notebook: () => looks?.notebookSecurityGroupId,
      webInterface: () => web?.ui.tasksSecurityGroup.id,
    });
    const endpoints = new Endpoints(
      this,
      "endpoints",
      inputs,
      network,
      location,
      callers,
      options.compute,
      options.notebook,
    );
    const startsAfter = [
      executionRole.grant,
      network.internet,
      ...endpoints.all,
      ...(password ? [password.readableBy(executionRole.roleName)] : []),
    ];
    const service: MetadataService = new MetadataService(
      this,
      "metadata_service",
      serviceProps(this, deployment, {
        network,
        datastore,
        passwordSecret: password?.valueFrom,
        executionRoleArn: executionRole.arn,
        logs,
        accessLog: accessLog("metaflow-load-balancer"),
        dependsOn: startsAfter,
      }),
    );
    const web: WebInterfaceResources | undefined =
      options.ui &&
      webInterface(this, inputs, options.ui, {
        options,
        network,
        location,
        datastore,
        metadataService: service,
        passwordSecret: password?.valueFrom,
        executionRoleArn: executionRole.arn,
        logs,
        accessLog: accessLog("metaflow-ui"),
        dependsOn: [...startsAfter, ...(service.migrationRun ? [service.migrationRun] : [service.service])],
      });
    const looks: Notebook | undefined =
      options.notebook &&
      notebook(this, inputs, options.notebook, {
        network,
        taskSubnetIds: options.taskSubnetIds,
        location,
        datastore,
        metadataService: service,
        kmsKeyArn: options.kmsKeyArn,
        keyPolicy,
        uiUrl: web?.url,
        startsAfter: [network.internet, ...endpoints.all],
      });
    const shown = options.dashboard
      ? new Dashboard(this, "dashboard", inputs, { location, datastore, metadataService: service })
      : undefined;
    const eventBus = options.eventBus ? new EventBus(this, "event_bus", inputs).bus : undefined;
    const kubernetes = options.kubernetes && new Kubernetes(this, "kubernetes", inputs, options.kubernetes, datastore);
    const environments = options.computeEnvironments ?? {};
    if (!options.compute) checkUnused(this, environments);
    const runs = options.compute
      ? cloudRuns(this, inputs, {
          environments,
          network,
          location,
          datastore,
          logKeyArn,
          place: { subnetIds: options.jobSubnetIds, securityGroupIds: options.jobSecurityGroupIds },
        })
      : undefined;
    const cloud = cloudOutputs(runs);
    const userRole = new CustomRole(this, "user_role", {
      ...(runs ? cloudGrants(inputs, runs) : {}),
      notebookInstanceArns: looks && [looks.instance.arn],
      ...pick(inputs, customRoleContract, "resourcePrefix", "resourceSuffix", "standardTags", "userRolePrincipals"),
      datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
      s3BucketArn: datastore.s3BucketArn,
    });

    this.METAFLOW_BATCH_JOB_QUEUE = cloud.METAFLOW_BATCH_JOB_QUEUE;
    this.METAFLOW_ECS_FARGATE_EXECUTION_ROLE = cloud.METAFLOW_ECS_FARGATE_EXECUTION_ROLE;
    this.METAFLOW_ECS_S3_ACCESS_IAM_ROLE = cloud.METAFLOW_ECS_S3_ACCESS_IAM_ROLE;
    this.METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE = cloud.METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE;
    this.METAFLOW_SFN_DYNAMO_DB_TABLE = cloud.METAFLOW_SFN_DYNAMO_DB_TABLE;
    this.METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN = cloud.METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN;
    this.METAFLOW_SFN_IAM_ROLE = cloud.METAFLOW_SFN_IAM_ROLE;
    this.METAFLOW_DATASTORE_SYSROOT_S3 = datastore.METAFLOW_DATASTORE_SYSROOT_S3;
    this.METAFLOW_DATATOOLS_S3ROOT = datastore.METAFLOW_DATATOOLS_S3ROOT;
    this.METAFLOW_SERVICE_AUTH_KEY = service.apiKeyValue;
    this.METAFLOW_SERVICE_INTERNAL_URL = service.METAFLOW_SERVICE_INTERNAL_URL;
    this.METAFLOW_SERVICE_URL = service.METAFLOW_SERVICE_URL;
    this.apiGatewayRestApiIdKeyId = service.apiGatewayRestApiIdKeyId;
    this.dashboard = shown?.dashboard;
    this.dashboardUrl = shown?.url;
    this.datastoreS3BucketKmsKeyArn = datastore.datastoreS3BucketKmsKeyArn;
    this.eventBus = eventBus;
    this.eventBusName = eventBus?.name;
    this.kubernetesRole = kubernetes?.role;
    this.kubernetesRoleArn = kubernetes?.role.arn;
    this.metadataServiceSecurityGroupId = service.metadataServiceSecurityGroupId;
    this.metaflowUserRoleArn = userRole.metaflowUserRoleArn;
    this.migrationFunctionArn = service.migrationFunctionArn;
    this.rdsMasterInstanceEndpoint = datastore.rdsMasterInstanceEndpoint;
    this.s3BucketArn = datastore.s3BucketArn;
    this.s3BucketName = datastore.s3BucketName;
    this.subnet1Id = network.subnet1Id;
    this.subnet2Id = network.subnet2Id;
    this.vpcId = network.vpcId;
    this.compute = runs?.compute;
    this.jobRole = runs?.jobRole.role;
    this.stepFunctions = runs?.stepFunctions;
    this.notebook = looks;
    this.notebookInstanceName = looks?.notebookInstanceName;
    this.notebookRoleArn = looks?.notebookRoleArn;
    this.notebookUrl = looks?.notebookUrl;
    this.ui = web?.ui;
    this.userPool = web?.userPool;
    this.METAFLOW_UI_URL = web?.url;
    this.uiLoadBalancerDnsName = web?.ui.albDnsName;
    this.uiLoadBalancerZoneId = web?.ui.loadBalancer.zoneId;
    this.uiUserPoolId = web?.userPool?.pool.id;
    const ownKeys = serviceKeys(this, options.restApi === "none" ? false : inputs.apiBasicAuth);
    const furtherKeys = [
      ...(runs ? [cloudKeys(inputs, runs, cloud)] : []),
      ...(kubernetes ? [[kubernetes.keys]] : []),
      ...(web ? [[{ values: { METAFLOW_UI_URL: web.url } }]] : []),
    ];
    this.metaflowProfileJson = profile(ownKeys, furtherKeys);
    if (options.parameterPath !== undefined) {
      const { kmsKeyArn, parameterPath: path } = options;
      const keys = [ownKeys, ...furtherKeys].flat();
      this.parameters = new Parameters(this, "parameters", inputs, { path, keys, kmsKeyArn }).byKey;
    }
    if (!options.existingDatabase) datastore.allowFrom(service);
    this.datastore = datastore;
    this.metadataService = service;
    this.userRole = userRole;
    this.executionRole = executionRole.role;
    this.vpc = network.vpc;
    this.subnets = network.subnets;
    const { permissionsBoundaryArn: boundary } = inputs;
    setRoles(this, {
      permissionsBoundaryArn: ifElse(equal(boundary, ""), null, boundary).string,
      rolePath: options.rolePath,
    });
    moveIn(this, options.movedFrom, { datastore, metadataService: service, runs, ui: web?.ui });
  }
}
