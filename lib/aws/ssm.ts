import type { Rule } from "../contract/contract";
import { all, atMost, length, lower, matches, not } from "../hcl/functions";

/**
 * The path of parameters that have names of up to 50 characters. A name has 15 levels at most, of which the last is the parameter's own,
 * and its ARN 1011 characters.
 * Sources: "PutParameter" in the AWS Systems Manager API Reference; "Parameter hierarchies" in the AWS Systems Manager User Guide.
 */
export const parameterPath: Rule = {
  allowed:
    "a path of 1 to 14 levels and up to 900 characters, such as /metaflow/prod: each level has a slash before it and is ASCII letters, digits " +
    "and _.-, there is no slash at the end, and it does not begin with /aws or /ssm in any case",
  test: (path) =>
    all(
      matches("^(/[a-zA-Z0-9_.-]+){1,14}$", path),
      not(matches("^/(aws|ssm)", lower(path))),
      atMost(length(path), 900),
    ),
};
