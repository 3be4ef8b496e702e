import { customRoleContract } from "../../../modules/custom-role/contract";
import * as aws from "../../support/bad-input/aws";
import {
  AFFIXES,
  type Arrival,
  type ModuleOracle,
  type Problem,
  problemsIf,
  type Values,
} from "../../support/bad-input/oracle";
import { roleInputs } from "./inputs";

function roleProblems({ resourcePrefix, resourceSuffix }: Values): Problem[] {
  const name = `${resourcePrefix}metaflow_user${resourceSuffix}`;
  return problemsIf([!aws.isRoleName(name), AFFIXES, name]);
}

function roleArrivals({ resourcePrefix, resourceSuffix, standardTags, userRolePrincipals }: Values): Arrival[] {
  if (userRolePrincipals.length === 0) return [];
  return [
    ["aws_iam_role.this[0]", "name", `${resourcePrefix}metaflow_user${resourceSuffix}`],
    ["aws_iam_role.this[0]", "tags", Object.keys(standardTags ?? {}).length === 0 ? null : standardTags],
  ];
}

/** The oracle of a user's role. */
export const moduleOracle: ModuleOracle = {
  contracts: { construct: customRoleContract, module: customRoleContract },
  inputs: roleInputs,
  counts: { construct: 40, module: 60, refused: 60 },
  problems: roleProblems,
  arrivals: roleArrivals,
};
