import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { HTTP_PORT, HTTPS_PORT, UI_BACKEND_PORT, UI_STATIC_PORT } from "../../lib/aws/ports";
import type { Inputs } from "../../lib/contract/inputs";
import { ifElse } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { type Blocks, setBlocks } from "../../lib/synth/blocks";
import type { UiInputs, UiOptions } from "./generated/interface";
import type { UiNames } from "./names";
import { signsIn } from "./sign-in";

/** The load balancer with its listener and target groups. */
export interface UiBalancer {
  readonly balancer: Lb;
  readonly listener: LbListener;
  /** The rule that leads to the backend. */
  readonly rule: LbListenerRule;
  readonly targetGroups: { readonly backend: LbTargetGroup; readonly static: LbTargetGroup };
}

/** An application load balancer over HTTPS: /api/ is the backend's, the rest the frontend's. */
export function uiBalancer(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  group: SecurityGroup,
  options: UiOptions,
): UiBalancer {
  const balancer = resource(scope, Lb, "this", {
    name: names.loadBalancer,
    internal: inputs.albInternal,
    loadBalancerType: "application",
    subnets: options.loadBalancerSubnetIds ?? [inputs.subnet1Id, inputs.subnet2Id],
    securityGroups: [group.id],
    enableDeletionProtection: options.deletionProtection,
    dropInvalidHeaderFields: options.dropInvalidHeaders,
    accessLogs: options.loadBalancerAccessLog,
    tags: inputs.standardTags,
  });
  const common = { protocol: "HTTP", targetType: "ip", vpcId: inputs.metaflowVpcId, tags: inputs.standardTags };
  const backend = resource(scope, LbTargetGroup, "ui_backend", {
    ...common,
    name: names.backendTargetGroup,
    port: UI_BACKEND_PORT,
    healthCheck: {
      protocol: "HTTP",
      port: String(UI_BACKEND_PORT),
      path: "/api/ping",
      interval: 10,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
  });
  const frontend = resource(scope, LbTargetGroup, "ui_static", {
    ...common,
    name: names.staticTargetGroup,
    port: UI_STATIC_PORT,
  });

  const listener = resource(scope, LbListener, "this", {
    loadBalancerArn: balancer.arn,
    port: HTTPS_PORT,
    protocol: "HTTPS",
    sslPolicy: options.sslPolicy,
    certificateArn: inputs.certificateArn,
    defaultAction: [],
  });
  listener.addOverride("default_action", undefined);
  setBlocks(listener, "default_action", ...actions(inputs, options, frontend.id));
  const rule = resource(scope, LbListenerRule, "ui_backend", {
    listenerArn: listener.arn,
    priority: 1,
    action: [],
    condition: [{ pathPattern: { values: ["/api/*"] } }],
  });
  rule.addOverride("action", undefined);
  setBlocks(rule, "action", ...actions(inputs, options, backend.arn));
  if (options.redirectHttp) {
    resource(scope, LbListener, "redirect", {
      loadBalancerArn: balancer.arn,
      port: HTTP_PORT,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { port: String(HTTPS_PORT), protocol: "HTTPS", statusCode: "HTTP_301" } },
      ],
      tags: inputs.standardTags,
    });
  }
  return { balancer, listener, rule, targetGroups: { backend, static: frontend } };
}

/** Signs visitors in where there is a user pool, then lets them through: blocks, in the order in which AWS works them off. */
function actions(inputs: Inputs<UiInputs>, options: UiOptions, targetGroupArn: string): [Blocks, Blocks] {
  return [
    {
      forEach: ifElse(signsIn(inputs, options), [1], []),
      content: () => ({
        type: "authenticate-cognito",
        order: 1,
        authenticate_cognito: {
          user_pool_arn: inputs.cognitoUserPoolArn,
          user_pool_client_id: inputs.cognitoUserPoolClientId,
          user_pool_domain: inputs.cognitoUserPoolDomain,
        },
      }),
    },
    { forEach: [1], content: () => ({ type: "forward", target_group_arn: targetGroupArn, order: 100 }) },
  ];
}
