import { TerraformResource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { hcl, type Expression, type Operand } from "../hcl/expression";

/** The arguments of {@link TerraformData}. */
export interface TerraformDataConfig extends TerraformMetaArguments {
  /** What is noted. */
  readonly input: Readonly<Record<string, Operand>>;
}

/**
 * Terraform's own resource `terraform_data`, which notes values. CDKTF's class of it, `DataResource`, starts `terraform version` in
 * each synth.
 */
export class TerraformData extends TerraformResource {
  public static readonly tfResourceType = "terraform_data";
  private readonly input: TerraformDataConfig["input"];

  public constructor(scope: Construct, id: string, { input, ...meta }: TerraformDataConfig) {
    super(scope, id, {
      terraformResourceType: TerraformData.tfResourceType,
      terraformGeneratorMetadata: { providerName: "terraform" },
      ...meta,
    });
    this.input = input;
  }

  /** The address as `replace_triggered_by` has it in JSON: an address and no expression. */
  public get address(): string {
    return `${TerraformData.tfResourceType}.${this.friendlyUniqueId}`;
  }

  /** A value that is noted, by its name in {@link TerraformDataConfig.input}. */
  public noted(name: string): Expression {
    return hcl`${this.interpolationForAttribute(`input.${name}`)}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}
