import { POSTGRESQL_PORT } from "../../lib/aws/ports";
import type { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { TerraformData } from "../../lib/synth/terraform-data";
import { checksAsPreconditions } from "../../lib/synth/checked";
import { Concatenation, Expression, type Operand } from "../../lib/hcl/expression";
import { concat, equal, jsonencode } from "../../lib/hcl/functions";
import { terraformName } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import type { MetaflowInputs, MetaflowOptions } from "./generated/interface";

/**
 * What a plan asks of the inputs before anything is changed: the checks that one variable's validation cannot make, and that a
 * deployment keeps the inputs by which its data is found. The first apply notes these.
 */
export class InputGuard extends Construct {
  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, options: MetaflowOptions = {}) {
    super(scope, id);
    const brought = Object.entries(BROUGHT).flatMap(([name, { of, why }]) => {
      const value = of(options);
      return value === undefined ? [] : [{ label: terraformName(name), value, why }];
    });
    const names = Object.keys(KEPT) as (keyof typeof KEPT)[];
    resource(this, TerraformData, "this", {
      input: Object.fromEntries([
        ...names.map((name) => [terraformName(name), inputs[name]] as const),
        ...brought.map(({ label, value }) => [label, value] as const),
      ]),
      lifecycle: {
        ignoreChanges: ["input"],
        precondition: checksAsPreconditions(scope),
        postcondition: [
          ...names.map((name) => isKept(terraformName(name), inputs[name] as Operand, KEPT[name])),
          // What was not brought when the deployment was made was made with it.
          ...brought.map(({ label, value, why }) => isKept(label, value, why, "")),
        ],
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

/** What is brought, by its name in the note, and why it stays as it is. */
const BROUGHT: Readonly<Record<string, { readonly of: (options: MetaflowOptions) => Operand; readonly why: string }>> =
  {
    existingBucketArn: {
      of: ({ existingBucketArn }) => existingBucketArn,
      why: "Terraform would destroy the bucket that it made, and leave its objects out of reach",
    },
    existingDatabase: {
      of: ({ existingDatabase: database }) =>
        database && concat(database.address, ":", database.port ?? POSTGRESQL_PORT).string,
      why: "Terraform would destroy the database that it made, or leave its content out of reach",
    },
    kmsKeyArn: {
      of: ({ kmsKeyArn }) => kmsKeyArn,
      why: "RDS would create another, empty database for another key, and objects of the former key would be unreadable without it",
    },
  };

/** @param otherwise - what was noted where nothing was */
function isKept(label: string, value: Operand, why: string, otherwise: Operand = value): Postcondition {
  const noted = new Expression([`try(self.output.${label}, `, ")"], [otherwise]);
  const message = new Concatenation([
    `${label} cannot change from `,
    jsonencode(noted),
    " to ",
    jsonencode(value),
    `: ${why}. It must stay as it was; docs/operations.md says how to get to another one.`,
  ]);
  return { condition: equal(noted, value).string, errorMessage: message.string };
}
