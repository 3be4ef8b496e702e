import { Password } from "@cdktf/provider-random/lib/password";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { equal, ifElse } from "../../lib/hcl/functions";

/**
 * The database's password, which Terraform generates and keeps in its state.
 *
 * @param version - a version other than 1 makes another password
 */
export function generatedPassword(scope: Construct, version: number | undefined): Password {
  return resource(scope, Password, "this", {
    length: 64,
    special: true,
    overrideSpecial: SPECIAL_CHARACTERS,
    // Version 1 has no keepers: they would replace the password of a database that has one already.
    keepers: version === undefined ? undefined : ifElse(equal(version, 1), null, { version }).map,
  });
}

/**
 * What RDS takes in a master password beside letters and digits.
 * Source: "Quotas and constraints for Amazon RDS" in the Amazon RDS User Guide.
 */
const SPECIAL_CHARACTERS = "!#$%&*()-_=+[]{}<>:?";
