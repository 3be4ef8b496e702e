import { pattern } from "../contract/rules";

/** Source: "CreateRepository" in the Amazon ECR API Reference. */
export const repositoryName = pattern(
  "^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$",
  "lower-case letters and digits, with single dots, hyphens, underscores or slashes between them",
);
