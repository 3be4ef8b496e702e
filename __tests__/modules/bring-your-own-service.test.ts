import { TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import { Computation } from "../../modules/computation";
import { CustomRole } from "../../modules/custom-role";
import { MetadataService } from "../../modules/metadata-service";
import { Metaflow } from "../../modules/metaflow";
import { Notebook } from "../../modules/notebook";
import { StepFunctions } from "../../modules/step-functions";
import { Ui } from "../../modules/ui";
import { stackConfiguration } from "../support/app-stack";
import { CONSTRUCTS } from "../support/any-construct";
import { METADATA_SERVICE } from "../support/samples";
import { addresses, synthesized, type Configuration } from "../support/synth";
import { VPC, service, metaflow, typesWithout } from "../support/bring-your-own";
import { block } from "../support/blocks";

// How many tasks an organization has, where they are, and who reaches them (docs/bring-your-own.md).

describe("the number of tasks", () => {
  const SERVICE = "aws_ecs_service.this";

  test("is one that others may change, or one that Terraform keeps", () => {
    expect(block(service({}), SERVICE)).toMatchObject({
      desired_count: 1,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    const kept = block(service({ desiredTasks: 3 }), SERVICE);
    expect(kept).toMatchObject({ desired_count: 3 });
    expect(kept).not.toHaveProperty("lifecycle");
  });

  test("follows the load between two bounds", () => {
    const configuration = service({ taskScaling: { min: 2, max: 6 } });
    expect(block(configuration, SERVICE)).toMatchObject({
      desired_count: 2,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    expect(block(configuration, "aws_appautoscaling_target.tasks")).toMatchObject({
      min_capacity: 2,
      max_capacity: 6,
      resource_id: "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}",
      service_namespace: "ecs",
    });
    expect(block(configuration, "aws_appautoscaling_policy.tasks")).toMatchObject({
      name: "metaflow-metadata-service-cpu-dev",
      target_tracking_scaling_policy_configuration: { target_value: 60 },
    });
  });
});

describe("roles", () => {
  const PATH = "/platform/metaflow/";
  const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
  const types = ["aws_iam_role", "aws_iam_instance_profile"];
  const all = ({ resource = {} }: Configuration) => types.flatMap((type) => Object.values(resource[type] ?? {}));

  test("of a deployment have one path, each of them", () => {
    const roles = all(metaflow({ rolePath: PATH, computeEnvironments: { small: { type: "FARGATE" } } }));
    expect(roles.length).toBeGreaterThan(11);
    expect(roles.map((role) => role.path)).toEqual(roles.map(() => PATH));
  });

  const CLASSES = [Computation.name, CustomRole.name, MetadataService.name, Notebook.name, StepFunctions.name, Ui.name];

  test.each(CONSTRUCTS.filter(({ name }) => CLASSES.includes(name)))(
    "of $name have a path and a boundary",
    ({ construct }) => {
      const made = (more: Record<string, unknown>) =>
        all(synthesized((stack: TerraformStack) => construct(stack, "Default", more)));
      const roles = made({ rolePath: PATH, permissionsBoundaryArn: BOUNDARY });
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(role.path).toBe(PATH);
      for (const role of roles.filter((each) => "assume_role_policy" in each)) {
        expect(role.permissions_boundary).toBe(BOUNDARY);
      }
      for (const role of made({})) expect(role).not.toHaveProperty("path");
    },
  );
});

describe("further security groups of jobs", () => {
  const OWN = "${aws_security_group.compute_this.id}";
  const computeEnvironments = { small: { type: "FARGATE" }, spot: { type: "SPOT" } } as const;
  const groupsIn = ({ resource }: Configuration) => {
    const templates = Object.values(resource?.aws_launch_template ?? {});
    const environments = Object.values(resource?.aws_batch_compute_environment ?? {});
    const ofFargate = environments
      .map(({ compute_resources: of }) => of as { type: string; security_group_ids?: unknown })
      .filter(({ type }) => type.startsWith("FARGATE"));
    return [
      ...templates.map(
        (template) => (template.network_interfaces as { security_groups: unknown }[])[0]?.security_groups,
      ),
      ...ofFargate.map((each) => each.security_group_ids),
    ];
  };

  test.each<[what: string, ids: string[] | undefined, expected: readonly string[]]>([
    ["none", undefined, [OWN]],
    ["two", ["sg-1", "sg-2"], [OWN, "sg-1", "sg-2"]],
  ])("%s: every launch template and environment on Fargate has them", (_, jobSecurityGroupIds, expected) => {
    const groups = groupsIn(metaflow({ ...VPC, computeEnvironments, jobSecurityGroupIds }));
    expect(groups).toHaveLength(4);
    for (const each of groups) expect(each).toEqual(expected);
  });

  test("may be known when Terraform runs", () => {
    const groups = groupsIn(
      synthesized((stack) => {
        const jobSecurityGroupIds = new TerraformVariable(stack, "groups", { type: "list(string)" }).listValue;
        new Metaflow(stack, "Default", { ...VPC, computeEnvironments, jobSecurityGroupIds });
      }),
    );
    expect(new Set(groups)).toEqual(new Set(["${concat([aws_security_group.compute_this.id], var.groups)}"]));
  });
});

describe("subnets", () => {
  const configuration = metaflow({
    ...VPC,
    databaseSubnetIds: ["subnet-d1", "subnet-d2", "subnet-d3"],
    jobSubnetIds: ["subnet-j1", "subnet-j2"],
    loadBalancerSubnetIds: ["subnet-l1", "subnet-l2", "subnet-l3"],
    notebook: {},
    taskSubnetIds: ["subnet-t1", "subnet-t2", "subnet-t3"],
    ui: { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1" },
  });

  test.each<[string, object]>([
    ["aws_db_subnet_group.datastore_this", { subnet_ids: ["subnet-d1", "subnet-d2", "subnet-d3"] }],
    ["aws_lb.metadata_service_this", { subnets: ["subnet-l1", "subnet-l2", "subnet-l3"] }],
    [
      "terraform_data.metadata_service_load_balancer_subnets",
      { input: { subnetIds: ["subnet-l1", "subnet-l2", "subnet-l3"] } },
    ],
    [
      "aws_ecs_service.metadata_service_this",
      { network_configuration: { subnets: ["subnet-t1", "subnet-t2", "subnet-t3"] } },
    ],
    [
      "aws_lambda_function.metadata_service_db_migrate_lambda",
      { vpc_config: { subnet_ids: ["subnet-t1", "subnet-t2", "subnet-t3"] } },
    ],
    ["aws_lb.ui_this", { subnets: ["subnet-l1", "subnet-l2", "subnet-l3"] }],
    ["aws_ecs_service.ui_ui_backend", { network_configuration: { subnets: ["subnet-t1", "subnet-t2", "subnet-t3"] } }],
    ["aws_ecs_service.ui_ui_static", { network_configuration: { subnets: ["subnet-t1", "subnet-t2", "subnet-t3"] } }],
    ["aws_sagemaker_notebook_instance.notebook_this", { subnet_id: "subnet-t1" }],
    ["aws_batch_compute_environment.compute_this", { compute_resources: { subnets: ["subnet-j1", "subnet-j2"] } }],
  ])("of %s are its own", (address, expected) => {
    expect(block(configuration, address)).toMatchObject(expected);
  });

  test("of the web interface's load balancer may be others, which are public", () => {
    const { resource } = metaflow({
      ...VPC,
      loadBalancerSubnetIds: ["subnet-l1", "subnet-l2"],
      ui: {
        certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
        loadBalancerSubnetIds: ["subnet-p1", "subnet-p2"],
      },
    });
    expect(resource?.aws_lb?.ui_this?.subnets).toEqual(["subnet-p1", "subnet-p2"]);
    expect(resource?.aws_lb?.metadata_service_this?.subnets).toEqual(["subnet-l1", "subnet-l2"]);
  });

  test("of the tasks may be known when Terraform runs, the first of them with the notebook", () => {
    const { resource } = synthesized((stack) => {
      const taskSubnetIds = new TerraformVariable(stack, "subnets", { type: "list(string)" }).listValue;
      new Metaflow(stack, "Default", { ...VPC, notebook: {}, taskSubnetIds });
    });
    expect(resource?.aws_sagemaker_notebook_instance?.notebook_this?.subnet_id).toBe("${var.subnets[0]}");
  });

  test("are those in which the migration function may make network interfaces", () => {
    const name = "lambda_ecs_task_execute_policy_vpc";
    const text = JSON.stringify(block(configuration, `data.aws_iam_policy_document.metadata_service_${name}`));
    for (const id of ["subnet-t1", "subnet-t2", "subnet-t3"]) expect(text).toContain(`:*:subnet/${id}`);
    expect(text).not.toContain("subnet/subnet-1");
    const late = synthesized((stack) => {
      const taskSubnetIds = new TerraformVariable(stack, "subnets", { type: "list(string)" }).listValue;
      new MetadataService(stack, "Default", { ...METADATA_SERVICE, leastPrivilege: true, taskSubnetIds });
    });
    expect(JSON.stringify(block(late, `data.aws_iam_policy_document.${name}`))).toContain("[for id in var.subnets :");
  });
});

describe("the REST API", () => {
  test("is left out, and callers have the load balancer's URL and no key", () => {
    const before = stackConfiguration() as unknown as Configuration;
    const after = stackConfiguration({ options: { restApi: "none" } }) as unknown as Configuration;
    expect(addresses(after).filter((address) => /api_gateway|api_key/.test(address))).toEqual([]);
    expect(typesWithout(before, after).every((type) => type.startsWith("aws_api_gateway_"))).toBe(true);
    const value = (name: string) => after.output?.[name]?.value;
    expect(value("METAFLOW_SERVICE_URL")).toBe("http://${aws_lb.metadata_service_this.dns_name}/");
    expect(value("METAFLOW_SERVICE_URL")).toBe(value("METAFLOW_SERVICE_INTERNAL_URL"));
    expect(value("METAFLOW_SERVICE_AUTH_KEY")).toBe("");
    expect(value("api_gateway_rest_api_id_key_id")).toBe("");
    expect(value("metaflow_profile_json")).not.toContain("METAFLOW_SERVICE_AUTH_KEY");
  });

  const api = { restApi: "private", restApiVpcEndpointIds: ["vpce-1", "vpce-2"] } as const;
  const configuration = service({ ...api, restApiVpcEndpointIds: [...api.restApiVpcEndpointIds], redeployApi: true });

  test("is private: reached by its VPC endpoints and by nothing else", () => {
    expect(block(configuration, "aws_api_gateway_rest_api.this")?.endpoint_configuration).toEqual({
      types: ["PRIVATE"],
      vpc_endpoint_ids: ["vpce-1", "vpce-2"],
    });
    const policy = String(block(configuration, "aws_api_gateway_rest_api_policy.this")?.policy);
    expect(policy).toContain('"StringNotEquals" = { "aws:SourceVpce" = ["vpce-1", "vpce-2"] }');
    expect(policy).toContain('"NotIpAddress" = { "aws:VpcSourceIp" = ["198.51.100.0/24"] }');
    expect(policy).not.toContain('"aws:SourceIp"');
    const { redeployment } = block(configuration, "aws_api_gateway_deployment.this")?.triggers as {
      redeployment: string;
    };
    expect(redeployment).toContain('"vpce-1"');
  });

  test("is private, and has a URL that needs no private DNS", () => {
    const { output } = synthesized((stack) => {
      const { METAFLOW_SERVICE_URL: value } = new MetadataService(stack, "s", {
        ...METADATA_SERVICE,
        restApi: "private",
        restApiVpcEndpointIds: ["vpce-1"],
      });
      new TerraformOutput(stack, "url", { value });
    });
    expect(output?.url?.value).toBe(
      '${replace(aws_api_gateway_stage.s_this.invoke_url, "/^https://([a-z0-9]+)[.]/", "https://$1-vpce-1.")}/',
    );
  });

  test("is private with a VPC endpoint of the deployment's own", () => {
    const own = metaflow({ restApi: "private" });
    expect(block(own, "aws_vpc_endpoint.private_api_this")).toMatchObject({
      vpc_endpoint_type: "Interface",
      private_dns_enabled: false,
    });
    expect(block(own, "aws_security_group.private_api_this")).toMatchObject({ ingress: [{ from_port: 443 }] });
    expect(block(own, "aws_api_gateway_rest_api.metadata_service_this")).toMatchObject({
      endpoint_configuration: { types: ["PRIVATE"], vpc_endpoint_ids: ["${aws_vpc_endpoint.private_api_this.id}"] },
    });
    expect(block(own, "aws_api_gateway_rest_api.metadata_service_this")).not.toHaveProperty("lifecycle");
    const others = metaflow({ restApi: "private", restApiVpcEndpointIds: ["vpce-1"] });
    expect(block(others, "aws_vpc_endpoint.private_api_this")).toBeUndefined();
  });
});
