import { stackRoot } from "../support/app-stack";
import { attributes } from "../support/hardened";
import type { TerraformRoot } from "../support/terraform-root";

// What runs the steps of flows in the cloud, applied.

let root: TerraformRoot;

beforeAll(async () => {
  root = stackRoot(
    { variables: { migrate_automatically: false } },
    {
      options: {
        compute: true,
        computeEnvironments: {
          gpu: { type: "SPOT", instanceTypes: ["g5"], maxVcpus: 96, volumeSize: 200 },
          small: { type: "FARGATE_SPOT" },
        },
      },
    },
  );
  await root.apply();
});

test("a second plan is empty", async () => {
  expect(await root.changes()).toEqual([]);
});

test("the first queue has one environment on demand, which keeps nothing while nothing runs", async () => {
  const [resources] = (await attributes(root, "aws_batch_compute_environment.compute_this")).compute_resources as [
    Record<string, unknown>,
  ];
  expect(resources).toMatchObject({
    type: "EC2",
    allocation_strategy: "BEST_FIT_PROGRESSIVE",
    min_vcpus: 0,
    max_vcpus: 64,
  });
});
