import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/addresses";
import { concat, countIf, equal, ifElse } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import type { MetadataServiceInputs } from "./interface";
import { MIGRATION_PORT } from "./network";

/** The REST API before the metadata service: its methods, its one stage, and the key that its callers need. */
export function restApi(scope: Construct, inputs: Inputs<MetadataServiceInputs>, balancer: Lb) {
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

  const proxy = proxyMethod(scope, inputs, api, link, balancer);
  schemaStatusMethod(scope, inputs, api, link, balancer);

  const deployment = resource(scope, ApiGatewayDeployment, "this", {
    restApiId: api.id,
    dependsOn: [proxy.method, proxy.integration],
    lifecycle: { createBeforeDestroy: true },
  });
  const stage = resource(scope, ApiGatewayStage, "this", {
    deploymentId: deployment.id,
    restApiId: api.id,
    stageName: "api",
    tags,
  });

  return { api, stage, key: apiKey(scope, inputs, api, stage) };
}

/** `ANY /{proxy+}`: every call to the service. */
function proxyMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  link: ApiGatewayVpcLink,
  balancer: Lb,
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
  resource(scope, ApiGatewayMethodResponse, "this", answer);
  resource(scope, ApiGatewayIntegrationResponse, "this", answer);
  return { method, integration };
}

/** `GET /db_schema_status`: whether the database's schema is the service's. */
function schemaStatusMethod(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  link: ApiGatewayVpcLink,
  balancer: Lb,
): void {
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
  resource(scope, ApiGatewayMethodResponse, "db", { ...at, statusCode: "200", dependsOn: [integration] });
}

/** The key, bound to the stage by a usage plan, where callers need one. */
function apiKey(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  stage: ApiGatewayStage,
): ApiGatewayApiKey {
  const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags: tags } = inputs;
  const count = countIf(inputs.apiBasicAuth);
  const key = resource(scope, ApiGatewayApiKey, "this", { count, name: concat(prefix, "key", suffix).string, tags });
  const plan = resource(scope, ApiGatewayUsagePlan, "this", {
    count,
    name: concat(prefix, "usage-plan", suffix).string,
    apiStages: [{ apiId: api.id, stage: stage.stageName }],
    tags,
  });
  resource(scope, ApiGatewayUsagePlanKey, "this", {
    count,
    keyId: instanceAttribute(key, 0, "id").string,
    keyType: "API_KEY",
    usagePlanId: instanceAttribute(plan, 0, "id").string,
  });
  return key;
}
