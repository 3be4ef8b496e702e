import { contract, flag, text, textMap, texts } from "../../lib/contract";
import { ipv4Network, listOf, oneOf, vpcNetwork } from "../../lib/rules";
import { customRoleContract } from "../custom-role/contract";
import { datastoreContract } from "../datastore/contract";
import { metadataServiceContract } from "../metadata-service/contract";

const datastore = datastoreContract.inputs;
const service = metadataServiceContract.inputs;

/** The settings and results of a deployment: the variables and outputs of the stack `metaflow`. */
export const metaflowContract = contract({
  construct: "Metaflow",
  inputs: {
    accessListCidrBlocks: { ...service.accessListCidrBlocks, default: [] },
    apiBasicAuth: service.apiBasicAuth,
    applyImmediately: datastore.applyImmediately,
    bucketKeyEnabled: { ...datastore.bucketKeyEnabled, default: true },
    caCertIdentifier: datastore.caCertIdentifier,
    createNetwork: flag({
      description:
        "Whether the deployment has a network of its own; null for one unless {vpcId} is given. Set it where {vpcId} is " +
        "known only after an apply",
      default: null,
    }),
    databaseSslMode: text({
      description: "libpq's sslmode for the connection to the database (metadata service images from v2.4.4 on)",
      default: "require",
      rule: oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    }),
    dbEngine: datastore.dbEngine,
    dbEngineVersion: { ...datastore.dbEngineVersion, default: "17" },
    dbIdentifierPrefix: datastore.dbIdentifierPrefix,
    dbInstanceTags: datastore.dbInstanceTags,
    dbInstanceType: { ...datastore.dbInstanceType, default: "db.t4g.small" },
    dbMigrateLambdaRuntime: { ...service.dbMigrateLambdaRuntime, default: "python3.13" },
    dbName: datastore.dbName,
    dbParameters: datastore.dbParameters,
    dbUsername: datastore.dbUsername,
    ecsClusterSettings: service.ecsClusterSettings,
    forceDestroyS3Bucket: datastore.forceDestroyS3Bucket,
    loadBalancerNamePrefix: service.loadBalancerNamePrefix,
    maintenanceWindow: datastore.maintenanceWindow,
    metadataServiceContainerImage: {
      ...service.metadataServiceContainerImage,
      default: "netflixoss/metaflow_metadata_service:v2.5.1",
    },
    metadataServiceCpu: service.metadataServiceCpu,
    metadataServiceMemory: service.metadataServiceMemory,
    resourcePrefix: { ...datastore.resourcePrefix, default: "metaflow-" },
    resourceSuffix: { ...datastore.resourceSuffix, default: "-prod" },
    s3BucketName: text({
      description: "The name of the bucket; empty for <{resourcePrefix}>s3-<account>-<region><{resourceSuffix}>",
      default: "",
    }),
    standardTags: textMap({
      description: "Tags of every resource that takes tags",
      default: { application: "metaflow" },
    }),
    subnet1Cidr: text({
      description: "The addresses of the first subnet of the deployment's own network",
      default: "10.20.0.0/24",
      rule: vpcNetwork,
    }),
    subnet1Id: text({ description: "The id of the first subnet, where {vpcId} is given", default: "" }),
    subnet2Cidr: text({
      description: "The addresses of the second subnet of the deployment's own network",
      default: "10.20.1.0/24",
      rule: vpcNetwork,
    }),
    subnet2Id: text({
      description: "The id of the second subnet, in another availability zone, where {vpcId} is given",
      default: "",
    }),
    userRolePrincipals: { ...customRoleContract.inputs.userRolePrincipals, default: [] },
    vpcCidr: text({
      description: "The addresses of the deployment's own network",
      default: "10.20.0.0/16",
      rule: vpcNetwork,
    }),
    vpcCidrBlocks: texts({
      description: "The networks that may call the service within the VPC; empty for those of the VPC",
      default: [],
      rule: listOf(ipv4Network),
    }),
    vpcId: text({
      description: "The id of the VPC to deploy in, with {subnet1Id} and {subnet2Id}; empty for a network of its own",
      default: "",
    }),
    withPublicIp: flag({
      description:
        "Whether the service's task has a public address; null for one in the deployment's own network, whose subnets " +
        "have no NAT gateway",
      default: null,
    }),
  },
  outputs: {
    METAFLOW_DATASTORE_SYSROOT_S3: datastoreContract.outputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATATOOLS_S3ROOT: datastoreContract.outputs.METAFLOW_DATATOOLS_S3ROOT,
    METAFLOW_DEFAULT_DATASTORE: { description: "Where Metaflow keeps artifacts: s3" },
    METAFLOW_DEFAULT_METADATA: { description: "Where Metaflow keeps metadata: service" },
    METAFLOW_SERVICE_AUTH_KEY: {
      description: "The API key that callers of the REST API send; empty where {apiBasicAuth} is false",
      sensitive: true,
    },
    METAFLOW_SERVICE_INTERNAL_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_INTERNAL_URL,
    METAFLOW_SERVICE_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_URL,
    apiGatewayRestApiIdKeyId: metadataServiceContract.outputs.apiGatewayRestApiIdKeyId,
    metaflowProfileJson: {
      description: "The configuration of a Metaflow client, for ~/.metaflowconfig/config_<profile>.json",
      sensitive: true,
    },
    metaflowUserRoleArn: customRoleContract.outputs.metaflowUserRoleArn,
    migrationFunctionArn: metadataServiceContract.outputs.migrationFunctionArn,
    rdsMasterInstanceEndpoint: datastoreContract.outputs.rdsMasterInstanceEndpoint,
    s3BucketName: datastoreContract.outputs.s3BucketName,
    subnet1Id: { description: "The id of the first subnet" },
    subnet2Id: { description: "The id of the second subnet" },
    vpcId: { description: "The id of the VPC" },
  },
});
