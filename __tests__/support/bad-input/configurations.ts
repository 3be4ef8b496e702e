import fc from "fast-check";
import { isRequired, terraformName, type Contract, type Input, type InputType } from "../../../lib/contract/contract";
import type { Face, Place, Problem, Values } from "./oracle";
import { inputOracle, oracleOf } from "./oracles";
import { SEED } from "./seed";

export interface Configuration {
  readonly id: string;
  readonly module: string;
  readonly face: Face;
  /** What the caller gives, by the names in TypeScript. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The same with the defaults. */
  readonly values: Values;
  /** Why it has to be refused; none where it has to be planned. */
  readonly problems: readonly Problem[];
}

/** The contract of a module's face. */
export function contractOf(module: string, face: Face): Contract {
  return oracleOf(module).contracts[face];
}

function takesNull(module: string, face: Face, name: string): boolean {
  return isNullDefault(module, face) || (oracleOf(module).takesNull ?? []).includes(name);
}

function isNullDefault(module: string, face: Face): boolean {
  return face === "construct" || (oracleOf(module).nullIsDefault ?? false);
}

const WRONG: Readonly<Record<InputType, readonly unknown[]>> = {
  string: [["a"], { a: "b" }],
  number: ["many", [1], { a: 1 }, true],
  bool: ["maybe", ["true"], 2, {}],
  "list(string)": ["10.0.0.0/8", { a: "b" }, 5, [["a"]]],
  "map(string)": ["a", 5, ["a"], { a: ["b"] }],
};

/** Why a configuration has to be refused: for each input by itself, and for all of them together. */
export function problemsOf(module: string, face: Face, given: Configuration["given"], place: Place): Problem[] {
  const { inputs } = contractOf(module, face);
  const { problems, isUncertain } = oracleOf(module);
  const own = Object.entries<Input>(inputs).flatMap(([name, input]) => {
    const problem = problemOf(module, face, name, input, given[name]);
    return problem ? [[name, problem] as const] : [];
  });
  // What the others make together shows all the same.
  const fine = { ...given, ...Object.fromEntries(own.map(([name]) => [name, FINE[name]])) };
  const values = valuesOf(module, face, fine);
  if (isUncertain?.(values)) throw new Uncertain();
  return [...own.map(([, problem]) => problem), ...problems(values, place)];
}

/** The documentation leaves it open what AWS makes of a configuration. */
export class Uncertain extends Error {}

function problemOf(module: string, face: Face, name: string, input: Input, value: unknown): Problem | undefined {
  const problem: Problem = { inputs: [terraformName(name)], received: value };
  if (value === undefined) return isRequired(input) ? { ...problem, isMissing: true } : undefined;
  if (value === null) {
    if (isNullDefault(module, face)) return isRequired(input) ? { ...problem, isMissing: true } : undefined;
    return takesNull(module, face, name) ? undefined : problem;
  }
  if (!isOfType(input.type, value)) return { ...problem, isOfWrongType: true };
  return inputOracle(module, name).accepts(value as never) ? undefined : problem;
}

function isOfType(type: InputType, value: unknown): boolean {
  if (type === "list(string)") return Array.isArray(value) && value.every((item) => typeof item === "string");
  if (type !== "map(string)") return typeof value === { string: "string", number: "number", bool: "boolean" }[type];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => typeof item === "string");
}

/** The values of all inputs, the defaults in place. */
export function valuesOf(module: string, face: Face, given: Configuration["given"]): Values {
  const entries = Object.entries<Input>(contractOf(module, face).inputs).map(([name, input]) => {
    const value = given[name];
    const isDefault = value === undefined || (value === null && isNullDefault(module, face));
    return [name, isDefault ? (input.default ?? FINE[name] ?? null) : value];
  });
  return Object.fromEntries(entries) as Values;
}

/** Values of which nothing is wrong with any others. */
const FINE: Readonly<Record<string, unknown>> = {
  accessListCidrBlocks: [],
  databasePassword: "s3cret",
  databaseUsername: "metaflow",
  dbEngine: "postgres",
  dbEngineVersion: "17",
  dbInstanceType: "db.r6g.large",
  dbName: "metaflow",
  dbParameters: {},
  dbUsername: "metaflow",
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  subnet1Cidr: "10.20.0.0/24",
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Cidr: "10.20.1.0/24",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
  vpcCidr: "10.20.0.0/16",
};

/** Configurations that AWS accepts. */
export function validConfigurations(module: string, face: Face, count: number, place: Place): Configuration[] {
  return generate(
    `${module} ${face} valid`,
    count,
    () => givenOf(module, face),
    (given, id) => {
      const configuration = configurationOf(module, face, { ...given, ...oracleOf(module).distinct?.(id) }, place, id);
      return configuration.problems.length === 0 ? configuration : undefined;
    },
  );
}

/** Configurations that have to be refused, as many for each input, and some for several at once. */
export function invalidConfigurations(module: string, face: Face, count: number, place: Place): Configuration[] {
  const names = Object.keys(contractOf(module, face).inputs);
  const each = Math.ceil(count / names.length);
  return names.flatMap((name) =>
    generate(
      `${module} ${face} ${name}`,
      each,
      () => wrongOf(module, face, name),
      (given, id) => {
        const configuration = configurationOf(module, face, given, place, `${name}_${id}`);
        const blame = configuration.problems.map(({ inputs }) => inputs.includes(terraformName(name)));
        // Every other one has no problem but those of the input.
        const isBlamed =
          Number(id.slice(1)) % 2 === 0 ? blame.length > 0 && !blame.includes(false) : blame.includes(true);
        const isSeen = face === "module" || configuration.problems.some(({ atPlan }) => !atPlan);
        return isBlamed && isSeen ? configuration : undefined;
      },
    ),
  );
}

/** A configuration of what a caller gives, `undefined` being nothing. @throws Uncertain */
export function configurationOf(module: string, face: Face, given: object, place: Place, id: string): Configuration {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const present = Object.fromEntries(entries);
  const problems = problemsOf(module, face, present, place);
  return { id, module, face, given: present, values: valuesOf(module, face, present), problems };
}

/** The first `count` that are as they should be; what the documentation leaves open is passed over. */
function generate(
  purpose: string,
  count: number,
  arbitrary: () => fc.Arbitrary<object>,
  judge: (given: object, id: string) => Configuration | undefined,
): Configuration[] {
  const found: Configuration[] = [];
  for (let round = 0; found.length < count; round++) {
    if (round === 40)
      throw new Error(`${purpose}: only ${String(found.length)} of ${String(count)} configurations found`);
    const seed = [...`${purpose} ${String(round)}`].reduce(
      (sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0,
      SEED,
    );
    for (const given of fc.sample(arbitrary(), { seed, numRuns: Math.max(20, count * 4) })) {
      if (found.length === count) break;
      try {
        const configuration = judge(given, `c${String(found.length)}`);
        if (configuration) found.push(configuration);
      } catch (error) {
        if (!(error instanceof Uncertain)) throw error;
      }
    }
  }
  return found;
}

/** What a caller may give, each input being accepted by itself. */
function givenOf(module: string, face: Face): fc.Arbitrary<Record<string, unknown>> {
  const given = inputsOf(module, face);
  return oracleOf(module).together?.(given) ?? given;
}

function inputsOf(module: string, face: Face): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries<Input>(contractOf(module, face).inputs).map(([name, input]) => {
    const { likely, values, accepts } = inputOracle(module, name);
    const good = fc
      .oneof({ weight: 4, arbitrary: likely }, { weight: 1, arbitrary: values })
      .filter((value) => accepts(value as never));
    if (isRequired(input)) return [name, good];
    const orNull = takesNull(module, face, name) ? { weight: 1, arbitrary: fc.constant(null) } : [];
    return [
      name,
      fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 8, arbitrary: good }, ...[orNull].flat()),
    ];
  });
  return fc.record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<unknown>>);
}

function wrongOf(module: string, face: Face, name: string): fc.Arbitrary<object> {
  const wrong = (input: string) => {
    const { type } = contractOf(module, face).inputs[input] as Input;
    const values = { weight: 5, arbitrary: inputOracle(module, input).values };
    const others = fc.constantFrom(...WRONG[type], ...(takesNull(module, face, input) ? [] : [null]));
    return fc.oneof(values, { weight: type === "bool" ? 20 : 1, arbitrary: others });
  };
  const names = Object.keys(contractOf(module, face).inputs);
  const others = fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...names).chain((other) => wrong(other).map((value) => ({ [other]: value }))),
    },
  );
  return fc
    .tuple(givenOf(module, face), others, wrong(name))
    .map(([given, also, value]) => ({ ...given, ...also, [name]: value }));
}
