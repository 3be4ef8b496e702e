import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import type { Datastore } from "../datastore";
import { DatabasePassword, type PasswordSecret } from "./database-password";
import type { Deployment } from "./deployment";
import { ExistingPassword } from "./existing-password";

/**
 * The secret of the database's password, where the service reads it there.
 *
 * @param datastore - the datastore, which is made after the secret
 */
export function passwordSecret(
  scope: Construct,
  { inputs, options }: Deployment,
  datastore: () => Datastore,
): PasswordSecret | undefined {
  const { databasePasswordMode: mode, existingDatabase: existing } = options;
  if (existing) return new ExistingPassword(scope, "database_password", existing);
  if (mode === "environment") return undefined;
  const ofDatastore = (produce: () => string) => Lazy.stringValue({ produce });
  return new DatabasePassword(scope, "database_password", inputs, {
    password: mode === "secret" ? ofDatastore(() => datastore().databasePassword) : undefined,
    kmsKeyArn: ofDatastore(() => datastore().databaseKmsKeyArn),
  });
}
