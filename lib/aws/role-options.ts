import { stringOption, type Option } from "../contract/contract";
import { policyArn, rolePath } from "./iam";

/** What all roles of a construct have, by what an organization asks of roles. */
export const roleOptions = {
  permissionsBoundaryArn: stringOption({
    description: "The ARN of the permissions boundary of the construct's roles",
    rule: policyArn,
    unset: "none",
  }),
  rolePath: stringOption({
    description: "The path of the construct's roles and instance profiles. A change of it replaces them",
    rule: rolePath,
    unset: "/",
  }),
} as const satisfies Readonly<Record<string, Option>>;
