import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { EphemeralResource } from "../../lib/synth/ephemeral";
import { concat } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { readsSecret } from "../../lib/aws/policy";
import { iamRolePolicy } from "../../lib/aws/role";
import type { WriteOnlyPassword } from "../datastore";
import type { MetaflowInputs } from "./generated/interface";

/** What the secret of the database's password is made of. */
export interface DatabasePasswordProps {
  /** The password; where it is not given, Secrets Manager generates one that the state does not hold. */
  readonly password?: string;
  /** The ARN of the KMS key that encrypts it. */
  readonly kmsKeyArn: string;
}

/** A secret by which the database's password reaches the service. */
export interface PasswordSecret {
  /** The secret as ECS takes it. */
  readonly valueFrom: string;
  /** The password as the database takes it, where the state does not hold it. */
  readonly writeOnly?: WriteOnlyPassword;
  /** Lets a role read this secret, and nothing else. */
  readableBy(role: string): IamRolePolicy;
}

/** The secret of the password of a database that the deployment makes. */
export class DatabasePassword extends Construct implements PasswordSecret {
  /** This version of it, so that another one brings new tasks. */
  public readonly valueFrom: string;
  public readonly writeOnly?: WriteOnlyPassword;
  private readonly secret: SecretsmanagerSecret;

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    private readonly props: DatabasePasswordProps,
  ) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix, databasePasswordVersion } = inputs;
    this.secret = resource(this, SecretsmanagerSecret, "this", {
      name: concat(prefix, "database-password", suffix).string,
      description: "The password of the metadata service's database.",
      kmsKeyId: props.kmsKeyArn,
      // Its name can be used again at once: the password of a database that is gone is of no use.
      recoveryWindowInDays: 0,
      tags: inputs.standardTags,
    });
    const version = resource(this, SecretsmanagerSecretVersion, "this", {
      secretId: this.secret.id,
      ...(props.password === undefined
        ? { secretStringWo: this.generated(), secretStringWoVersion: databasePasswordVersion }
        : { secretString: props.password }),
    });
    // The version's own attribute of the secret's ARN is deprecated in AWS provider 6.
    this.valueFrom = concat(this.secret.arn, ":::", version.versionId).string;
    if (props.password === undefined) {
      const held = new EphemeralResource(this, "aws_secretsmanager_secret_version", "this", {
        secret_id: version.secretId,
        version_id: version.versionId,
      });
      this.writeOnly = { value: held.attribute("secret_string"), version: databasePasswordVersion };
    }
  }

  public readableBy(role: string): IamRolePolicy {
    const statements = readsSecret(this.secret.arn, this.props.kmsKeyArn);
    return iamRolePolicy(this, "read", { name: "database_password", role, document: "read", statements });
  }

  /** A password as Terraform would generate it (modules/datastore/password.ts): without what RDS or a URL refuses. */
  private generated(): string {
    return new EphemeralResource(this, "aws_secretsmanager_random_password", "this", {
      password_length: 64,
      exclude_characters: "\"',./;@\\^`|~",
    }).attribute("random_password");
  }
}
