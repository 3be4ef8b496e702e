import { TerraformVariable, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { declareVariables } from "../../lib/contract/variables";
import type { Module, ModuleOf } from "../../lib/synth/module";
import { modules } from "../../tools/modules";

type Props = Readonly<Record<string, unknown>>;
type ConstructClass = new (scope: Construct, id: string, props: Props) => Construct;

const classOf = (module: Module) => (module as ModuleOf<never, object>).construct as ConstructClass;

/** The class of a module's construct. */
export function constructClass(name: string): ConstructClass {
  const module = modules().get(name);
  if (!module) throw new Error(`There is no module ${name}.`);
  return classOf(module);
}

/** The modules whose constructs have resources, with a function that constructs each. */
export const CONSTRUCTS = [...modules()]
  .filter(([, { contract }]) => Object.keys(contract.inputs).length > 0)
  .map(([module, descriptor]) => {
    const { contract } = descriptor;
    const type = classOf(descriptor);
    /** Constructs it with a variable for each input. */
    const construct = (stack: TerraformStack, id: string, more: Props = {}) => {
      const declared = stack.node.children.some((each) => each instanceof TerraformVariable);
      const inputs: Props = declared ? {} : declareVariables(stack, contract);
      return new type(stack, id, { ...inputs, ...more });
    };
    return { module, name: contract.construct, contract, construct, type };
  });
