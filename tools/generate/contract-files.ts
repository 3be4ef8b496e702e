import { contracts } from "../contracts";
import { moduleSource } from "./call-source";
import { interfaceSource } from "./interface-source";

/** What is derived from the contracts alone, and imported by the modules: the interfaces and the class of a module call. */
export function contractFiles(): Map<string, string> {
  return new Map(
    [...contracts()].flatMap(([name, contract]) => [
      [`modules/${name}/generated/interface.ts`, interfaceSource(contract)] as const,
      [`modules/${name}/generated/call.ts`, moduleSource(name, contract)] as const,
    ]),
  );
}
