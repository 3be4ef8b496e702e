import type { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { TerraformData } from "../../lib/synth/terraform-data";
import { checksAsPreconditions } from "../../lib/synth/checked";
import { Concatenation, Expression, hcl, type Operand } from "../../lib/hcl/expression";
import { equal } from "../../lib/hcl/functions";
import { terraformName } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import type { MetaflowInputs } from "./generated/interface";

/**
 * What a plan asks of the inputs before anything is changed: the checks that one variable's validation cannot make, and that a
 * deployment keeps the inputs by which its data is found. The first apply notes these.
 */
export class InputGuard extends Construct {
  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>) {
    super(scope, id);
    const names = Object.keys(KEPT) as (keyof typeof KEPT)[];
    resource(this, TerraformData, "this", {
      input: Object.fromEntries(names.map((name) => [terraformName(name), inputs[name]])),
      lifecycle: {
        ignoreChanges: ["input"],
        precondition: checksAsPreconditions(scope),
        postcondition: names.map((name) => isKept(name, inputs[name] as Operand)),
      },
    });
  }
}

/** Why an input stays as it is. */
const KEPT = {
  createNetwork: "RDS cannot move a database to another network",
  dbEngine: "RDS would create another, empty database for another engine",
  dbIdentifierPrefix: "RDS cannot move a database to another subnet group in the same network",
  dbName: "RDS would create another, empty database for another name",
  dbUsername: "RDS would create another, empty database for another master user",
  resourcePrefix: "it is part of the names of the database, the bucket and the other resources",
  resourceSuffix: "it is part of the names of the database, the bucket and the other resources",
  s3BucketName: "S3 cannot rename a bucket: Terraform would create another, empty one",
  subnet1Cidr: "RDS cannot remove a subnet from a running database",
  subnet1Id: "RDS cannot remove a subnet from a running database",
  subnet2Cidr: "RDS cannot remove a subnet from a running database",
  subnet2Id: "RDS cannot remove a subnet from a running database",
  vpcCidr: "RDS cannot move a database to another network",
  vpcId: "RDS cannot move a database to another network",
} as const satisfies Partial<Record<keyof MetaflowInputs, string>>;

function isKept(name: keyof typeof KEPT, value: Operand): Postcondition {
  const label = terraformName(name);
  const noted = new Expression([`try(self.output.${label}, `, ")"], [value]);
  const message = new Concatenation([
    `${label} cannot change from `,
    hcl`jsonencode(${noted})`,
    " to ",
    hcl`jsonencode(${value})`,
    `: ${KEPT[name]}. It must stay as it was; docs/operations.md says how to get to another one.`,
  ]);
  return { condition: equal(noted, value).string, errorMessage: message.string };
}
