import type { Construct } from "constructs";
import { POSTGRESQL_PORT } from "../../lib/aws/ports";
import { checkedValue } from "../../lib/synth/checked";
import { concat, joinLists, jsonencode, mappedEntries, replace, replaceMatches } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { evaluate, Expression, hcl, type Operand } from "../../lib/hcl/expression";
import type { MetadataServiceInputs, MetadataServiceOptions } from "./generated/interface";

/** Where the database is, and who the service is there. */
export function databaseVariables(
  {
    databaseName,
    databasePassword,
    databaseUsername,
    rdsMasterInstanceEndpoint: endpoint,
  }: Inputs<MetadataServiceInputs>,
  { databasePasswordSecret: secret, databasePort: port, databaseSslMode: sslMode }: MetadataServiceOptions,
): Record<string, string> {
  const host =
    port === undefined ? replace(endpoint, `:${POSTGRESQL_PORT}`, "") : replaceMatches(endpoint, ":[0-9]+$", "");
  return {
    MF_METADATA_DB_HOST: host.string,
    MF_METADATA_DB_NAME: databaseName,
    MF_METADATA_DB_PORT: port === undefined ? String(POSTGRESQL_PORT) : concat(port).string,
    ...(secret === undefined ? { MF_METADATA_DB_PSWD: databasePassword } : {}),
    ...(sslMode === undefined ? {} : { MF_METADATA_DB_SSL_MODE: sslMode }),
    MF_METADATA_DB_USER: databaseUsername,
  };
}

/** The secrets, none of which may be a plain variable, too: ECS refuses a name that comes twice. */
export function distinctSecrets(
  scope: Construct,
  { serviceEnvironment, serviceSecrets }: Pick<MetadataServiceOptions, "serviceEnvironment" | "serviceSecrets">,
) {
  if (serviceEnvironment === undefined || serviceSecrets === undefined) return serviceSecrets;
  const names = [hcl`keys(${serviceEnvironment})`, hcl`keys(${serviceSecrets})`];
  return checkedValue(scope, "service_secrets", serviceSecrets, {
    condition: new Expression(
      ["length(setintersection(", ", ", ")) == 0"],
      names,
      () => {
        const [plain, secret] = [serviceEnvironment, serviceSecrets].map((map) => evaluate(map));
        if (plain === undefined || secret === undefined) return undefined;
        return Object.keys(secret as object).every((name) => !(name in (plain as object)));
      },
      [],
    ),
    message: [
      "metadata_service_secrets, ",
      jsonencode(serviceSecrets),
      ", and metadata_service_environment, ",
      jsonencode(serviceEnvironment),
      ", must have no name in common.",
    ],
  });
}

/** A list of a container's variables: the module's own, and those of a map, where there is one. */
export function variables(
  own: Readonly<Record<string, Operand>>,
  valueKey: "value" | "valueFrom",
  more: Operand | undefined,
): Operand {
  const list = Object.entries(own).map(([name, value]) => ({ name, [valueKey]: value }));
  if (more === undefined) return list as Operand;
  return joinLists(
    list as Operand,
    mappedEntries(more, (name, value) => ({ name, [valueKey]: value })),
  );
}
