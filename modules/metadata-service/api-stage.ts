import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { dependable } from "cdktf";
import type { Construct } from "constructs";
import { instanceAttribute, isAbsent, resource } from "../../lib/synth/addresses";
import { setBlocks } from "../../lib/synth/blocks";
import { hcl } from "../../lib/hcl/expression";
import { concat, countIf, equal, ifElse, jsonencode, notEqual } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { arn, type Place } from "../../lib/aws/location";
import { logGroup } from "../../lib/aws/log-group";
import type { restApi } from "./api";
import type { MetadataServiceInputs } from "./generated/interface";
import type { ApiLogs, MetadataServiceOptions, ServiceLogs, UsageLimits } from "./generated/interface";

/** The API's parts that a deployment is made of. */
export interface DeployedParts extends ReturnType<typeof restApi> {
  readonly policy: ApiGatewayRestApiPolicy;
}

/** The API's one stage, `api`, with its deployment and its log, and the key that its callers need. */
export function apiStage(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  parts: DeployedParts,
  location: Place,
  options: MetadataServiceOptions,
) {
  const { api } = parts;
  const deployment = resource(scope, ApiGatewayDeployment, "this", {
    restApiId: api.id,
    ...(options.redeployApi ? redeployed(inputs, parts) : { dependsOn: parts.definition.resources }),
    lifecycle: { createBeforeDestroy: true },
  });
  const stage = resource(scope, ApiGatewayStage, "this", {
    deploymentId: deployment.id,
    restApiId: api.id,
    stageName: "api",
    xrayTracingEnabled: options.tracing,
    tags: inputs.standardTags,
  });
  if (options.apiLogs) apiLogs(scope, inputs, stage, location, options.apiLogs, options.logs);
  return { stage, key: apiKey(scope, inputs, api, stage, options.usageLimits) };
}

/** A deployment is a copy of the API as it was: what it is made of has to bring another one when it changes. */
function redeployed({ accessListCidrBlocks }: Inputs<MetadataServiceInputs>, { definition, policy }: DeployedParts) {
  // What the policy is made of beside them is known late, or never changes.
  const content = jsonencode([...definition.content, accessListCidrBlocks]);
  return {
    triggers: { redeployment: hcl`sha1(${content})`.string },
    dependsOn: [...definition.resources, policy],
  };
}

/** Each request in one line of JSON, and the API's own errors. */
function apiLogs(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  stage: ApiGatewayStage,
  place: Place,
  { enabled, dependsOn = [] }: ApiLogs,
  logs: ServiceLogs | undefined,
): void {
  const count = countIf(enabled);
  const name = concat("/aws/apigateway/", inputs.resourcePrefix, "api", inputs.resourceSuffix).string;
  const log = (id: string, name: string) => logGroup(scope, id, { count, name, tags: inputs.standardTags }, logs);
  const group = log("api", name);
  // API Gateway would create it without encryption and without an expiry.
  const errors = log("api_errors", concat("API-Gateway-Execution-Logs_", stage.restApiId, "/", stage.stageName).string);
  // An ARN that is known before the group is, so that a plan shows where the log goes.
  const groupArn = arn(place, "logs", "log-group:", name);
  stage.dependsOn = [...dependsOn, group].filter((each) => !isAbsent(each)).map(dependable);
  setBlocks(stage, "access_log_settings", {
    forEach: ifElse(enabled, ["json"], []),
    content: () => ({ destination_arn: groupArn, format: jsonencode(ACCESS_LOG) }),
  });
  resource(scope, ApiGatewayMethodSettings, "this", {
    count,
    restApiId: stage.restApiId,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: { loggingLevel: "ERROR", metricsEnabled: true, dataTraceEnabled: false },
    dependsOn: [errors],
  });
}

/** Source: "Variables for access logging for API Gateway" in the Amazon API Gateway Developer Guide. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  apiKeyId: "$context.identity.apiKeyId",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  error: "$context.error.message",
  integrationError: "$context.integrationErrorMessage",
};

/** The key, bound to the stage by a usage plan, where callers need one. */
function apiKey(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  stage: ApiGatewayStage,
  limits: UsageLimits | undefined,
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
  if (limits) limitUsage(plan, limits);
  resource(scope, ApiGatewayUsagePlanKey, "this", {
    count,
    keyId: instanceAttribute(key, 0, "id").string,
    keyType: "API_KEY",
    usagePlanId: instanceAttribute(plan, 0, "id").string,
  });
  return key;
}

/** A block is there where its limit is not 0. */
function limitUsage(plan: ApiGatewayUsagePlan, { requestsPerSecond, burst, requestsPerDay }: UsageLimits): void {
  setBlocks(plan, "throttle_settings", {
    forEach: ifElse(notEqual(requestsPerSecond, 0), ["limit"], []),
    content: () => ({ rate_limit: requestsPerSecond, burst_limit: ifElse(equal(burst, 0), null, burst) }),
  });
  setBlocks(plan, "quota_settings", {
    forEach: ifElse(notEqual(requestsPerDay, 0), ["limit"], []),
    content: () => ({ limit: requestsPerDay, period: "DAY" }),
  });
}
