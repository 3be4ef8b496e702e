// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { metadataServiceContract } from "../contract";
import type { MetadataServiceInputs, MetadataServiceOutputs } from "./interface";

/** The props of {@link MetadataServiceModule}. */
export interface MetadataServiceModuleProps extends MetadataServiceInputs, ModuleCallProps {}

/** A call of the published Terraform module `metadata-service`, with the props and outputs of the construct of that name. */
export class MetadataServiceModule extends ModuleCall implements MetadataServiceOutputs {
  public constructor(scope: Construct, id: string, props: MetadataServiceModuleProps) {
    super(scope, id, metadataServiceContract, props);
  }

  /** The URL of the metadata service within the VPC. */
  public get METAFLOW_SERVICE_INTERNAL_URL(): string {
    return this.getString("METAFLOW_SERVICE_INTERNAL_URL");
  }

  /** The URL of the metadata service's REST API. */
  public get METAFLOW_SERVICE_URL(): string {
    return this.getString("METAFLOW_SERVICE_URL");
  }

  /** The id of the REST API. */
  public get apiGatewayRestApiId(): string {
    return this.getString("api_gateway_rest_api_id");
  }

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  public get apiGatewayRestApiIdKeyId(): string {
    return this.getString("api_gateway_rest_api_id_key_id");
  }

  /** The id of the metadata service's security group. */
  public get metadataServiceSecurityGroupId(): string {
    return this.getString("metadata_service_security_group_id");
  }

  /** The ARN of the metadata service's task role. */
  public get metadataSvcEcsTaskRoleArn(): string {
    return this.getString("metadata_svc_ecs_task_role_arn");
  }

  /** The ARN of the Lambda function that migrates the database's schema. */
  public get migrationFunctionArn(): string {
    return this.getString("migration_function_arn");
  }

  /** The DNS name of the metadata service's load balancer. */
  public get networkLoadBalancerDnsName(): string {
    return this.getString("network_load_balancer_dns_name");
  }
}
