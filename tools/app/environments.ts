import { refusalOf } from "../../lib/contract/checks";
import { terraformName } from "../../lib/contract/contract";
import { unknownNames } from "../../lib/contract/names";
import type { MetaflowStackProps, MetaflowStackVariables } from "../../modules/metaflow/stack";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { isMembers, readMembers, SETTINGS, type Members } from "./cdktf-json";

/** A deployment of the app: a stack, with a state of its own. */
export interface Environment {
  /** The stack's name. */
  readonly name: string;
  readonly props: MetaflowStackProps;
}

/** The stack where the context names no environments. */
const ONLY = "metaflow";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The variables by their names in Terraform. */
const VARIABLES = new Map(Object.keys(stackContract.inputs).map((name) => [terraformName(name), name]));

/**
 * The deployments that the context of cdktf.json names; what stands outside of `environments` is said of each of them.
 *
 * @throws Refusal naming all that is wrong with the names in it; the values are checked by the stack
 */
export function environmentsOf(context: Members): Environment[] {
  const problems: string[] = [];
  const { environments } = context;
  const all =
    environments === undefined || environments === null
      ? [{ name: ONLY, props: propsOf(withVariables("context", context, problems)) }]
      : namedEnvironments(context, environments, problems);
  problems.push(...sharedStates(all));
  if (problems.length > 0) throw refusalOf("cdktf.json", problems);
  return all;
}

function namedEnvironments(context: Members, environments: unknown, problems: string[]): Environment[] {
  if (!isMembers(environments) || Object.keys(environments).length === 0) {
    problems.push("environments must be an object with an environment at least, each by its name.");
    return [];
  }
  const common = withVariables("context", context, problems);
  return Object.entries(environments).flatMap(([name, own]) => {
    const label = `environments.${name}`;
    if (!NAME.test(name)) {
      problems.push(
        `${label}: the name of an environment must be lowercase letters, digits and hyphens, such as prod.`,
      );
    }
    if (!isMembers(own)) {
      problems.push(`${label} must be an object.`);
      return [];
    }
    problems.push(...unknownNames((key) => `${label} has no key ${key}`, SETTINGS, own));
    const suffix = { variables: { resourceSuffix: `-${name}` } };
    const said = over(over(suffix, common), withVariables(label, own, problems));
    return [{ name, props: propsOf(said) }];
  });
}

/** One's settings over another's, member by member; null takes away what the other says. */
function over(below: Members, above: Members): Members {
  const settings = SETTINGS.map((key) => {
    const [low, high] = [below[key], above[key]];
    if (isMembers(low) && isMembers(high)) return [key, { ...low, ...high }] as const;
    return [key, high === undefined ? low : (high ?? undefined)] as const;
  });
  return Object.fromEntries(settings);
}

/** Settings whose variables, which may lie in a file, have their names in TypeScript. */
function withVariables(label: string, settings: Members, problems: string[]): Members {
  const { variables: given, ...others } = settings;
  if (given === undefined || given === null) return others;
  const where = typeof given === "string" ? given : `${label}.variables`;
  if (typeof given === "string" && !given.endsWith(".json")) {
    problems.push(`${label}.variables: ${given} must be a file in JSON, whose name ends with .json.`);
    return others;
  }
  const values = typeof given === "string" ? readMembers(given) : given;
  if (!isMembers(values)) {
    problems.push(`${where} must be an object, or the path of a JSON file.`);
    return others;
  }
  problems.push(...unknownNames((name) => `${where} has no variable ${name}`, [...VARIABLES.keys()].sort(), values));
  const known = Object.entries(values).flatMap(([name, value]) => {
    const prop = VARIABLES.get(name);
    return prop === undefined ? [] : [[prop, value] as const];
  });
  return { ...others, variables: Object.fromEntries(known) };
}

/** Settings as props, whose values the stack checks as it does those of JavaScript. */
function propsOf({ backend, movedFrom, options, variables }: Members): MetaflowStackProps {
  return {
    backend: backend as MetaflowStackProps["backend"],
    movedFrom: movedFrom as MetaflowStackProps["movedFrom"],
    options: options as MetaflowStackProps["options"],
    variables: variables as MetaflowStackVariables | undefined,
  };
}

/** Two deployments in one state would destroy each other. */
function sharedStates(environments: readonly Environment[]): string[] {
  const places = new Map<string, string[]>();
  for (const { name, props } of environments) {
    const { bucket, key } = { ...props.backend };
    if (bucket === undefined || key === undefined) continue;
    const place = `s3://${bucket}/${key}`;
    places.set(place, [...(places.get(place) ?? []), name]);
  }
  return [...places]
    .filter(([, names]) => names.length > 1)
    .map(([place, names]) => `${names.join(" and ")} have one state, ${place}: give each a backend.key of its own.`);
}
