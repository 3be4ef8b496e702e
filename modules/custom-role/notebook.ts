import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";

/** What a user does with notebook instances: look whether they run, start, stop and open them. */
export function notebookStatements(arns: string[]): DataAwsIamPolicyDocumentStatement[] {
  return [
    {
      sid: "Notebook",
      effect: "Allow",
      actions: [
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        "sagemaker:DescribeNotebookInstance",
        "sagemaker:StartNotebookInstance",
        "sagemaker:StopNotebookInstance",
      ],
      resources: arns,
    },
  ];
}
