import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { assumedByPods } from "../../lib/aws/policy";
import { terraformName } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import { checkedOption } from "../../lib/synth/checked";
import type { Datastore } from "../datastore";
import { kubernetesOption } from "./contract-kubernetes";
import type { KubernetesSettings, MetaflowInputs } from "./generated/interface";
import { ownRole } from "./own-role";
import type { ProfileKeys } from "./profile";
import { StepGrants } from "./step-grants";

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
    const { fields } = kubernetesOption;
    const checked = (name: "oidcProviderArn" | "namespace" | "serviceAccount", value: string) =>
      checkedOption(this, terraformName(name), `kubernetes.${name}`, value, fields[name].rule);
    const oidcProvider = checked("oidcProviderArn", settings.oidcProviderArn);
    const namespace = checked("namespace", settings.namespace ?? fields.namespace.unset);
    const serviceAccount = checked("serviceAccount", settings.serviceAccount ?? fields.serviceAccount.unset);
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
