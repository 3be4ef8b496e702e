import { TerraformModule, type IResolvable, type TerraformModuleUserConfig } from "cdktf";
import type { Construct } from "constructs";
import { addressed } from "./addresses";
import { terraformName, type Contract } from "../contract/contract";
import { literal } from "../hcl/expression";
import { checkInputs } from "../contract/inputs";
import { checkHost } from "./host";

/** What a call of a Terraform module has beside the module's inputs. */
export interface ModuleCallProps extends TerraformModuleUserConfig {
  /**
   * Where the module is: an address in a registry, a URL of a git repository, or a path that begins with `./` or `../`.
   *
   * A path is relative to the folder of the synthesized stack, `cdktf.out/stacks/<stack>`, as Terraform reads it there.
   */
  readonly source: string;

  /**
   * The version constraint of a module in a registry.
   *
   * @default - any version
   */
  readonly version?: string;

  /**
   * Whether a path in `source` stays as it is. With false, CDKTF copies the module into the stack's assets, for which
   * the path must stand among the `terraformModules` of `cdktf.json`.
   *
   * @default true
   */
  readonly skipAssetCreationFromLocalModules?: boolean;
}

/**
 * A call of a published Terraform module, with the props of the construct that it is made of: the same names, types and
 * checks. Its address holds no hash: `module.<path>_<id>`.
 */
export abstract class ModuleCall extends TerraformModule {
  private readonly inputs: Readonly<Record<string, unknown>>;

  /**
   * @param definition - the module's contract
   * @throws Error naming every literal that is missing, of the wrong type or not allowed
   */
  protected constructor(scope: Construct, id: string, definition: Contract, props: ModuleCallProps) {
    super(scope, id, { ...props, skipAssetCreationFromLocalModules: props.skipAssetCreationFromLocalModules ?? true });
    checkHost(this);
    checkInputs(this, definition, props, PROPS);
    this.inputs = givenInputs(definition, props);
    addressed(this, id);
  }

  /**
   * A reference to an output, by its name in Terraform.
   *
   * @throws Error where the call has `forEach`: there is no one output then, but one of each instance
   */
  public override interpolationForOutput(name: string): IResolvable {
    if (this.forEach) {
      throw new Error(
        `${this.constructor.name} at ${this.node.path}: with forEach, each instance has an output ${name} of its own; ` +
          `refer to one with propertyAccess(module.fqn, [key, "${name}"]).`,
      );
    }
    return super.interpolationForOutput(name);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.inputs;
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.inputs).map(([name, value]) => [name, { value, type: "any" }]));
  }
}

/** What a call has beside the module's inputs. */
const PROPS = Object.keys({
  dependsOn: true,
  forEach: true,
  providers: true,
  skipAssetCreationFromLocalModules: true,
  source: true,
  version: true,
} satisfies Record<keyof ModuleCallProps, true>);

/** The props that were given, by their names in Terraform; the module itself has the defaults of the others. */
function givenInputs(definition: Contract, props: object): Record<string, unknown> {
  const given = Object.keys(definition.inputs).flatMap((name) => {
    const value: unknown = props[name as keyof typeof props];
    return value === undefined || value === null ? [] : [[terraformName(name), literal(value)] as const];
  });
  return Object.fromEntries(given);
}
