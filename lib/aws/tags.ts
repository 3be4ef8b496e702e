import type { Rule } from "../contract/contract";
import { Expression, type Operand } from "../hcl/expression";
import { all, any, equal, everyEntry, length, lower, matches, merge, not } from "../hcl/functions";

/** How many tags a resource has at most. Source: "Tag naming limits and requirements". */
const MOST_TAGS = 50;

/** Tags that the modules add to those of their callers. */
const OWN_TAGS = { Name: "", Metaflow: "" };

/**
 * What no key and no value has. A pattern of what each may be, `^[…]{1,128}$`, would say the same; Go compiles a repeated class of all
 * letters as many times as it is repeated, for each tag, and a plan would take milliseconds more for each.
 */
const NO_KEY = without("^$", "[\\s\\S]{129}");
const NO_VALUE = without("[\\s\\S]{257}");

function without(...others: string[]): string {
  return ["[^\\p{L}\\p{Z}\\p{N}_.:/=+@-]", ...others].join("|");
}

/**
 * Tags as every service takes them.
 * Sources: "Tag naming limits and requirements" in the Tagging AWS Resources User Guide; "Tag" in the IAM, Amazon ECS and
 * Amazon CloudWatch Logs API References, which have the characters and reserve `aws:` in any case.
 */
export const tags: Rule = ofIam(tagsWithout("aws:"));

/** Tags as RDS takes them too. Source: "Tag" in the Amazon RDS API Reference. */
export const databaseTags: Rule = tagsWithout("aws:", "rds:");

/** Whether a resource can have tags beside the modules' own, which is 50 together at most. */
export function areFew(...maps: Operand[]): Expression {
  return new Expression(
    ["", ` <= ${String(MOST_TAGS)}`],
    [length(merge(...maps, OWN_TAGS))],
    (count) => Number(count) <= MOST_TAGS,
  );
}

/** IAM treats keys as equal if only their case differs. Source: "Tags for IAM resources" in the IAM User Guide. */
function ofIam(rule: Rule): Rule {
  return {
    allowed: `${rule.allowed}, without two keys that are equal but for their case`,
    test: (map) => all(rule.test(map), areDistinct(map)),
  };
}

/** Whether no two keys are equal but for their case. */
function areDistinct(map: Operand): Expression {
  return new Expression(
    ["length(distinct([for key in keys(", ") : lower(key)])) == length(", ")"],
    [map, map],
    (known) => {
      const keys = Object.keys(known as object);
      return new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
    },
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
            not(matches(NO_KEY, key)),
            not(matches(reserved, lower(key))),
            // Terraform leaves out a tag that is null.
            any(equal(value, null), all(not(matches(NO_VALUE, value)), not(matches(reserved, lower(value))))),
          ),
        ),
      ),
  };
}

/**
 * The tag that every resource of a deployment has, its value being `<resource_prefix>/<resource_suffix>`: by it `npm run recover`
 * finds what an interrupted apply did not record. No name has a slash, so no two deployments share a value.
 */
export const DEPLOYMENT_TAG = "metaflow-deployment";

/**
 * Tags of a whole deployment, which has roles, a database and the tag {@link DEPLOYMENT_TAG}.
 */
export const deploymentTags: Rule = {
  allowed: `${ofIam(databaseTags).allowed}, none of them ${DEPLOYMENT_TAG}, and one less with it`,
  test: (map) =>
    all(
      ofIam(databaseTags).test(map),
      areFew(map, { [DEPLOYMENT_TAG]: "" }),
      everyEntry(map, (key) => not(equal(lower(key), DEPLOYMENT_TAG))),
    ),
};
