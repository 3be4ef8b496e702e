import { pattern } from "../contract/rules";

/** Source: "CreateTable" in the Amazon DynamoDB API Reference. */
export const tableName = pattern(
  "^[a-zA-Z0-9_.-]{3,255}$",
  "3 to 255 ASCII letters, digits, underscores, hyphens and dots",
);
