import { objectOption, stringOption } from "../../lib/contract/contract";
import { securityGroupId } from "../../lib/aws/ec2";
import { kubernetesNamespace, kubernetesServiceAccount } from "../../lib/aws/eks";
import { oidcProviderArn } from "../../lib/aws/iam";

/** A cluster of Amazon EKS on which flows run by this option (docs/kubernetes.md). */
export const kubernetesOption = objectOption({
  name: "KubernetesSettings",
  about: "A cluster of Amazon EKS that runs the steps of flows",
  description:
    "A cluster of Amazon EKS of yours that runs the steps of flows: a role for their pods, and the cluster's keys in Metaflow's " +
    "configuration (docs/kubernetes.md). The cluster is not touched",
  unset: "none",
  fields: {
    oidcProviderArn: stringOption({
      description: "The ARN of the cluster's OIDC provider in IAM, by which its pods assume the role",
      rule: oidcProviderArn,
    }),
    namespace: stringOption({
      description: "The namespace in which steps run (METAFLOW_KUBERNETES_NAMESPACE)",
      rule: kubernetesNamespace,
      unset: "default",
    }),
    serviceAccount: stringOption({
      description:
        "The service account with which they run (METAFLOW_KUBERNETES_SERVICE_ACCOUNT): its annotation eks.amazonaws.com/role-arn names " +
        "the role",
      rule: kubernetesServiceAccount,
      unset: "metaflow",
    }),
    securityGroupId: stringOption({
      description:
        "The security group of the pods, which is the cluster's own unless you chose another one: the VPC endpoints of `vpcEndpoints` admit it",
      rule: securityGroupId,
      unset: "the endpoints admit no pods",
    }),
  },
});
