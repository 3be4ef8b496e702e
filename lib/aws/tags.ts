import type { Rule } from "../contract/contract";
import { Expression, type Operand } from "../hcl/expression";
import { all, any, equal, everyEntry, length, lower, matches, merge, not } from "../hcl/functions";

/** How many tags a resource has at most. Source: "Tag naming limits and requirements". */
const MOST_TAGS = 50;

/** Tags that the modules add to those of their callers. */
const OWN_TAGS = { Name: "", Metaflow: "" };

const CHARACTER = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]";

/**
 * Tags as every service takes them.
 * Sources: "Tag naming limits and requirements" in the Tagging AWS Resources User Guide; "Tag" in the IAM, Amazon ECS and
 * Amazon CloudWatch Logs API References, which have the characters and reserve `aws:` in any case.
 */
export const tags: Rule = tagsWithout("aws:");

/** Tags as RDS takes them too. Source: "Tag" in the Amazon RDS API Reference. */
export const databaseTags: Rule = tagsWithout("aws:", "rds:");

/** Whether a resource can have tags beside the modules' own. */
export function areFew(...maps: Operand[]): Expression {
  return new Expression(
    ["", ` <= ${String(MOST_TAGS)}`],
    [length(merge(...maps, OWN_TAGS))],
    (count) => Number(count) <= MOST_TAGS,
  );
}

function tagsWithout(...prefixes: string[]): Rule {
  const reserved = `^(${prefixes.join("|")})`;
  return {
    allowed:
      `a map of tags: ${String(MOST_TAGS)} at most (with Name and Metaflow), with keys of 1 to 128 and values of up to ` +
      `256 letters, digits, spaces and _.:/=+-@ that do not begin with ${prefixes.join(" or ")}`,
    test: (map) =>
      all(
        areFew(map),
        everyEntry(map, (key, value) =>
          all(
            matches(`^${CHARACTER}{1,128}$`, key),
            not(matches(reserved, lower(key))),
            // Terraform leaves out a tag that is null.
            any(equal(value, null), all(matches(`^${CHARACTER}{0,256}$`, value), not(matches(reserved, lower(value))))),
          ),
        ),
      ),
  };
}

/**
 * The tag that every resource of a deployment has, its value being `<resource_prefix>/<resource_suffix>`: by it `npm run recover`
 * finds what an interrupted apply has left unrecorded. No name has a slash, and so no two deployments share a value.
 */
export const DEPLOYMENT_TAG = "metaflow-deployment";
