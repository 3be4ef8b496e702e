import { TerraformOutput, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Metaflow, type KubernetesSettings, type MetaflowProps } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { added, blockOrEmpty as block } from "../support/blocks";
import { ISSUER, OIDC_PROVIDER } from "../support/cluster";
import { metaflow } from "../support/composition";
import { synthesized, type Configuration } from "../support/synth";

// What flows need on a cluster of Kubernetes, as it is synthesized; web-interface.terraform.test.ts applies it.

const KUBERNETES = { oidcProviderArn: OIDC_PROVIDER };
const on = (settings: Partial<KubernetesSettings> = {}, props: MetaflowProps = {}) =>
  metaflow({ ...props, kubernetes: { ...KUBERNETES, ...settings } });

type Statement = Readonly<Record<string, unknown>>;
const trustOf = (configuration: Configuration) =>
  block(configuration, "data.aws_iam_policy_document.kubernetes_assume_role").statement as readonly Statement[];

test("where the option is not set, there is no trace of it", () => {
  expect(JSON.stringify(metaflow())).not.toMatch(/kubernetes/i);
});

test("it adds a role with the datastore, and leaves everything else as it is", () => {
  expect(added(on(), metaflow())).toEqual([
    "aws_iam_role.kubernetes_this",
    "aws_iam_role_policy.kubernetes_datastore",
    "data.aws_iam_policy_document.kubernetes_assume_role",
    "data.aws_iam_policy_document.kubernetes_datastore",
  ]);
  const without = ({ resource, data, ...others }: Configuration) =>
    JSON.stringify([others, resource, data], (key, value: unknown) =>
      key.startsWith("kubernetes_") ? undefined : value,
    );
  expect(without(on())).toBe(without(metaflow()).replaceAll('"aws_iam_role_policy_attachment":{}', ""));
});

test("its name has the prefix and the suffix, and it has the tags, the path and the boundary of all roles", () => {
  const boundary = "arn:aws:iam::123456789012:policy/boundary";
  const props = { resourcePrefix: "acme-", resourceSuffix: "-dev", standardTags: { team: "data" }, rolePath: "/acme/" };
  expect(block(on({}, { ...props, permissionsBoundaryArn: boundary }), "aws_iam_role.kubernetes_this")).toMatchObject({
    name: "acme-kubernetes-pod-dev",
    path: "/acme/",
    permissions_boundary: boundary,
    tags: { team: "data" },
  });
});

test.each<[settings: Partial<KubernetesSettings>, subject: string]>([
  [{}, "system:serviceaccount:default:metaflow"],
  [{ namespace: "flows" }, "system:serviceaccount:flows:metaflow"],
  [{ serviceAccount: "steps.acme" }, "system:serviceaccount:default:steps.acme"],
  [{ namespace: undefined, serviceAccount: undefined }, "system:serviceaccount:default:metaflow"],
])("with %j, the pods of %s take it on", (settings, subject) => {
  expect(trustOf(on(settings))).toEqual([
    {
      effect: "Allow",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [OIDC_PROVIDER] }],
      condition: [
        { test: "StringEquals", variable: `${ISSUER}:aud`, values: ["sts.amazonaws.com"] },
        { test: "StringEquals", variable: `${ISSUER}:sub`, values: [subject] },
      ],
    },
  ]);
});

test.each([
  [
    "arn:aws-cn:iam::123456789012:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/A",
    "oidc.eks.cn-north-1.amazonaws.com.cn/id/A",
  ],
  ["arn:aws-us-gov:iam::123456789012:oidc-provider/k8s.example.com/oidc-provider/1", "k8s.example.com/oidc-provider/1"],
])("the issuer of %s is %s", (oidcProviderArn, issuer) => {
  expect(JSON.stringify(trustOf(on({ oidcProviderArn })))).toContain(`"${issuer}:sub"`);
});

test("a cluster's provider that Terraform makes is referred to", () => {
  const configuration = synthesized((stack) => {
    const { stringValue } = new TerraformVariable(stack, "provider", { type: "string" });
    new Metaflow(stack, "Default", { kubernetes: { oidcProviderArn: stringValue } });
  });
  const [statement] = trustOf(configuration);
  expect(statement).toMatchObject({
    principals: [{ type: "Federated", identifiers: ["${var.provider}"] }],
  });
  expect(JSON.stringify(statement)).toContain('replace(var.provider, \\"/^.*:oidc-provider//\\", \\"\\")}:sub');
});

test("pods may do what jobs may, but for the table of AWS Step Functions", () => {
  const props = {
    jobSecretArns: ["arn:aws:secretsmanager:us-west-2:123456789012:secret:token-a1b2c3"],
    jobRolePolicyArns: ["arn:aws:iam::aws:policy/AmazonAthenaFullAccess"],
  };
  const configuration = on({}, props);
  const documents = (role: string) =>
    ["datastore", "secrets"].map(
      (name) => block(configuration, `data.aws_iam_policy_document.${role}_${name}`).statement,
    );
  expect(documents("kubernetes")).toEqual(documents("job_role"));
  const attachment = (role: string) => block(configuration, `aws_iam_role_policy_attachment.${role}_this`).for_each;
  expect(attachment("kubernetes")).toEqual(attachment("job_role"));
  expect(JSON.stringify(configuration.resource)).not.toContain("kubernetes_step_functions");
});

test("it works without AWS Batch", () => {
  const configuration = on({}, { compute: false });
  expect(added(configuration, metaflow({ compute: false }))).toContain("aws_iam_role.kubernetes_this");
});

test.each<[what: string, settings: Partial<KubernetesSettings>, described: readonly string[]]>([
  ["with a security group", { securityGroupId: "sg-0a1b2c3d4e5f60718" }, ["The pods of flows"]],
  ["without", {}, []],
])("the VPC endpoints admit the pods: %s", (_, settings, described) => {
  const { ingress } = block(on(settings, { vpcEndpoints: true }), "aws_security_group.endpoints_this") as {
    ingress: readonly { description: string; security_groups: readonly string[] }[];
  };
  const ofPods = ingress.filter(({ description }) => description.includes("pods"));
  expect(ofPods.map(({ description }) => description)).toEqual(described);
  expect(ofPods.flatMap(({ security_groups: groups }) => groups)).toEqual([settings.securityGroupId].filter(Boolean));
});

test("the profile and the parameters name the namespace and the service account", () => {
  const configuration = synthesized((stack) => {
    const kubernetes = { ...KUBERNETES, namespace: "flows", serviceAccount: "steps" };
    const it = new Metaflow(stack, "Default", { kubernetes, parameterPath: "/metaflow" });
    new TerraformOutput(stack, "profile", { value: it.metaflowProfileJson, sensitive: true });
  });
  expect(configuration.output?.profile?.value).toContain(
    '"METAFLOW_KUBERNETES_NAMESPACE" = "flows", "METAFLOW_KUBERNETES_SERVICE_ACCOUNT" = "steps" }',
  );
  const value = (key: string) => block(configuration, `aws_ssm_parameter.parameters_kubernetes_${key}`).value;
  expect([value("namespace"), value("service_account")]).toEqual(["flows", "steps"]);
});

test("the role is a property of the construct, and its ARN an output of the stack", () => {
  const found: unknown[] = [];
  synthesized((stack) => {
    const it = new Metaflow(stack, "Default", { kubernetes: KUBERNETES });
    const other = new Metaflow(stack, "other", { apiGatewayAccountRole: false, resourcePrefix: "b-" });
    found.push(it.kubernetesRole?.friendlyUniqueId, other.kubernetesRole, other.kubernetesRoleArn);
  });
  expect(found).toEqual(["kubernetes_this", undefined, undefined]);
  const outputs = (options: MetaflowProps) =>
    (new MetaflowStack(new RootConstruct(), "metaflow", { options }).toTerraform() as Configuration).output ?? {};
  expect(outputs({ kubernetes: KUBERNETES }).kubernetes_role_arn?.value).toBe("${aws_iam_role.kubernetes_this.arn}");
  expect(Object.keys(outputs({}))).not.toContain("kubernetes_role_arn");
});

test.each<[settings: object, message: string]>([
  [{}, "kubernetes.oidcProviderArn is required"],
  [
    { oidcProviderArn: "arn:aws:eks:us-west-2:123456789012:cluster/acme" },
    'received "arn:aws:eks:us-west-2:123456789012:cluster/acme"',
  ],
  [{ ...KUBERNETES, namespace: "Flows" }, 'received "Flows"'],
  [{ ...KUBERNETES, namespace: "flows.acme" }, 'received "flows.acme"'],
  [{ ...KUBERNETES, serviceAccount: "flows_" }, 'received "flows_"'],
  [{ ...KUBERNETES, securityGroupId: "subnet-1" }, 'received "subnet-1"'],
  [{ ...KUBERNETES, serviceacount: "steps" }, "serviceAccount"],
])("%j is refused", (kubernetes, message) => {
  expect(() => metaflow({ kubernetes: kubernetes as never })).toThrow(message);
});

test.each(["oidcProviderArn", "namespace", "serviceAccount"] as const)(
  "a wrong %s that only Terraform knows is refused by its plan",
  (field) => {
    const configuration = synthesized((stack) => {
      const { stringValue } = new TerraformVariable(stack, "it", { type: "string" });
      new Metaflow(stack, "Default", { kubernetes: { ...KUBERNETES, [field]: stringValue } });
    });
    const { precondition } = block(configuration, "terraform_data.inputs_this").lifecycle as {
      precondition: readonly { condition: string; error_message: string }[];
    };
    const checks = precondition.filter(({ condition }) => condition.includes("kubernetes"));
    expect(checks.map(({ error_message: message }) => message)).toEqual([
      expect.stringMatching(`^kubernetes[.]${field} is "[$]{var[.]it}"; it must be .*[.]$`),
    ]);
  },
);
