// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { metaflowContract } from "../contract";
import type { MetaflowInputs, MetaflowOutputs } from "./interface";

/** The props of {@link MetaflowModule}. */
export interface MetaflowModuleProps extends MetaflowInputs, ModuleCallProps {}

/** A call of the published Terraform module `metaflow`, with the props and outputs of the construct of that name. */
export class MetaflowModule extends ModuleCall implements MetaflowOutputs {
  public constructor(scope: Construct, id: string, props: MetaflowModuleProps) {
    super(scope, id, metaflowContract, props);
  }

  /** The ARN of the job queue of flows that name no other; empty without compute. */
  public get METAFLOW_BATCH_JOB_QUEUE(): string {
    return this.getString("METAFLOW_BATCH_JOB_QUEUE");
  }

  /** The S3 URL of Metaflow's datastore. */
  public get METAFLOW_DATASTORE_SYSROOT_S3(): string {
    return this.getString("METAFLOW_DATASTORE_SYSROOT_S3");
  }

  /** The S3 URL of Metaflow's data tools. */
  public get METAFLOW_DATATOOLS_S3ROOT(): string {
    return this.getString("METAFLOW_DATATOOLS_S3ROOT");
  }

  /** Where Metaflow keeps artifacts: s3. */
  public get METAFLOW_DEFAULT_DATASTORE(): string {
    return this.getString("METAFLOW_DEFAULT_DATASTORE");
  }

  /** Where Metaflow keeps metadata: service. */
  public get METAFLOW_DEFAULT_METADATA(): string {
    return this.getString("METAFLOW_DEFAULT_METADATA");
  }

  /** The ARN of the role by which ECS starts jobs on Fargate; empty where no environment is on Fargate. */
  public get METAFLOW_ECS_FARGATE_EXECUTION_ROLE(): string {
    return this.getString("METAFLOW_ECS_FARGATE_EXECUTION_ROLE");
  }

  /** The ARN of the role that the steps of flows run with in AWS Batch; empty without compute. */
  public get METAFLOW_ECS_S3_ACCESS_IAM_ROLE(): string {
    return this.getString("METAFLOW_ECS_S3_ACCESS_IAM_ROLE");
  }

  /** The ARN of the role by which Amazon EventBridge starts scheduled flows; empty where enableStepFunctions is false. */
  public get METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE(): string {
    return this.getString("METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE");
  }

  /**
   * The API key that callers of the REST API send; empty where apiBasicAuth is false.
   *
   * Sensitive.
   */
  public get METAFLOW_SERVICE_AUTH_KEY(): string {
    return this.getString("METAFLOW_SERVICE_AUTH_KEY");
  }

  /** The URL of the metadata service within the VPC. */
  public get METAFLOW_SERVICE_INTERNAL_URL(): string {
    return this.getString("METAFLOW_SERVICE_INTERNAL_URL");
  }

  /** The URL of the metadata service's REST API. */
  public get METAFLOW_SERVICE_URL(): string {
    return this.getString("METAFLOW_SERVICE_URL");
  }

  /** The name of the table of flows in AWS Step Functions; empty where enableStepFunctions is false. */
  public get METAFLOW_SFN_DYNAMO_DB_TABLE(): string {
    return this.getString("METAFLOW_SFN_DYNAMO_DB_TABLE");
  }

  /** The ARN of the log group of executions; empty where stepFunctionsExecutionLogs is false. */
  public get METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN(): string {
    return this.getString("METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN");
  }

  /** The ARN of the role that state machines run with; empty where enableStepFunctions is false. */
  public get METAFLOW_SFN_IAM_ROLE(): string {
    return this.getString("METAFLOW_SFN_IAM_ROLE");
  }

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  public get apiGatewayRestApiIdKeyId(): string {
    return this.getString("api_gateway_rest_api_id_key_id");
  }

  /** The ARN of the KMS key that encrypts the bucket. */
  public get datastoreS3BucketKmsKeyArn(): string {
    return this.getString("datastore_s3_bucket_kms_key_arn");
  }

  /** The id of the metadata service's security group. */
  public get metadataServiceSecurityGroupId(): string {
    return this.getString("metadata_service_security_group_id");
  }

  /**
   * The configuration of a Metaflow client, for `~/.metaflowconfig/config_<profile>.json`.
   *
   * Sensitive.
   */
  public get metaflowProfileJson(): string {
    return this.getString("metaflow_profile_json");
  }

  /** The ARN of the role of a Metaflow user; empty where there is none. */
  public get metaflowUserRoleArn(): string {
    return this.getString("metaflow_user_role_arn");
  }

  /** The ARN of the Lambda function that migrates the database's schema. */
  public get migrationFunctionArn(): string {
    return this.getString("migration_function_arn");
  }

  /** The database's endpoint: address:port of an instance, the address alone of an Aurora cluster. */
  public get rdsMasterInstanceEndpoint(): string {
    return this.getString("rds_master_instance_endpoint");
  }

  /** The ARN of the bucket. */
  public get s3BucketArn(): string {
    return this.getString("s3_bucket_arn");
  }

  /** The name of the bucket. */
  public get s3BucketName(): string {
    return this.getString("s3_bucket_name");
  }

  /** The id of the first subnet. */
  public get subnet1Id(): string {
    return this.getString("subnet1_id");
  }

  /** The id of the second subnet. */
  public get subnet2Id(): string {
    return this.getString("subnet2_id");
  }

  /** The id of the VPC. */
  public get vpcId(): string {
    return this.getString("vpc_id");
  }
}
