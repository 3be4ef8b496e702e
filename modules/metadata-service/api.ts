import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { resource, type ElementClass } from "../../lib/synth/addresses";
import type { Operand } from "../../lib/hcl/expression";
import { preconditions } from "../../lib/synth/checked";
import { any, concat, equal, ifElse, notEmpty } from "../../lib/hcl/functions";
import type { Bool, Inputs } from "../../lib/contract/inputs";
import type { MetadataServiceInputs } from "./generated/interface";
import { MIGRATION_PORT } from "../../lib/aws/ports";
import { privateEndpoints } from "./private-api";
import type { MetadataServiceOptions } from "./generated/interface";

/** The REST API before the metadata service: its methods, and what a deployment of it is made of. */
export function restApi(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  balancer: Lb,
  options: MetadataServiceOptions,
) {
  const { openApi, regionalApi, validateRequests } = options;
  const vpcEndpointIds = privateEndpoints(options);
  const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags: tags } = inputs;
  const api = resource(scope, ApiGatewayRestApi, "this", {
    name: concat(prefix, "api", suffix).string,
    description: "Allows access to the Metadata service RDS instance",
    endpointConfiguration: vpcEndpointIds
      ? { types: ["PRIVATE"], vpcEndpointIds }
      : {
          // Only the partition "aws" has edge-optimized endpoints.
          types: [regionalApi ? "REGIONAL" : ifElse(equal(inputs.iamPartition, "aws"), "EDGE", "REGIONAL").string],
        },
    tags,
    lifecycle: {
      ignoreChanges: regionalApi && !vpcEndpointIds ? ["endpoint_configuration"] : undefined,
      precondition: openApi === undefined || vpcEndpointIds ? undefined : accessPrecondition(scope, inputs, openApi),
    },
  });
  const link = resource(scope, ApiGatewayVpcLink, "this", {
    name: concat(prefix, "vpclink", suffix).string,
    targetArns: [balancer.arn],
    tags,
  });

  const validator = validateRequests
    ? resource(scope, ApiGatewayRequestValidator, "this", {
        name: "parameters",
        restApiId: api.id,
        validateRequestParameters: true,
      })
    : undefined;
  const parts: ApiParts = {
    api,
    link,
    balancer,
    requestValidatorId: validator?.id,
    definition: new ApiDefinition(scope),
  };
  // AWS takes note of another kind of endpoint in the deployment that is made after it.
  if (vpcEndpointIds) parts.definition.content.push(vpcEndpointIds);
  proxyMethod(scope, inputs, parts);
  schemaStatusMethod(scope, inputs, parts);
  return { api, link, definition: parts.definition };
}

/** Refuses an API that anybody may call unless `openApi` asks for one. */
function accessPrecondition(scope: Construct, inputs: Inputs<MetadataServiceInputs>, openApi: Bool) {
  return preconditions(scope, {
    condition: any(inputs.apiBasicAuth, notEmpty(inputs.accessListCidrBlocks), openApi),
    message: [
      "api_basic_auth is false and access_list_cidr_blocks is []: one of them must restrict access, or open_api must be " +
        "true for an API that anybody may call.",
    ],
  });
}

/** What a deployment of the API is a copy of: its methods, with what answers them. */
export class ApiDefinition {
  public readonly resources: TerraformResource[] = [];
  /** The arguments of the resources. */
  public readonly content: Operand[] = [];

  public constructor(private readonly scope: Construct) {}

  /** Declares a resource that belongs to the API's definition. */
  public add<Config extends TerraformMetaArguments, Element extends TerraformResource>(
    type: ElementClass<Config, Element>,
    name: string,
    config: Config,
  ): Element {
    const element = resource(this.scope, type, name, config);
    this.resources.push(element);
    this.content.push({ ...config, dependsOn: undefined } as Operand);
    return element;
  }
}

/** What the API's methods have in common. */
interface ApiParts {
  readonly api: ApiGatewayRestApi;
  readonly link: ApiGatewayVpcLink;
  readonly balancer: Lb;
  readonly requestValidatorId?: string;
  readonly definition: ApiDefinition;
}

/** `ANY /{proxy+}`: every call to the service. */
function proxyMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  { api, link, balancer, requestValidatorId, definition }: ApiParts,
): void {
  const path = resource(scope, ApiGatewayResource, "this", {
    restApiId: api.id,
    parentId: api.rootResourceId,
    pathPart: "{proxy+}",
  });
  const method = definition.add(ApiGatewayMethod, "this", {
    restApiId: api.id,
    resourceId: path.id,
    httpMethod: "ANY",
    authorization: "NONE",
    apiKeyRequired: inputs.apiBasicAuth,
    requestParameters: { "method.request.path.proxy": true },
    requestValidatorId,
  });
  const at = { restApiId: api.id, resourceId: path.id, httpMethod: method.httpMethod };
  const integration = definition.add(ApiGatewayIntegration, "this", {
    ...at,
    type: "HTTP_PROXY",
    uri: `http://${balancer.dnsName}/{proxy}`,
    integrationHttpMethod: "ANY",
    passthroughBehavior: "WHEN_NO_MATCH",
    connectionType: "VPC_LINK",
    connectionId: link.id,
    requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
  });
  const answer = { ...at, statusCode: "200", dependsOn: [integration] };
  definition.add(ApiGatewayMethodResponse, "this", answer);
  definition.add(ApiGatewayIntegrationResponse, "this", answer);
}

/** `GET /db_schema_status`: whether the database's schema is the service's. */
function schemaStatusMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  { api, link, balancer, requestValidatorId, definition }: ApiParts,
): void {
  const path = resource(scope, ApiGatewayResource, "db", {
    restApiId: api.id,
    parentId: api.rootResourceId,
    pathPart: "db_schema_status",
  });
  const method = definition.add(ApiGatewayMethod, "db", {
    restApiId: api.id,
    resourceId: path.id,
    httpMethod: "GET",
    authorization: "NONE",
    apiKeyRequired: inputs.apiBasicAuth,
    requestValidatorId,
  });
  const at = { restApiId: api.id, resourceId: path.id, httpMethod: method.httpMethod };
  const integration = definition.add(ApiGatewayIntegration, "db", {
    ...at,
    type: "HTTP_PROXY",
    uri: `http://${balancer.dnsName}:${MIGRATION_PORT}/db_schema_status`,
    integrationHttpMethod: "GET",
    passthroughBehavior: "WHEN_NO_MATCH",
    connectionType: "VPC_LINK",
    connectionId: link.id,
  });
  definition.add(ApiGatewayMethodResponse, "db", { ...at, statusCode: "200", dependsOn: [integration] });
}
