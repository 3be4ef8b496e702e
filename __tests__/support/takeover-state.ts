import type { Plan } from "./terraform-root";

/** A state, as its file has it. */
export interface StateFile {
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
}

/** A state as an apply leaves it that does no more than move: what stays at its address, or goes, is left as it is. */
export function movedState({ resource_changes: all = [] }: Plan, state: StateFile): StateFile {
  const moves = new Map(
    all.map(({ address, previous_address: from }) => [withoutIndex(from ?? address), withoutIndex(address)] as const),
  );
  const resources = state.resources.flatMap(({ module, ...resource }) => {
    const from = [module, resource.type, resource.name].filter(Boolean).join(".");
    const name = moves.get(from)?.split(".")[1];
    return name === undefined || resource.mode === "data" ? [] : { ...resource, name };
  });
  return { ...state, resources };
}

/** Whether the load balancer has a security group, as a state notes it. */
export function noteOf(exists: boolean): object {
  const value = { value: { exists }, type: ["object", { exists: "bool" }] };
  const attributes = {
    id: "00000000-0000-0000-0000-000000000000",
    input: value,
    output: value,
    triggers_replace: null,
  };
  return {
    mode: "managed",
    type: "terraform_data",
    name: "metadata_service_load_balancer_security_group",
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: [{ schema_version: 0, attributes }],
  };
}

function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}
