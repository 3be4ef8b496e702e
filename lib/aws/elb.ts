import { PARTITION } from "./iam";
import type { Rule } from "../contract/contract";
import { pattern } from "../contract/rules";
import { all, matches, not } from "../hcl/functions";

/** Source: "CreateTargetGroup" in the Elastic Load Balancing API Reference. */
export const targetGroupName = pattern(
  "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$",
  "up to 32 ASCII letters, digits and hyphens, without a hyphen at either end",
);

/** Source: "CreateLoadBalancer" in the Elastic Load Balancing API Reference. */
export const loadBalancerName: Rule = {
  allowed: `${targetGroupName.allowed}, not beginning with "internal-"`,
  test: (name) => all(targetGroupName.test(name), not(matches("^internal-", name))),
};

/** Source: "Security policies for your Application Load Balancer" in the user guide. */
export const sslPolicy = pattern(
  "^ELBSecurityPolicy-TLS13-1-[23](-[A-Za-z0-9]+)*-20[0-9]{2}-[0-9]{2}$",
  "a security policy of Elastic Load Balancing with TLS 1.3 and without TLS 1.0 and 1.1, such as ELBSecurityPolicy-TLS13-1-2-2021-06",
);

/** Source: "Certificate" in the Elastic Load Balancing API Reference. */
export const certificateArn = pattern(
  `^${PARTITION}:(acm|iam):[a-z0-9-]*:[0-9]{12}:(server-)?certificate/[!-~]+$`,
  "the ARN of a certificate of ACM or IAM",
);
