import { all, any, equal, everyEntry, matches, not } from "../../lib/hcl/functions";
import type { Operand } from "../../lib/hcl/expression";
import type { Rule } from "../../lib/contract/contract";

/** What the module sets in the service's environment: what another value would break, or would be overwritten by. */
const OWN = ["HOST", "NAME", "PORT", "PSWD", "SSL_MODE", "USER"].map((name) => `MF_METADATA_DB_${name}`);

/**
 * Environment variables of the service beside the module's own.
 * Source: "KeyValuePair" in the Amazon ECS API Reference; "Environment variables" in the README of Netflix/metaflow-service.
 */
export const additionalEnvironment = additional("", () => undefined);

/** Likewise, each with the ARN of the secret that its value is. Source: "Secret" in the Amazon ECS API Reference. */
export const additionalSecrets = additional(
  ", each with the ARN of a secret of Secrets Manager or of a parameter of Systems Manager",
  (value) =>
    matches("^arn:aws[a-z-]*:(secretsmanager:[^:]+:[0-9]{12}:secret:|ssm:[^:]+:[0-9]{12}:parameter/)[!-~]+$", value),
);

function additional(values: string, test: (value: Operand) => ReturnType<Rule["test"]> | undefined): Rule {
  return {
    allowed: `a map of environment variables, none of them ${OWN.join(" or ")}${values}`,
    test: (map) =>
      everyEntry(map, (name, value) => {
        const verdict = test(value);
        const isName = all(matches("^[a-zA-Z_][a-zA-Z0-9_]*$", name), not(any(...OWN.map((own) => equal(name, own)))));
        return verdict === undefined ? isName : all(isName, verdict);
      }),
  };
}
