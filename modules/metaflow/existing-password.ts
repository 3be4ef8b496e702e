import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { readsSecret } from "../../lib/aws/policy";
import { iamRolePolicy } from "../../lib/aws/role";
import { replaceMatches } from "../../lib/hcl/functions";
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
    const statements = readsSecret(arn, this.kmsKeyArn);
    return iamRolePolicy(this, "read", { name: "database_password", role, document: "read", statements });
  }
}
