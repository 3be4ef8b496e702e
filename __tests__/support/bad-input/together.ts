import { isDeepStrictEqual } from "node:util";
import { terraformName } from "../../../lib/contract/contract";
import { configurationOf, contractOf, Uncertain, type Configuration } from "./configurations";
import type { Place, Problem } from "./oracle";

/** Configurations of one module that are planned as one. */
export interface Group {
  /** The first one's values, with those of each other one that are to blame there. */
  readonly configuration: Configuration;
  readonly members: readonly Configuration[];
}

/** How many configurations go together: of more, some hide each other. */
const MOST = 5;

/** A group of one configuration. */
export function groupOfOne(configuration: Configuration): Group {
  return { configuration, members: [configuration] };
}

/**
 * Configurations that have to be refused, in groups whose members blame different inputs: Terraform says all that is wrong at once.
 * A group has every problem of each of its members.
 */
export function grouped(configurations: readonly Configuration[], place: Place): Group[] {
  const groups: Group[] = [];
  for (const configuration of configurations) {
    const isPlaced = groups.some((group, index) => {
      const larger = withMember(group, configuration, place);
      if (larger) groups[index] = larger;
      return larger !== undefined;
    });
    if (!isPlaced) groups.push(groupOfOne(configuration));
  }
  return groups;
}

/** A group with one more member; undefined where one of them would not show. */
function withMember({ configuration, members }: Group, added: Configuration, place: Place): Group | undefined {
  if (members.length === MOST || isOfWrongType(configuration) !== isOfWrongType(added)) return undefined;
  const blamed = new Set(members.flatMap(inputsOf));
  if (inputsOf(added).some((name) => blamed.has(name))) return undefined;
  const all = [...members, added];
  const given = { ...configuration.given, ...blamedValues(added) };
  try {
    const together = configurationOf(added.module, added.face, given, place, all.map(({ id }) => id).join("_"));
    return all.every((member) => member.problems.every((problem) => has(together, problem)))
      ? { configuration: together, members: all }
      : undefined;
  } catch (error) {
    if (error instanceof Uncertain) return undefined;
    throw error;
  }
}

/** Terraform evaluates nothing of an input that is of another type. */
function isOfWrongType({ problems }: Configuration): boolean {
  return problems.some((problem) => problem.isOfWrongType);
}

/** The Terraform names of the inputs that are to blame. */
function inputsOf({ problems }: Configuration): string[] {
  return problems.flatMap(({ inputs }) => inputs);
}

/** The values of the inputs that are to blame, undefined where there is none. */
function blamedValues(configuration: Configuration): Record<string, unknown> {
  const blamed = inputsOf(configuration);
  const names = Object.keys(contractOf(configuration.module, configuration.face).inputs);
  const wrong = names.filter((name) => blamed.includes(terraformName(name)));
  return Object.fromEntries(wrong.map((name) => [name, configuration.given[name]]));
}

function has({ problems }: Configuration, { inputs, received }: Problem): boolean {
  return problems.some((other) => isDeepStrictEqual([other.inputs, other.received], [inputs, received]));
}
