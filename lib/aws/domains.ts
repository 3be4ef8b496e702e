import { pattern } from "../contract/rules";

/** A host's name in the DNS. Source: "DNS domain name format" in the Amazon Route 53 Developer Guide. */
export const domainName = pattern(
  "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])$",
  "a domain name in lower case, such as metaflow.example.com",
);
