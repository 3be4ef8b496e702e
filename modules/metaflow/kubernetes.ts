import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { kubernetesNamespace, kubernetesServiceAccount } from "../../lib/aws/eks";
import { oidcProviderArn } from "../../lib/aws/iam";
import { assumedByPods } from "../../lib/aws/policy";
import type { Inputs } from "../../lib/contract/inputs";
import { checkedValue } from "../../lib/synth/checked";
import type { Datastore } from "../datastore";
import { KUBERNETES_DEFAULTS } from "./contract-kubernetes";
import type { KubernetesSettings, MetaflowInputs } from "./generated/interface";
import { ownRole } from "./own-role";
import type { ProfileKeys } from "./profile";
import { StepGrants } from "./step-grants";

const RULES = { oidcProviderArn, namespace: kubernetesNamespace, serviceAccount: kubernetesServiceAccount };

/** What runs the steps of flows on a cluster of Kubernetes: the role of their pods, which a service account names. */
export class Kubernetes extends Construct {
  public readonly role: IamRole;
  /** The keys of a client's configuration by which it finds them. */
  public readonly keys: ProfileKeys;

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    settings: KubernetesSettings,
    datastore: Pick<Datastore, "datastoreS3BucketKmsKeyArn" | "s3BucketArn">,
  ) {
    super(scope, id);
    const checked = (field: keyof typeof RULES, name: string, value: string) =>
      checkedValue(this, name, value, {
        condition: RULES[field].test(value),
        message: [`kubernetes.${field} is "`, value, `"; it must be ${RULES[field].allowed}.`],
      });
    const { namespace: ofSteps = KUBERNETES_DEFAULTS.namespace } = settings;
    const { serviceAccount: account = KUBERNETES_DEFAULTS.serviceAccount } = settings;
    const oidcProvider = checked("oidcProviderArn", "oidc_provider_arn", settings.oidcProviderArn);
    const namespace = checked("namespace", "namespace", ofSteps);
    const serviceAccount = checked("serviceAccount", "service_account", account);
    this.role = ownRole(this, inputs, {
      middle: "kubernetes-pod",
      what: "role of pods",
      description: "What the steps of flows may do on Kubernetes [METAFLOW_KUBERNETES_SERVICE_ACCOUNT].",
      trust: assumedByPods(oidcProvider, namespace, serviceAccount),
    });
    const grants = new StepGrants(this, this.role);
    grants.grantDatastore(datastore);
    grants.grantSecrets(inputs);
    grants.attach(inputs);
    this.keys = {
      values: {
        METAFLOW_KUBERNETES_NAMESPACE: namespace,
        METAFLOW_KUBERNETES_SERVICE_ACCOUNT: serviceAccount,
      },
    };
  }
}
