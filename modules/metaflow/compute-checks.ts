import type { Construct } from "constructs";
import { throwProblems } from "../../lib/contract/checks";
import type { ComputeEnvironment } from "./generated/interface";

/** Whether an environment's jobs run on Fargate. */
export function isOnFargate({ type }: ComputeEnvironment): boolean {
  return type.startsWith("FARGATE");
}

/**
 * Checks what the fields of an environment say together.
 *
 * @throws Error naming everything that is wrong
 */
export function checkEnvironments(scope: Construct, environments: Readonly<Record<string, ComputeEnvironment>>): void {
  throwProblems(
    scope,
    Object.entries(environments).flatMap(([name, environment]) => problems(`computeEnvironments.${name}`, environment)),
  );
}

function problems(label: string, environment: ComputeEnvironment): string[] {
  const { type, minVcpus, maxVcpus = DEFAULT_MAX_VCPUS } = environment;
  const found: string[] = [];
  if (isOnFargate(environment)) {
    for (const field of ["instanceTypes", "minVcpus", "volumeSize"] as const) {
      const value = environment[field];
      if (value === undefined) continue;
      found.push(
        `${label}.${field} is ${JSON.stringify(value)}; it must be left out where type is ${type}, which has no instances.`,
      );
    }
  }
  if (environment.fallback !== undefined && type !== "SPOT" && type !== "FARGATE_SPOT") {
    found.push(
      `${label}.fallback is ${String(environment.fallback)}; it must be left out where type is ${type}, which is on demand.`,
    );
  }
  if (minVcpus !== undefined && minVcpus > maxVcpus) {
    found.push(`${label}.minVcpus, ${minVcpus}, must not be greater than maxVcpus, ${maxVcpus}.`);
  }
  return found;
}

/** The most vCPUs of an environment that says none. */
export const DEFAULT_MAX_VCPUS = 64;
