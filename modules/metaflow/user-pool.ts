import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Construct } from "constructs";
import { userPoolDomain, userPoolName } from "../../lib/aws/cognito";
import type { Location } from "../../lib/aws/location";
import type { Rule } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import { ifElse } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";

/** A user pool with what the load balancer needs of it. */
export interface UserPoolResources {
  /** The pool, with its users. */
  readonly pool: CognitoUserPool;
  /** The pool's own page, on which visitors sign in. */
  readonly domain: CognitoUserPoolDomain;
  /** The load balancer, as the pool knows it. */
  readonly client: CognitoUserPoolClient;
}

/** The user pool that visitors of the web interface sign in to, whose users an administrator creates. */
export class UserPool extends Construct implements UserPoolResources {
  public readonly pool: CognitoUserPool;
  public readonly domain: CognitoUserPoolDomain;
  public readonly client: CognitoUserPoolClient;

  /** @param hosts - the names by which visitors reach the web interface */
  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    { account }: Location,
    hosts: readonly string[],
  ) {
    super(scope, id);
    const name = (local: string, middle: string, what: string, rule: Rule) =>
      affixedName(this, local, inputs, { middle, what, rule });
    const what = "Metaflow's web interface";
    const message = "Use the user name {username} and the temporary password {####} to sign in for the first time.";
    this.pool = resource(this, CognitoUserPool, "this", {
      name: name("name", "ui", "web interface's user pool", userPoolName),
      deletionProtection: ifElse(inputs.deletionProtection, "ACTIVE", "INACTIVE").string,
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: {
        allowAdminCreateUserOnly: true,
        inviteMessageTemplate: {
          emailSubject: `${what}: your temporary password`,
          emailMessage: message,
          smsMessage: message,
        },
      },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: 16,
        requireLowercase: false,
        requireNumbers: false,
        requireSymbols: false,
        requireUppercase: false,
        temporaryPasswordValidityDays: 7,
      },
      tags: inputs.standardTags,
    });
    this.domain = resource(this, CognitoUserPoolDomain, "this", {
      userPoolId: this.pool.id,
      domain: name("domain", account, "user pool's domain", userPoolDomain),
      // An account that is not known yet would replace it.
      lifecycle: { ignoreChanges: ["domain"] },
    });
    this.client = resource(this, CognitoUserPoolClient, "this", {
      name: name("client_name", "ui", "user pool's client", userPoolName),
      userPoolId: this.pool.id,
      // What Elastic Load Balancing asks of a client.
      generateSecret: true,
      allowedOauthFlows: ["code"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthScopes: ["openid"],
      supportedIdentityProviders: ["COGNITO"],
      callbackUrls: hosts.map((host) => `https://${host}/oauth2/idpresponse`),
      preventUserExistenceErrors: "ENABLED",
    });
  }
}
