// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { rootContract } from "../contract";
import type { RootInputs, RootOutputs } from "./interface";

/** The props of {@link RootModule}. */
export interface RootModuleProps extends RootInputs, ModuleCallProps {}

/** A call of the published Terraform module `root`, with the props and outputs of the construct of that name. */
export class RootModule extends ModuleCall implements RootOutputs {
  public constructor(scope: Construct, id: string, props: RootModuleProps) {
    super(scope, id, rootContract, props);
  }

  /** The ARN of the job queue, for Metaflow's profile. */
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

  /** The ARN of the jobs' role. */
  public get METAFLOW_ECS_S3_ACCESS_IAM_ROLE(): string {
    return this.getString("METAFLOW_ECS_S3_ACCESS_IAM_ROLE");
  }

  /**
   * The ARN of the role with which Amazon EventBridge starts scheduled flows (METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE);
   * empty where the module is not active.
   */
  public get METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE(): string {
    return this.getString("METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE");
  }

  /** The URL of the metadata service within the VPC. */
  public get METAFLOW_SERVICE_INTERNAL_URL(): string {
    return this.getString("METAFLOW_SERVICE_INTERNAL_URL");
  }

  /** The URL of the metadata service's REST API. */
  public get METAFLOW_SERVICE_URL(): string {
    return this.getString("METAFLOW_SERVICE_URL");
  }

  /**
   * The name of the table in which flows keep the state of their executions (METAFLOW_SFN_DYNAMO_DB_TABLE); empty where
   * the module is not active.
   */
  public get METAFLOW_SFN_DYNAMO_DB_TABLE(): string {
    return this.getString("METAFLOW_SFN_DYNAMO_DB_TABLE");
  }

  /** The ARN of the state machines' role (METAFLOW_SFN_IAM_ROLE); empty where the module is not active. */
  public get METAFLOW_SFN_IAM_ROLE(): string {
    return this.getString("METAFLOW_SFN_IAM_ROLE");
  }

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  public get apiGatewayRestApiIdKeyId(): string {
    return this.getString("api_gateway_rest_api_id_key_id");
  }

  /** The id of the security group of the environment. */
  public get batchComputeEnvironmentSecurityGroupId(): string {
    return this.getString("batch_compute_environment_security_group_id");
  }

  /** The ARN of the KMS key that encrypts the bucket. */
  public get datastoreS3BucketKmsKeyArn(): string {
    return this.getString("datastore_s3_bucket_kms_key_arn");
  }

  /** The ARN of the metadata service's task role. */
  public get metadataSvcEcsTaskRoleArn(): string {
    return this.getString("metadata_svc_ecs_task_role_arn");
  }

  /** The id of the REST API. */
  public get metaflowApiGatewayRestApiId(): string {
    return this.getString("metaflow_api_gateway_rest_api_id");
  }

  /** The URL of the ECR repository; empty where there is none. */
  public get metaflowBatchContainerImage(): string {
    return this.getString("metaflow_batch_container_image");
  }

  /** Metaflow's profile as JSON, with a command in place of the API key, for `~/.metaflowconfig/config_<profile>.json`. */
  public get metaflowProfileJson(): string {
    return this.getString("metaflow_profile_json");
  }

  /** The ARN of the bucket. */
  public get metaflowS3BucketArn(): string {
    return this.getString("metaflow_s3_bucket_arn");
  }

  /** The name of the bucket. */
  public get metaflowS3BucketName(): string {
    return this.getString("metaflow_s3_bucket_name");
  }

  /** The ARN of the Lambda function that migrates the database's schema. */
  public get migrationFunctionArn(): string {
    return this.getString("migration_function_arn");
  }

  /** The ARN of the load balancer. */
  public get uiAlbArn(): string {
    return this.getString("ui_alb_arn");
  }

  /** The DNS name of the load balancer, to which the certificate's name should resolve. */
  public get uiAlbDnsName(): string {
    return this.getString("ui_alb_dns_name");
  }
}
