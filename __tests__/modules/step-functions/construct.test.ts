import { StepFunctions, type StepFunctionsProps } from "../../../modules/step-functions";
import { synthesized, type Configuration } from "../../support/synth";

const required: StepFunctionsProps = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  active: true,
  batchJobQueueArn: "arn:aws:batch:us-west-2:123456789012:job-queue/metaflow-dev",
  s3BucketArn: "arn:aws:s3:::metaflow-s3-dev",
  s3BucketKmsArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555",
  standardTags: {},
};

const stepFunctions = (props: Partial<StepFunctionsProps> = {}): Configuration =>
  synthesized((stack) => new StepFunctions(stack, "it", { ...required, ...props }));

test.each<[string, Partial<StepFunctionsProps>, string]>([
  ["a queue's name in place of its ARN", { batchJobQueueArn: "metaflow-dev" }, "the ARN of an AWS Batch job queue"],
  ["another partition", { iamPartition: "aws-moon" }, "must be one of aws, aws-us-gov, aws-cn"],
  [
    "a role's name over 64 characters",
    { resourcePrefix: "a".repeat(42) },
    "The name of the role of AWS Step Functions",
  ],
  ["a table's name with a space", { resourcePrefix: "meta flow-" }, "The name of the role of AWS Step Functions"],
])("refuses %s", (_, props, message) => {
  expect(() => stepFunctions(props)).toThrow(message);
});

test("has each resource once where it is active, and none elsewhere", () => {
  const counts = (active: boolean) =>
    Object.values(stepFunctions({ active }).resource ?? {}).flatMap((named) =>
      Object.values(named).map(({ count }) => count),
    );
  expect(counts(true)).toEqual(Array.from({ length: 9 }, () => 1));
  expect(counts(false)).toEqual([]);
});

test("its parts are public", () => {
  synthesized((stack) => {
    const it = new StepFunctions(stack, "it", required);
    expect([it.stateTable, it.stateMachineRole, it.eventbridgeRole].map((part) => part.friendlyUniqueId)).toEqual([
      "it_step_functions_state_table",
      "it_step_functions_role",
      "it_eventbridge_role",
    ]);
  });
});
