import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SagemakerNotebookInstance } from "@cdktf/provider-aws/lib/sagemaker-notebook-instance";
import { SagemakerNotebookInstanceLifecycleConfiguration } from "@cdktf/provider-aws/lib/sagemaker-notebook-instance-lifecycle-configuration";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { securityGroupName } from "../../lib/aws/ec2";
import { roleName } from "../../lib/aws/iam";
import { joinStack } from "../../lib/aws/join-stack";
import { HTTP_PORT, HTTPS_PORT } from "../../lib/aws/ports";
import { setRoles } from "../../lib/aws/roles";
import { LONGEST_SCRIPT, notebookName } from "../../lib/aws/sagemaker";
import { tags } from "../../lib/aws/tags";
import type { Rule } from "../../lib/contract/contract";
import { readInputs, type Inputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { hcl } from "../../lib/hcl/expression";
import { atMost, base64encode, concat, countIf, equal, ifElse, length, merge } from "../../lib/hcl/functions";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { affixedName, checkedMap, checksAsPreconditions, preconditions } from "../../lib/synth/checked";
import type { ConstructProps } from "../../lib/synth/providers";
import { to } from "../metadata-service/network";
import { additionalConfiguration, configuration } from "./configuration";
import { notebookContract } from "./contract";
import type { NotebookInputs, NotebookOptions, NotebookOutputs } from "./generated/interface";
import { notebookRole } from "./role";
import { startScript } from "./start-script";

export type * from "./generated/interface";

/** The props of {@link Notebook}. */
export interface NotebookProps extends NotebookInputs, NotebookOptions, ConstructProps {}

/** A SageMaker notebook instance that reads the datastore and the metadata service, private unless it is told otherwise. */
export class Notebook extends Construct implements NotebookOutputs {
  public readonly notebookInstanceName: string;
  public readonly notebookRoleArn: string;
  public readonly notebookSecurityGroupId: string;
  public readonly notebookUrl: string;

  /** The notebook instance. */
  public readonly instance: SagemakerNotebookInstance;
  /** What it does at each start. */
  public readonly lifecycleConfiguration: SagemakerNotebookInstanceLifecycleConfiguration;
  /** The key of its volume, which has a count: one where `kmsKeyArn` is empty. */
  public readonly key: KmsKey;
  /** Its role. */
  public readonly role: IamRole;
  /** Its security group, which admits nobody. */
  public readonly securityGroup: SecurityGroup;

  public constructor(scope: Construct, id: string, given: NotebookProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, notebookContract.options, given);
    const read = readInputs<NotebookInputs>(this, notebookContract, props);
    const checks = checksAsPreconditions(this);
    const inputs = { ...read, standardTags: checkedMap(this, "standard_tags", read.standardTags, tags) };
    const name = (local: string, middle: string, what: string, rule: Rule) =>
      affixedName(this, local, inputs, { middle, what, rule });
    const instanceName = name("instance_name", "notebook", "notebook instance", notebookName);
    const place = {
      partition: inputs.iamPartition,
      region: resource(this, DataAwsRegion, "current", {}).id,
      account: resource(this, DataAwsCallerIdentity, "current", {}).accountId,
    };
    const names = { role: name("role_name", "notebook", "notebook's role", roleName), instance: instanceName };
    const { role, grants } = notebookRole(this, inputs, names, place);
    this.role = role;
    this.securityGroup = resource(this, SecurityGroup, "this", {
      name: name("security_group_name", "notebook-security-group", "notebook's security group", securityGroupName),
      description: "Security group of the SageMaker notebook.",
      vpcId: inputs.metaflowVpcId,
      ingress: [],
      egress: [to(HTTPS_PORT, "HTTPS: AWS and PyPI"), to(HTTP_PORT, "The metadata service, within the VPC")],
      tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
    });
    const ownKey = equal(inputs.kmsKeyArn, "");
    this.key = resource(this, KmsKey, "this", {
      count: countIf(ownKey),
      description: "Encrypts the volume of Metaflow's SageMaker notebook.",
      enableKeyRotation: inputs.keyRotation,
      policy: props.keyPolicy,
      tags: inputs.standardTags,
    });
    this.lifecycleConfiguration = this.lifecycle(inputs, instanceName, place.region);
    this.instance = resource(this, SagemakerNotebookInstance, "this", {
      name: instanceName,
      roleArn: role.arn,
      instanceType: inputs.instanceType,
      platformIdentifier: inputs.platformIdentifier,
      volumeSize: inputs.volumeSize,
      kmsKeyId: ifElse(ownKey, instanceAttribute(this.key, 0, "arn"), inputs.kmsKeyArn).string,
      subnetId: inputs.subnetId,
      securityGroups: [this.securityGroup.id],
      directInternetAccess: ifElse(inputs.directInternetAccess, "Enabled", "Disabled").string,
      rootAccess: "Disabled",
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
      lifecycleConfigName: this.lifecycleConfiguration.name,
      tags: inputs.standardTags,
      dependsOn: [...grants, ...(props.startsAfter ?? [])],
      lifecycle: { precondition: checks },
    });
    this.notebookInstanceName = this.instance.name;
    this.notebookRoleArn = role.arn;
    this.notebookSecurityGroupId = this.securityGroup.id;
    this.notebookUrl = `https://${this.instance.url}/lab`;
    setRoles(this, props);
  }

  /** What the notebook does at each start. */
  private lifecycle(inputs: Inputs<NotebookInputs>, notebook: string, region: string) {
    const name = affixedName(this, "lifecycle_configuration_name", inputs, {
      middle: "notebook",
      what: "notebook's lifecycle configuration",
      rule: notebookName,
    });
    const extra = checkedMap(this, "extra_configuration", inputs.extraConfiguration, additionalConfiguration);
    const script = base64encode(
      startScript({
        configuration: configuration(inputs, extra),
        wheels: concat(inputs.METAFLOW_DATATOOLS_S3ROOT, "/notebook"),
        requirement: inputs.metaflowPackage,
        idleMinutes: inputs.idleMinutes,
        notebookName: notebook,
        region,
      }),
    );
    const fits = {
      condition: atMost(length(script), LONGEST_SCRIPT),
      message: [
        "The notebook's start script, with extra_configuration in it, is of ",
        hcl`length(${script})`,
        ` characters in Base64; SageMaker takes ${String(LONGEST_SCRIPT)}.`,
      ],
    };
    return resource(this, SagemakerNotebookInstanceLifecycleConfiguration, "this", {
      name,
      onStart: script.string,
      tags: inputs.standardTags,
      lifecycle: { precondition: preconditions(this, fits) },
    });
  }
}
