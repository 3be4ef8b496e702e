import type { Rule } from "../contract/contract";
import { pattern } from "../contract/rules";
import { all, atMost, length, matches } from "../hcl/functions";

/** Source: "Object Names and IDs", label names of RFC 1123, in the documentation of Kubernetes. */
export const kubernetesNamespace = pattern(
  "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
  "1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends",
);

const LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

/** Source: likewise, DNS subdomain names. */
export const kubernetesServiceAccount: Rule = {
  allowed:
    "1 to 253 lower-case letters, digits, hyphens and periods, with a letter or digit at both ends and beside each period",
  test: (value) => all(matches(`^${LABEL}([.]${LABEL})*$`, value), atMost(length(value), 253)),
};
