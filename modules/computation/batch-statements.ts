import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { concat } from "../../lib/hcl/functions";

/** What AWS Batch does of each service; the policy AWSBatchServiceRole of AWS, version 13, has the same. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  ec2: [
    "DescribeAccountAttributes",
    "DescribeInstances",
    "DescribeInstanceStatus",
    "DescribeInstanceAttribute",
    "DescribeSubnets",
    "DescribeSecurityGroups",
    "DescribeKeyPairs",
    "DescribeImages",
    "DescribeImageAttribute",
    "DescribeSpotInstanceRequests",
    "DescribeSpotFleetInstances",
    "DescribeSpotFleetRequests",
    "DescribeSpotPriceHistory",
    "DescribeSpotFleetRequestHistory",
    "DescribeVpcClassicLink",
    "DescribeLaunchTemplateVersions",
    "CreateLaunchTemplate",
    "DeleteLaunchTemplate",
    "RequestSpotFleet",
    "CancelSpotFleetRequests",
    "ModifySpotFleetRequest",
    "TerminateInstances",
    "RunInstances",
  ],
  autoscaling: [
    "DescribeAccountLimits",
    "DescribeAutoScalingGroups",
    "DescribeLaunchConfigurations",
    "DescribeAutoScalingInstances",
    "DescribeScalingActivities",
    "CreateLaunchConfiguration",
    "CreateAutoScalingGroup",
    "UpdateAutoScalingGroup",
    "SetDesiredCapacity",
    "DeleteLaunchConfiguration",
    "DeleteAutoScalingGroup",
    "CreateOrUpdateTags",
    "SuspendProcesses",
    "PutNotificationConfiguration",
    "TerminateInstanceInAutoScalingGroup",
  ],
  ecs: [
    "DescribeClusters",
    "DescribeContainerInstances",
    "DescribeTaskDefinition",
    "DescribeTasks",
    "ListAccountSettings",
    "ListClusters",
    "ListContainerInstances",
    "ListTaskDefinitionFamilies",
    "ListTaskDefinitions",
    "ListTasks",
    "CreateCluster",
    "DeleteCluster",
    "RegisterTaskDefinition",
    "DeregisterTaskDefinition",
    "RunTask",
    "StartTask",
    "StopTask",
    "UpdateContainerAgent",
    "DeregisterContainerInstance",
  ],
  logs: ["CreateLogGroup", "CreateLogStream", "PutLogEvents", "DescribeLogGroups"],
  iam: ["GetInstanceProfile", "GetRole"],
};

/** The statement by which Batch passes roles to instances and tasks. */
const passRole: DataAwsIamPolicyDocumentStatement = {
  actions: ["iam:PassRole"],
  resources: ["*"],
  condition: [
    {
      test: "StringEquals",
      variable: "iam:PassedToService",
      values: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn", "ecs-tasks.amazonaws.com"],
    },
  ],
};

/** What the role of AWS Batch may do, by policy. */
export function batchGrants(partition: string) {
  return {
    passRole: [passRole],
    access: [
      {
        actions: Object.entries(ACTIONS).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
        resources: ["*"],
      },
      { actions: ["ecs:TagResource"], resources: [concat("arn:", partition, ":ecs:*:*:task/*_Batch_*").string] },
    ],
    roles: [
      passRole,
      {
        actions: ["iam:CreateServiceLinkedRole"],
        resources: ["*"],
        condition: [
          {
            test: "StringEquals",
            variable: "iam:AWSServiceName",
            values: ["spot", "spotfleet", "autoscaling", "ecs"].map((service) => `${service}.amazonaws.com`),
          },
        ],
      },
    ],
    tags: [
      {
        actions: ["ec2:CreateTags"],
        resources: ["*"],
        condition: [{ test: "StringEquals", variable: "ec2:CreateAction", values: ["RunInstances"] }],
      },
    ],
  };
}
