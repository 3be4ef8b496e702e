import type { ParityCase, ParityCases } from "./cases";
import type { CalledModule } from "./modules";

/** A Terraform configuration in JSON. */
export type RootConfiguration = Readonly<Record<string, unknown>>;

/** Finds a module by its name. */
export type FindModule = (name: string) => CalledModule;

/** How an applied case is called. */
export const APPLIED_CALL = "m";

/** A root that calls a module once for each case, so that one plan resolves them all. */
export function planningRoot(cases: ParityCases, find: FindModule): RootConfiguration {
  const calls = Object.entries(cases).map(([name, parityCase]) => {
    const { setup, inputs } = split(parityCase);
    const { source, outputs } = find(parityCase.module);
    const values = outputs.map((output) => [`${name}_${output}`, exported(name, output)] as const);
    return { setup, module: [name, { source, ...inputs }] as const, values };
  });
  return {
    ...Object.assign({}, ...calls.map(({ setup }) => setup)),
    module: Object.fromEntries(calls.map(({ module }) => module)),
    output: Object.fromEntries(calls.flatMap(({ values }) => values)),
  };
}

/** A root that calls a module with a case that is applied. */
export function applyingRoot(parityCase: ParityCase, find: FindModule): RootConfiguration {
  const { setup, inputs } = split(parityCase);
  const { source, outputs } = find(parityCase.module);
  return {
    ...setup,
    module: { [APPLIED_CALL]: { source, ...inputs } },
    output: Object.fromEntries(outputs.map((output) => [output, exported(APPLIED_CALL, output)])),
  };
}

/** Whether a case needs a root of its own. */
export function hasSetup({ inputs }: ParityCase): boolean {
  return "$setup" in inputs;
}

function split({ inputs }: ParityCase): { setup: object; inputs: object } {
  const { $setup: setup = {}, ...others } = inputs as { $setup?: object };
  return { setup, inputs: others };
}

function exported(call: string, output: string): object {
  return { value: `\${module.${call}.${output}}`, sensitive: true };
}
