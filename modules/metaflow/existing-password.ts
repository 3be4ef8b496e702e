import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policy } from "../../lib/aws/policy";
import { replaceMatches } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import type { ExistingDatabase } from "../datastore";
import type { PasswordSecret } from "./database-password";

/** The secret of the password of a database that is there. */
export class ExistingPassword extends Construct implements PasswordSecret {
  public readonly valueFrom: string;
  public readonly writeOnly = undefined;
  private readonly kmsKeyArn?: string;

  public constructor(scope: Construct, id: string, database: ExistingDatabase) {
    super(scope, id);
    this.valueFrom = database.passwordSecretArn;
    this.kmsKeyArn = database.passwordSecretKmsKeyArn;
  }

  public readableBy(role: string): IamRolePolicy {
    const arn = replaceMatches(this.valueFrom, "(:secret:[^:]+):.*$", "$1").string;
    const { kmsKeyArn } = this;
    return resource(this, IamRolePolicy, "read", {
      name: "database_password",
      role,
      policy: policy(
        this,
        "read",
        { sid: "Read", effect: "Allow", actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
        ...(kmsKeyArn === undefined
          ? []
          : [
              {
                sid: "Decrypt",
                effect: "Allow",
                actions: ["kms:Decrypt"],
                resources: [kmsKeyArn],
                condition: [{ test: "StringEquals", variable: "kms:EncryptionContext:SecretARN", values: [arn] }],
              },
            ]),
      ),
    });
  }
}
