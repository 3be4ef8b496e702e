import type { Construct } from "constructs";
import { throwProblems } from "../../lib/contract/checks";
import { isModuleCall, MODULE_CALL, moveResources } from "../../lib/synth/moved";

/** Where the deployment's resources are in the state that it takes over: the module calls of an HCL configuration. */
export interface MovedFrom {
  /**
   * The call of the module `datastore`, such as `module.metaflow-datastore`.
   *
   * @default - the datastore is not taken over
   */
  readonly datastore?: string;

  /**
   * The call of the module `metadata-service`, such as `module.metaflow-metadata-service`.
   *
   * @default - the metadata service is not taken over
   */
  readonly metadataService?: string;
}

/** How a deployment takes over one that was made by HCL modules. */
export interface TakeoverOptions {
  /**
   * The module calls of which Terraform takes the resources in the state for those of this deployment (`moved` blocks).
   * While it is set, no plan can destroy or replace the database, the bucket, their keys, the load balancer or the REST
   * API (`prevent_destroy`), and neither can a destroy.
   *
   * Each must be the address of a module call, `module.<name>`, with the index where the call has `count` or `for_each`,
   * and after the addresses of the calls around it where there are any: `module.metaflow[0].module.metaflow-datastore`.
   *
   * @default - nothing is taken over
   */
  readonly movedFrom?: MovedFrom;
}

/**
 * Moves what module calls made into a deployment's own addresses.
 *
 * @param scope - the deployment, whose path stands in error messages
 * @param movedFrom - the module calls, which may come from a file
 * @param modules - the constructs that stand for the modules
 * @throws Error naming everything that is wrong with the calls
 */
export function moveIn(
  scope: Construct,
  movedFrom: MovedFrom | undefined,
  modules: Readonly<Record<keyof MovedFrom, Construct>>,
): void {
  if (movedFrom === undefined) return;
  throwProblems(scope, problems(movedFrom, Object.keys(modules)));
  for (const [name, call] of Object.entries(movedFrom)) moveResources(call, modules[name as keyof MovedFrom]);
}

function problems(movedFrom: unknown, known: readonly string[]): string[] {
  const received = `; received ${JSON.stringify(movedFrom)}.`;
  if (typeof movedFrom !== "object" || movedFrom === null || Array.isArray(movedFrom)) {
    return [`movedFrom must be an object with ${known.join(" or ")}, or both${received}`];
  }
  const calls = Object.entries(movedFrom);
  if (calls.length === 0) return [`movedFrom must have ${known.join(" or ")}, or both${received}`];
  const found = calls.flatMap(([name, call]) => {
    if (!known.includes(name)) return [`movedFrom has no "${name}"; it has ${known.join(" and ")}.`];
    return isModuleCall(call)
      ? []
      : [`movedFrom.${name} must be ${MODULE_CALL}; received ${JSON.stringify(call) ?? String(call)}.`];
  });
  if (found.length === 0 && new Set(calls.map(([, call]) => call as string)).size < calls.length) {
    return [`movedFrom.${known.join(" and movedFrom.")} must be two module calls${received}`];
  }
  return found;
}
