import { Lazy, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Location } from "../../lib/aws/location";
import { throwProblems } from "../../lib/contract/checks";
import { pick, type Inputs } from "../../lib/contract/inputs";
import type { Rule } from "../../lib/contract/contract";
import { any, coalesce, concat, every, lower, matches, merge, not } from "../../lib/hcl/functions";
import type { Operand } from "../../lib/hcl/expression";
import { checkedList } from "../../lib/synth/checked";
import type { Datastore } from "../datastore";
import type { MetadataService } from "../metadata-service";
import { Ui, type UiOptions, type UiProps } from "../ui";
import { uiContract } from "../ui/contract";
import { FRONTEND_IMAGE, SSL_POLICY } from "./contract-ui";
import type { MetaflowInputs, MetaflowOptions, WebInterface } from "./generated/interface";
import type { Network } from "./network";
import { UserPool } from "./user-pool";

/** What the web interface is made of. */
export interface WebInterfaceParts {
  readonly options: Pick<
    MetaflowOptions,
    | "existingDatabase"
    | "leastPrivilege"
    | "loadBalancerSubnetIds"
    | "restrictEgress"
    | "taskSubnetIds"
    | "waitForSteadyState"
  >;
  readonly network: Network;
  readonly location: Location;
  readonly datastore: Datastore;
  readonly metadataService: MetadataService;
  /** The secret of the database's password, where tasks read it there. */
  readonly passwordSecret?: string;
  readonly executionRoleArn: string;
  readonly logs: UiOptions["logs"];
  readonly accessLog: UiOptions["loadBalancerAccessLog"];
  /** What must exist before the first tasks start. */
  readonly dependsOn: ITerraformDependable[];
}

/** A deployment's web interface. */
export interface WebInterfaceResources {
  readonly ui: Ui;
  /** The URL by which visitors reach it (METAFLOW_UI_URL). */
  readonly url: string;
  /** The user pool of the deployment's own, where it has one. */
  readonly userPool?: UserPool;
}

/** Metaflow's web interface as a deployment has it. */
export function webInterface(
  scope: Construct,
  inputs: Inputs<MetaflowInputs>,
  wanted: WebInterface,
  parts: WebInterfaceParts,
): WebInterfaceResources {
  checkWebInterface(scope, wanted);
  const { datastore, location, metadataService, network, options } = parts;
  const { userPool: given, ownUserPool } = wanted;
  const signsIn = ownUserPool === true || given !== undefined;
  const allowList = wanted.allowList ?? (signsIn ? [EVERYBODY] : []);
  // Each of the two needs something of the other.
  const balancerName = lower(Lazy.stringValue({ produce: () => ui.albDnsName })).string;
  const hosts = [balancerName, ...(wanted.domainName === undefined ? [] : [wanted.domainName])];
  const own = ownUserPool ? new UserPool(scope, "user_pool", inputs, location, hosts) : undefined;
  const ui: Ui = new Ui(scope, "ui", {
    ...pick(inputs, uiContract, "loadBalancerNamePrefix", "resourcePrefix", "resourceSuffix", "standardTags"),
    METAFLOW_DATASTORE_SYSROOT_S3: datastore.METAFLOW_DATASTORE_SYSROOT_S3,
    // What is not named stays as it is: insights that are no longer asked for have to be turned off.
    ecsClusterSettings: merge({ containerInsights: "disabled" }, inputs.ecsClusterSettings).map,
    albInternal: wanted.internal ?? false,
    certificateArn: wanted.certificateArn,
    databaseName: datastore.databaseName,
    databasePassword: parts.passwordSecret === undefined ? datastore.databasePassword : undefined,
    databaseUsername: datastore.databaseUsername,
    datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
    extraUiBackendEnvVars: merge({ LOGLEVEL: "INFO" }, wanted.backendEnvironment ?? {}).map,
    fargateExecutionRoleArn: parts.executionRoleArn,
    iamPartition: location.partition,
    metadataServiceSecurityGroupId: metadataService.metadataServiceSecurityGroupId,
    metaflowVpcId: network.vpcId,
    rdsMasterInstanceEndpoint: datastore.rdsMasterInstanceEndpoint,
    s3BucketArn: datastore.s3BucketArn,
    subnet1Id: network.subnet1Id,
    subnet2Id: network.subnet2Id,
    uiAllowList: checkedList(scope, "ui.allowList", allowList, guarded(wanted, signsIn)),
    uiBackendContainerImage: backendImage(inputs, wanted),
    uiStaticContainerImage: wanted.frontendImage ?? FRONTEND_IMAGE,
    backendCpu: wanted.backendCpu,
    backendMemory: wanted.backendMemory,
    clusterName: concat(inputs.resourcePrefix, "ui", inputs.resourceSuffix).string,
    databasePasswordSecret: parts.passwordSecret,
    databasePort: datastore.databasePort,
    databaseSslMode: inputs.databaseSslMode,
    deletionProtection: inputs.deletionProtection,
    dropInvalidHeaders: true,
    keepTaskDefinitions: true,
    leastPrivilege: options.leastPrivilege,
    loadBalancerAccessLog: parts.accessLog,
    loadBalancerSubnetIds: wanted.loadBalancerSubnetIds ?? options.loadBalancerSubnetIds,
    logs: parts.logs,
    narrowSecurityGroups: options.restrictEgress,
    // The owner of a database that is there admits the metadata service alone.
    ownDatabaseAccess: options.existingDatabase === undefined,
    redirectHttp: true,
    regionOfLogGroup: true,
    serviceDependsOn: parts.dependsOn,
    sslPolicy: wanted.sslPolicy ?? SSL_POLICY,
    taskSubnetIds: options.taskSubnetIds,
    waitForSteadyState: options.waitForSteadyState,
    withPublicIp: coalesce(inputs.withPublicIp, network.isOwn),
    ...signInTo(own, given),
  });
  return { ui, url: concat("https://", wanted.domainName ?? balancerName).string, userPool: own };
}

const EVERYBODY = "0.0.0.0/0";

/** The user pool that visitors sign in to, where there is one. */
function signInTo(own: UserPool | undefined, given: WebInterface["userPool"]): Partial<UiProps> {
  if (own) {
    const { client, domain, pool } = own;
    return {
      cognitoUserPoolArn: pool.arn,
      cognitoUserPoolClientId: client.id,
      cognitoUserPoolDomain: domain.domain,
      requireSignIn: true,
    };
  }
  if (!given) return {};
  return {
    cognitoUserPoolArn: given.arn,
    cognitoUserPoolClientId: given.clientId,
    cognitoUserPoolDomain: given.domain,
    requireSignIn: true,
  };
}

/** The images of both services, as they are pulled. */
export function webInterfaceImages(inputs: Inputs<MetaflowInputs>, wanted: WebInterface): Operand[] {
  return [backendImage(inputs, wanted), wanted.frontendImage ?? FRONTEND_IMAGE];
}

function backendImage(inputs: Inputs<MetaflowInputs>, { backendImage: image }: WebInterface): string {
  return image ?? inputs.metadataServiceContainerImage;
}

/** @throws Error where the fields contradict each other */
function checkWebInterface(scope: Construct, { ownUserPool, userPool }: WebInterface): void {
  if (!ownUserPool || userPool === undefined) return;
  throwProblems(scope, [
    `ui.ownUserPool is true and ui.userPool is ${JSON.stringify(userPool)}; one of the two must be left out.`,
  ]);
}

/** Only where visitors sign in, or come from within, may the list have everybody. */
function guarded({ internal }: WebInterface, signsIn: boolean): Rule {
  return {
    allowed:
      `a list without networks of size 0, such as ${EVERYBODY}: the web interface shows all metadata and artifacts. To admit ` +
      "everybody, set ui.ownUserPool or ui.userPool, so that visitors sign in",
    test: (list) =>
      any(
        signsIn,
        internal ?? false,
        every(list, (network) => not(matches("/0$", network))),
      ),
  };
}
