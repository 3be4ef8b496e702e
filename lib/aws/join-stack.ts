import type { Construct } from "constructs";
import { checkHost } from "../synth/host";
import { useProviders } from "../synth/providers";
import { checkUniqueNames } from "./unique-names";

/**
 * What a module's construct does before anything else: it takes the provider configurations among its props, and has its stack
 * checked for names that AWS has once.
 *
 * @throws Error where the stack is of another CDKTF, or a provider configuration cannot be used
 */
export function joinStack(construct: Construct, props: unknown): void {
  checkHost(construct);
  useProviders(construct, props);
  checkUniqueNames(construct);
}
