import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { addressed } from "./addresses";
import { Expression, type Operand } from "../hcl/expression";
import { providerOf } from "./providers";

/**
 * An ephemeral resource (Terraform 1.10 or newer): its values are in no plan and no state. CDKTF has no class for them.
 */
export class EphemeralResource extends TerraformElement {
  /**
   * @param scope - the construct that it belongs to
   * @param type - its type, such as `aws_secretsmanager_random_password`
   * @param name - its name in the module
   * @param config - its arguments, by their names in Terraform
   */
  public constructor(
    scope: Construct,
    private readonly type: string,
    name: string,
    private readonly config: Readonly<Record<string, Operand>>,
  ) {
    super(scope, `ephemeral.${type}.${name}`);
    addressed(this, name);
  }

  /** A reference to one of its attributes, which only a write-only argument takes. */
  public attribute(name: string): string {
    return new Expression([["ephemeral", this.type, this.friendlyUniqueId, name].join(".")], []).string;
  }

  public override toTerraform(): object {
    const provider = providerOf(this, this.type)?.fqn;
    const config = provider === undefined ? this.config : { provider, ...this.config };
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: config } } };
  }
}
