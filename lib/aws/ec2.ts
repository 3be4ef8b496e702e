import type { Rule } from "../contract/contract";
import { distinct, listOf, nonEmpty, pattern, wholeNumber } from "../contract/rules";
import { all, any, atMost, length, matches, not } from "../hcl/functions";

/** Source: "CreateSecurityGroup" in the Amazon EC2 API Reference. */
export const securityGroupName: Rule = {
  allowed: 'up to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with "sg-"',
  test: (name) => all(matches("^[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", name), not(matches("^sg-", name))),
};

export const vpcId = resourceId("vpc", "the id of a VPC, such as vpc-0a1b2c3d4e5f60718");

export const subnetId = resourceId("subnet", "the id of a subnet, such as subnet-0a1b2c3d4e5f60718");

/** Subnets of something that is in two zones at least. */
export const subnetIds: Rule = {
  allowed: "a list of the ids of two subnets at least, none of them twice",
  test: (list) => all(distinct(listOf(subnetId)).test(list), atMost(2, length(list))),
};

/** VPC endpoints, one at least. */
export const vpcEndpointIds: Rule = distinct(
  nonEmpty(listOf(resourceId("vpce", "the id of a VPC endpoint, such as vpce-0a1b2c3d4e5f60718"))),
);

/** A group of a peered VPC has its account before it. Source: "UserIdGroupPair" in the Amazon EC2 API Reference. */
export const securityGroupId = resourceId("sg", "the id of a security group, such as sg-0a1b2c3d4e5f60718");

/** Security groups, one at least. */
export const securityGroupIds: Rule = distinct(nonEmpty(listOf(securityGroupId)));

/**
 * An id. A value that cannot be one is refused: another kind's id, an ARN, the text of a list. An unusual value is accepted, as it may
 * be a placeholder: a mock output of Terragrunt, or a computed value of a mocked provider in `terraform test`.
 *
 * Source: "Resource IDs" in the Amazon EC2 User Guide.
 */
function resourceId(prefix: string, allowed: string): Rule {
  return {
    allowed,
    test: (id) =>
      all(
        matches("^([0-9]{12}/)?[a-zA-Z0-9_.-]+$", id),
        any(matches(`^([0-9]{12}/)?${prefix}-.`, id), not(matches(OF_A_KIND, id))),
      ),
  };
}

const OF_A_KIND =
  "^([0-9]{12}/)?(acl|ami|dopt|eigw|eipalloc|eni|i|igw|lt|nat|pcx|r|rtb|sg|snap|subnet|tgw|vgw|vol|vpc|vpce)-";

/** Source: "InstanceMetadataOptionsRequest" in the Amazon EC2 API Reference. */
export const httpPutResponseHopLimit = wholeNumber(1, 64);

/** Source: "CreateLaunchTemplate" in the Amazon EC2 API Reference. */
export const launchTemplateName = pattern("^[a-zA-Z0-9().\\-/_]{3,128}$", "3 to 128 ASCII letters, digits and ().-/_");
