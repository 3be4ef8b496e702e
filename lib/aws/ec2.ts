import type { Rule } from "../contract/contract";
import { pattern, wholeNumber } from "../contract/rules";
import { all, matches, not } from "../hcl/functions";

/** Source: "CreateSecurityGroup" in the Amazon EC2 API Reference. */
export const securityGroupName: Rule = {
  allowed: 'up to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with "sg-"',
  test: (name) => all(matches("^[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", name), not(matches("^sg-", name))),
};

/** Source: "Resource IDs" in the Amazon EC2 User Guide. */
export const vpcId = pattern("^vpc-[0-9a-f]+$", "the id of a VPC, such as vpc-0a1b2c3d4e5f60718");

/** Source: "Resource IDs" in the Amazon EC2 User Guide. */
export const subnetId = pattern("^subnet-[0-9a-f]+$", "the id of a subnet, such as subnet-0a1b2c3d4e5f60718");

/** A group of a peered VPC has its account before it. Source: "UserIdGroupPair" in the Amazon EC2 API Reference. */
export const securityGroupId = pattern(
  "^([0-9]{12}/)?sg-[0-9a-f]+$",
  "the id of a security group, such as sg-0a1b2c3d4e5f60718",
);

/** Source: "InstanceMetadataOptionsRequest" in the Amazon EC2 API Reference. */
export const httpPutResponseHopLimit = wholeNumber(1, 64);

/** Source: "CreateLaunchTemplate" in the Amazon EC2 API Reference. */
export const launchTemplateName = pattern("^[a-zA-Z0-9().\\-/_]{3,128}$", "3 to 128 ASCII letters, digits and ().-/_");
