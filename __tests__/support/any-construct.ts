import { TerraformVariable, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { declareVariables } from "../../lib/contract/variables";
import { modules } from "../../tools/modules";

type Props = Readonly<Record<string, unknown>>;
type ConstructClass = new (scope: Construct, id: string, props: Props) => Construct;

/** The modules whose constructs have resources, with a function that constructs each. */
export const CONSTRUCTS = [...modules()]
  .filter(([, { contract }]) => Object.keys(contract.inputs).length > 0)
  .map(([name, { contract }]) => {
    const exported = jest.requireActual<Record<string, ConstructClass>>(`../../modules/${name}`);
    const type = exported[contract.construct];
    if (type === undefined) throw new Error(`modules/${name} exports no ${contract.construct}.`);
    /** Constructs it with a variable for each input. */
    const construct = (stack: TerraformStack, id: string, more: Props = {}) => {
      const declared = stack.node.children.some((each) => each instanceof TerraformVariable);
      const inputs: Props = declared ? {} : declareVariables(stack, contract);
      return new type(stack, id, { ...inputs, ...more });
    };
    return { name: contract.construct, contract, construct, type };
  });
