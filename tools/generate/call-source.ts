import { terraformName, type Contract, type Output } from "../../lib/contract/contract";
import { exportName } from "../contracts";
import { outputComment, separated } from "./interface-source";

/**
 * The TypeScript source of the class by which a CDKTF app calls a published module: `<Construct>Module`.
 *
 * @param name - the module's folder
 */
export function moduleSource(name: string, contract: Contract): string {
  const { construct } = contract;
  const definition = exportName(name, "Contract");
  const hasInputs = Object.keys(contract.inputs).length > 0;
  const outputs = Object.entries<Output>(contract.outputs)
    .filter(([, { optional }]) => !optional)
    .map(([output, entry]) => outputGetter(output, entry));
  const interfaces = [...(hasInputs ? [`${construct}Inputs`] : []), `${construct}Outputs`];
  return [
    "// Generated from contract.ts by `npm run generate`; change the contract instead.",
    'import type { Construct } from "constructs";',
    'import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";',
    `import { ${definition} } from "../contract";`,
    `import type { ${interfaces.join(", ")} } from "./interface";`,
    "",
    `/** The props of {@link ${construct}Module}. */`,
    hasInputs
      ? `export interface ${construct}ModuleProps extends ${construct}Inputs, ModuleCallProps {}`
      : `export type ${construct}ModuleProps = ModuleCallProps;`,
    "",
    `/** A call of the published Terraform module \`${name}\`, with the props and outputs of the construct of that name. */`,
    `export class ${construct}Module extends ModuleCall implements ${construct}Outputs {`,
    `  public constructor(scope: Construct, id: string, props: ${construct}ModuleProps) {`,
    `    super(scope, id, ${definition}, props);`,
    "  }",
    "",
    ...separated(outputs),
    "}",
    "",
  ].join("\n");
}

function outputGetter(name: string, output: Output): string {
  return [
    `${outputComment(output)}  public get ${name}(): string {`,
    `    return this.getString("${terraformName(name)}");`,
    "  }",
  ].join("\n");
}
