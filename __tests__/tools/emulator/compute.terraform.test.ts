import { expectEmptySecondPlans } from "../../support/second-plan";

/** What computes: the resources whose answers moto gets wrong without compute.py. */
function config(changed: boolean): Record<string, unknown> {
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "batch.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  return {
    resource: {
      aws_launch_template: {
        own: {
          name: "own",
          instance_type: changed ? "m5.large" : "m5.xlarge",
          tags: { of: changed ? "it" : "the template" },
        },
        both: {
          name: "both",
          tags: { of: "the template" },
          tag_specifications: [{ resource_type: "instance", tags: { of: changed ? "it" : "the instance" } }],
        },
      },
      aws_vpc: { this: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: { this: { vpc_id: "${aws_vpc.this.id}", cidr_block: "10.0.0.0/24" } },
      aws_security_group: { this: { name: "compute", vpc_id: "${aws_vpc.this.id}" } },
      aws_iam_role: { this: { name: "compute", assume_role_policy: trust } },
      aws_iam_instance_profile: { this: { name: "compute", role: "${aws_iam_role.this.name}" } },
      aws_batch_compute_environment: {
        this: {
          compute_environment_name: "compute",
          service_role: "${aws_iam_role.this.arn}",
          type: "MANAGED",
          compute_resources: {
            type: "EC2",
            allocation_strategy: "BEST_FIT",
            instance_role: "${aws_iam_instance_profile.this.arn}",
            instance_type: ["c4.large"],
            min_vcpus: changed ? 0 : 2,
            desired_vcpus: 2,
            max_vcpus: changed ? 16 : 8,
            security_group_ids: ["${aws_security_group.this.id}"],
            subnets: ["${aws_subnet.this.id}"],
          },
        },
      },
    },
  };
}

test("a second plan is empty, after an apply and after a change, and nothing is left after a destroy", async () => {
  await expectEmptySecondPlans(config);
});
