import { dashboardUrl } from "../../../lib/aws/cloudwatch";
import { rendered } from "../../support/synth";

test.each([
  ["aws", "us-west-2", "https://console.aws.amazon.com/cloudwatch/home?region=us-west-2#dashboards/dashboard/acme"],
  ["aws-cn", "cn-north-1", "https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1#dashboards/dashboard/acme"],
  [
    "aws-us-gov",
    "us-gov-west-1",
    "https://console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#dashboards/dashboard/acme",
  ],
])("in the partition %s and the region %s, a dashboard is at %s", (partition, region, url) => {
  expect(dashboardUrl({ partition, region }, "acme")).toBe(url);
});

test("of a partition that Terraform alone knows, Terraform finds the console", () => {
  const url = rendered(({ stringValue }) => dashboardUrl({ partition: stringValue, region: "us-west-2" }, "acme"));
  expect(url).toBe(
    'https://${var.v == "aws-cn" ? "console.amazonaws.cn" : (var.v == "aws-us-gov" ? "console.amazonaws-us-gov.com" : ' +
      '"console.aws.amazon.com")}/cloudwatch/home?region=us-west-2#dashboards/dashboard/acme',
  );
});
