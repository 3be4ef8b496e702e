import { pattern } from "../contract/rules";
import type { Operand } from "../hcl/expression";
import { concat, equal, ifElse } from "../hcl/functions";
import type { Location } from "./location";

/** Source: "PutDashboard" in the Amazon CloudWatch API Reference. */
export const dashboardName = pattern(
  "^[a-zA-Z0-9_-]{1,255}$",
  "1 to 255 ASCII letters, digits, hyphens and underscores",
);

/** The page of a dashboard in the AWS console. */
export function dashboardUrl({ partition, region }: Pick<Location, "partition" | "region">, name: Operand): string {
  const domain = ifElse(
    equal(partition, "aws-cn"),
    "console.amazonaws.cn",
    ifElse(equal(partition, "aws-us-gov"), "console.amazonaws-us-gov.com", "console.aws.amazon.com"),
  );
  return concat("https://", domain, "/cloudwatch/home?region=", region, "#dashboards/dashboard/", name).string;
}
