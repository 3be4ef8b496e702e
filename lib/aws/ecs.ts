import type { Rule } from "../contract/contract";
import { emptyOr, pattern } from "../contract/rules";
import { Expression, type Operand, hcl } from "../hcl/expression";
import { all, any, equal, everyEntry } from "../hcl/functions";

/** Source: "CreateCluster" in the Amazon ECS API Reference; services and task families have the same rule. */
export const ecsName = pattern("^[a-zA-Z0-9_-]{1,255}$", "1 to 255 ASCII letters, digits, underscores and hyphens");

/** Source: "ContainerDefinition", image, in the Amazon ECS API Reference. */
export const containerImage = emptyOr(
  pattern(
    "^[A-Za-z0-9][A-Za-z0-9._:/@#-]{0,254}$",
    "up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit",
  ),
);

/** Source: "ClusterSetting" in the Amazon ECS API Reference. */
export const clusterSettings: Rule = {
  allowed: "a map that is empty or has the key containerInsights, with enabled, enhanced or disabled",
  test: (map) =>
    everyEntry(map, (name, value) =>
      all(
        equal(name, "containerInsights"),
        any(...["enabled", "enhanced", "disabled"].map((each) => equal(value, each))),
      ),
    ),
};

/**
 * Whether Fargate has tasks of a size.
 * Source: "Fargate task definition parameters: Task size" in the Amazon ECS Developer Guide.
 *
 * @param cpu - CPU units, 1024 being one vCPU
 * @param memory - MiB
 */
export function isFargateSize(cpu: Operand, memory: Operand): Expression {
  const table = Object.fromEntries(FARGATE_MEMORY.map(({ units, sizes }) => [units, sizes.expression]));
  return new Expression(
    ["contains(try(", "[tostring(", ")], []), ", ")"],
    [table, cpu, memory],
    (units, mebibytes) =>
      FARGATE_MEMORY.some((row) => row.units === units && row.sizes.values.includes(Number(mebibytes))),
    [1, 2],
  );
}

/** Fargate's task sizes in words. */
export const FARGATE_SIZES =
  "256 CPU units with 512, 1024 or 2048 MiB; 512 with 1024 to 4096, 1024 with 2048 to 8192, 2048 with 4096 to 16384 " +
  "and 4096 with 8192 to 30720 in steps of 1024; 8192 with 16384 to 61440 in steps of 4096; 16384 with 32768 to " +
  "122880 in steps of 8192";

interface Sizes {
  readonly values: readonly number[];
  readonly expression: Operand;
}

const FARGATE_MEMORY: readonly { readonly units: number; readonly sizes: Sizes }[] = [
  { units: 256, sizes: { values: [512, 1024, 2048], expression: [512, 1024, 2048] } },
  { units: 512, sizes: steps(1024, 4096, 1024) },
  { units: 1024, sizes: steps(2048, 8192, 1024) },
  { units: 2048, sizes: steps(4096, 16384, 1024) },
  { units: 4096, sizes: steps(8192, 30720, 1024) },
  { units: 8192, sizes: steps(16384, 61440, 4096) },
  { units: 16384, sizes: steps(32768, 122880, 8192) },
];

function steps(from: number, to: number, step: number): Sizes {
  const count = (to - from) / step + 1;
  return {
    values: Array.from({ length: count }, (_, index) => from + index * step),
    expression: hcl`range(${from}, ${to + 1}, ${step})`,
  };
}
