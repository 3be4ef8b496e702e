import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { Construct } from "constructs";
import { resource } from "../../lib/addresses";
import { concat, equal, ifElse } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import type { MetadataServiceInputs } from "./interface";
import { MIGRATION_PORT } from "./network";
import type { MetadataServiceOptions } from "./options";

/** The REST API before the metadata service: its methods, and what a deployment of it is made of. */
export function restApi(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  balancer: Lb,
  { validateRequests }: MetadataServiceOptions,
) {
  const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags: tags } = inputs;
  const api = resource(scope, ApiGatewayRestApi, "this", {
    name: concat(prefix, "api", suffix).string,
    description: "Allows access to the Metadata service RDS instance",
    // Only the partition "aws" has edge-optimized endpoints.
    endpointConfiguration: { types: [ifElse(equal(inputs.iamPartition, "aws"), "EDGE", "REGIONAL").string] },
    tags,
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
  const parts: ApiParts = { api, link, balancer, requestValidatorId: validator?.id };

  const proxy = proxyMethod(scope, inputs, parts);
  const schemaStatus = schemaStatusMethod(scope, inputs, parts);
  return { api, proxy, schemaStatus };
}

/** What the API's methods have in common. */
interface ApiParts {
  readonly api: ApiGatewayRestApi;
  readonly link: ApiGatewayVpcLink;
  readonly balancer: Lb;
  readonly requestValidatorId?: string;
}

/** `ANY /{proxy+}`: every call to the service. */
function proxyMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  { api, link, balancer, requestValidatorId }: ApiParts,
) {
  const path = resource(scope, ApiGatewayResource, "this", {
    restApiId: api.id,
    parentId: api.rootResourceId,
    pathPart: "{proxy+}",
  });
  const method = resource(scope, ApiGatewayMethod, "this", {
    restApiId: api.id,
    resourceId: path.id,
    httpMethod: "ANY",
    authorization: "NONE",
    apiKeyRequired: inputs.apiBasicAuth,
    requestParameters: { "method.request.path.proxy": true },
    requestValidatorId,
  });
  const at = { restApiId: api.id, resourceId: path.id, httpMethod: method.httpMethod };
  const integration = resource(scope, ApiGatewayIntegration, "this", {
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
  return [
    method,
    integration,
    resource(scope, ApiGatewayMethodResponse, "this", answer),
    resource(scope, ApiGatewayIntegrationResponse, "this", answer),
  ] as const;
}

/** `GET /db_schema_status`: whether the database's schema is the service's. */
function schemaStatusMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  { api, link, balancer, requestValidatorId }: ApiParts,
) {
  const path = resource(scope, ApiGatewayResource, "db", {
    restApiId: api.id,
    parentId: api.rootResourceId,
    pathPart: "db_schema_status",
  });
  const method = resource(scope, ApiGatewayMethod, "db", {
    restApiId: api.id,
    resourceId: path.id,
    httpMethod: "GET",
    authorization: "NONE",
    apiKeyRequired: inputs.apiBasicAuth,
    requestValidatorId,
  });
  const at = { restApiId: api.id, resourceId: path.id, httpMethod: method.httpMethod };
  const integration = resource(scope, ApiGatewayIntegration, "db", {
    ...at,
    type: "HTTP_PROXY",
    uri: `http://${balancer.dnsName}:${MIGRATION_PORT}/db_schema_status`,
    integrationHttpMethod: "GET",
    passthroughBehavior: "WHEN_NO_MATCH",
    connectionType: "VPC_LINK",
    connectionId: link.id,
  });
  const answer = resource(scope, ApiGatewayMethodResponse, "db", {
    ...at,
    statusCode: "200",
    dependsOn: [integration],
  });
  return [method, integration, answer] as const;
}
