import { releaseFiles } from "../../tools/publish/release";
import { stackRoot } from "../support/app-stack";
import { changesOf, terraformRoot } from "../support/terraform-root";

const files = Object.fromEntries([...releaseFiles()].map(([file, text]) => [`release/${file}`, text]));
const SETTINGS = { deletion_protection: false, force_destroy_s3_bucket: true, migrate_automatically: false };

/** A root whose module waits for something else, so that Terraform reads the module's data sources when it applies. */
function waiting(input: string) {
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    resource: { terraform_data: { before: { input } } },
    module: { metaflow: { source: "./release", depends_on: ["terraform_data.before"], ...SETTINGS } },
  };
}

test("a plan that knows no data source yet makes a deployment, and replaces nothing of one that lives", async () => {
  const root = terraformRoot(waiting("first"), { files });
  await root.apply();
  root.write(waiting("second"));
  const plan = await root.plan();
  const late = plan.resource_changes?.filter(({ mode }) => mode === "data") ?? [];
  expect(late.map(({ address }) => address)).toEqual(
    expect.arrayContaining(["module.metaflow.data.aws_region.current"]),
  );
  expect(changesOf(plan).filter((change) => /delete/.test(change))).toEqual([]);
});

test("an endpoint has the own route table of a network whose VPC was there before: an apply was interrupted", async () => {
  const root = stackRoot({ variables: { vpc_endpoints: true } }, { options: { compute: false } });
  const targets = ["aws_route_table.network_this", "aws_vpc_endpoint.endpoints_s3"].map((each) => `-target=${each}`);
  await root.apply("-target=aws_vpc.network_this");
  await root.apply(...targets);
  expect(await root.addresses()).toEqual(expect.arrayContaining(["aws_vpc_endpoint.endpoints_s3[0]"]));
  expect(await root.changes(...targets)).toEqual([]);
});
