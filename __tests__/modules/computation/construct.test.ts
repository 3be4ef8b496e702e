import { environments, namePrefix } from "../../../modules/computation/environment";
import { TerraformVariable } from "cdktf";
import { Computation, type ComputationProps } from "../../../modules/computation";
import { synthesized, type Configuration } from "../../support/synth";

const required: ComputationProps = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  computeEnvironmentDesiredVcpus: 0,
  computeEnvironmentInstanceTypes: ["m5.large"],
  computeEnvironmentMaxVcpus: 64,
  computeEnvironmentMinVcpus: 0,
  metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
  standardTags: {},
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
};

const computation = (props: Partial<ComputationProps> = {}): Configuration =>
  synthesized((stack) => new Computation(stack, "it", { ...required, ...props }));

test.each<[string, Partial<ComputationProps>, string]>([
  [
    "a minimum over what it begins with",
    { computeEnvironmentMinVcpus: 8 },
    "compute_environment_min_vcpus = 8, compute_environment_desired_vcpus = 0 and compute_environment_max_vcpus = 64: none",
  ],
  [
    "more to begin with than the most",
    { computeEnvironmentDesiredVcpus: 65 },
    "compute_environment_desired_vcpus = 65 and compute_environment_max_vcpus = 64: none may be greater than the next.",
  ],
  ["a part of a vCPU", { computeEnvironmentMaxVcpus: 1.5 }, "must be a whole number from 0"],
  ["a hop limit of 0", { launchTemplateHttpPutResponseHopLimit: 0 }, "must be a whole number from 1 to 64; received 0"],
  ["tokens of a third sort", { launchTemplateHttpTokens: "no" }, 'must be one of optional, required; received "no"'],
  ["a role's name over 64 characters", { resourcePrefix: "a".repeat(41) }, "The name of the role of AWS Batch"],
  ["a queue without a name", { resourcePrefix: "", resourceSuffix: "" }, "The name of the job queue"],
  ["a queue whose name begins with a hyphen", { resourcePrefix: "" }, 'The name of the job queue, "-dev"'],
  [
    "a network with bits behind the prefix",
    { computeEnvironmentEgressCidrBlocks: ["10.0.0.1/8"] },
    "computeEnvironmentEgressCidrBlocks",
  ],
])("refuses %s", (_, props, message) => {
  expect(() => computation(props)).toThrow(message);
});

test("on Fargate the numbers of vCPUs that it does not have are not compared", () => {
  expect(() => computation({ batchType: "fargate", computeEnvironmentMinVcpus: 80 })).not.toThrow();
});

test("a bound that is a variable is compared at plan", () => {
  const { locals } = synthesized((stack) => {
    const variable = new TerraformVariable(stack, "v", { type: "number" });
    new Computation(stack, "it", { ...required, computeEnvironmentMaxVcpus: variable.numberValue });
  });
  expect(locals?.it_checked_compute_environment_max_vcpus).toContain("0 <= var.v");
});

test("its parts are public", () => {
  synthesized((stack) => {
    const it = new Computation(stack, "it", required);
    expect(it.jobQueue.friendlyUniqueId).toBe("it_this");
    expect([it.computeEnvironment, it.launchTemplate, it.batchRole].map((part) => part.terraformResourceType)).toEqual([
      "aws_batch_compute_environment",
      "aws_launch_template",
      "aws_iam_role",
    ]);
  });
});

test("takes the arguments that the bindings have: those of AWS provider 5, or of 6", () => {
  const of5 = { prototype: { computeEnvironmentNamePrefix: "" } };
  const of6 = { prototype: { namePrefix: "" } };
  expect([namePrefix(of5, "p"), environments(of5, "arn")]).toEqual([
    { computeEnvironmentNamePrefix: "p" },
    { computeEnvironments: ["arn"] },
  ]);
  expect([namePrefix(of6, "p"), environments(of6, "arn")]).toEqual([
    { namePrefix: "p" },
    { computeEnvironmentOrder: [{ order: 1, computeEnvironment: "arn" }] },
  ]);
});
