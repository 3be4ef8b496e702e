import { numberOption, stringOption, type Option } from "../contract/contract";
import { wholeNumber } from "../contract/rules";
import { POSTGRESQL_PORT } from "./ports";
import { sslMode } from "./postgresql";

/** How the service and the web interface, whose backend is of the same image, connect to the database. */
export const databaseOptions = {
  databasePasswordSecret: stringOption({
    description:
      "The secret that holds the database's password: the ARN of a secret of Secrets Manager, optionally followed by " +
      "`:json-key:version-stage:version-id`. The execution role must be able to read it",
    source: '"Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide',
    unset: "`databasePassword` is in the task definition",
  }),
  databasePort: numberOption({
    description: "The port of the database",
    rule: wholeNumber(1, 65535),
    unset: POSTGRESQL_PORT,
  }),
  databaseSslMode: stringOption({
    description:
      "libpq's sslmode for the connection to the database, such as `require`; metadata service images from v2.4.6 on",
    unset: "the image's own, which does not use TLS",
    rule: sslMode,
  }),
} as const satisfies Readonly<Record<string, Option>>;
