import { TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { added, block } from "../support/blocks";
import { expectOnlyAdds, metaflow } from "../support/composition";
import {
  dimensionsOf,
  problemsOf,
  synthesizedBody,
  titlesOf,
  TITLES,
  valuesOf,
  type DashboardBody,
} from "../support/dashboard";
import { synthesized, type Configuration } from "../support/synth";

// The dashboard of a deployment, as it is synthesized; web-interface.terraform.test.ts applies one.

const withDashboard = (props: MetaflowProps = {}) => metaflow({ dashboard: true, ...props });

const DASHBOARD = "aws_cloudwatch_dashboard.dashboard_this";

describe.each<[what: string, props: MetaflowProps]>([
  ["false", { dashboard: false }],
  ["not set", {}],
])("where the option is %s", (_, props) => {
  test("there is no trace of it", () => {
    expect(JSON.stringify(metaflow(props))).not.toMatch(/dashboard/i);
    expect(added(withDashboard(), metaflow(props))).toEqual([DASHBOARD]);
  });
});

test("everything else is as without it", () => {
  expect(expectOnlyAdds({ dashboard: true }, "aws_cloudwatch_dashboard")).toEqual(["dashboard_this"]);
});

const EXISTING: MetaflowProps = {
  existingDatabase: {
    address: "acme.example",
    username: "flows",
    passwordSecretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:acme-AbCdEf",
  },
};
const AURORA: MetaflowProps = { dbEngine: "aurora-postgresql", dbInstanceType: "db.r6g.large" };
const BUCKET: MetaflowProps = {
  s3BucketName: undefined,
  existingBucketArn: "arn:aws:s3:::acme-data",
  kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};
const without = (beginning: string) => TITLES.filter((title) => !title.startsWith(beginning));
const OF_AURORA = TITLES.map((title) => title.replace("free storage", "used storage"));

const COMBINATIONS: readonly (readonly [what: string, props: MetaflowProps, titles: readonly string[]])[] = [
  ["the defaults", {}, TITLES],
  ["no compute", { compute: false }, TITLES],
  ["a private REST API", { restApi: "private" }, TITLES],
  ["no REST API", { restApi: "none" }, without("REST API")],
  ["a database that is there", EXISTING, without("Database")],
  ["a bucket that is there", BUCKET, TITLES],
  ["an Aurora cluster", AURORA, OF_AURORA],
  ["a serverless cluster", { dbEngine: "aurora-postgresql", serverlessCapacity: { min: 0.5, max: 4 } }, OF_AURORA],
  [
    "neither database nor REST API",
    { ...EXISTING, restApi: "none" },
    without("REST API").filter((title) => !title.startsWith("Database")),
  ],
];

describe.each(COMBINATIONS)("with %s, the dashboard", (_, props, titles) => {
  const configuration = withDashboard(props);
  const body = synthesizedBody(configuration);

  test("has the widgets of what there is", () => {
    expect(titlesOf(body)).toEqual(titles);
  });

  test("has the structure that CloudWatch documents, and metrics that there are", () => {
    expect(problemsOf(body)).toEqual([]);
  });

  test("fills each of its rows", () => {
    const rows = [...new Set(body.widgets.map(({ y }) => y))];
    const widthOf = (row: number) =>
      body.widgets.filter(({ y }) => y === row).reduce((sum, { width }) => sum + width, 0);
    expect(rows).toEqual(rows.map((_row, index) => index * 6));
    expect(rows.map(widthOf)).toEqual(rows.map(() => 24));
  });

  test("names resources that there are", () => {
    const references = valuesOf(body).flatMap((value) => /^<(.*)\.\w+>$/.exec(value)?.[1]?.replace("[0]", "") ?? []);
    expect(references.length).toBeGreaterThan(4);
    expect(references.filter((address) => block(configuration, address) === undefined)).toEqual([]);
  });

  test("is of the region that is deployed to", () => {
    expect(new Set(body.widgets.map(({ properties }) => properties.region))).toEqual(
      new Set(["<data.aws_region.current.id>"]),
    );
  });
});

test.each<[namespace: string, props: MetaflowProps, expected: Record<string, string>]>([
  [
    "AWS/ECS",
    {},
    {
      ClusterName: "<aws_ecs_cluster.metadata_service_this.name>",
      ServiceName: "<aws_ecs_service.metadata_service_this.name>",
    },
  ],
  [
    "AWS/NetworkELB",
    {},
    {
      LoadBalancer: "<aws_lb.metadata_service_this.arn_suffix>",
      TargetGroup: "<aws_lb_target_group.metadata_service_this.arn_suffix>",
    },
  ],
  ["AWS/Lambda", {}, { FunctionName: "<aws_lambda_function.metadata_service_db_migrate_lambda.function_name>" }],
  [
    "AWS/ApiGateway",
    {},
    {
      ApiName: "<aws_api_gateway_rest_api.metadata_service_this.name>",
      Stage: "<aws_api_gateway_stage.metadata_service_this.stage_name>",
    },
  ],
  ["AWS/RDS", {}, { DBInstanceIdentifier: "<aws_db_instance.datastore_this[0].identifier>" }],
  ["AWS/RDS", AURORA, { DBClusterIdentifier: "<aws_rds_cluster.datastore_this[0].cluster_identifier>" }],
  ["AWS/S3", BUCKET, { BucketName: "acme-data", StorageType: "AllStorageTypes" }],
])("what %s measures is told with %j", (namespace, props, expected) => {
  expect(dimensionsOf(synthesizedBody(withDashboard(props)))[namespace]).toEqual(expected);
});

test("CPU and connections of an Aurora cluster are those of its instance", () => {
  const values = valuesOf(synthesizedBody(withDashboard(AURORA)));
  expect(values).toContain("<aws_rds_cluster_instance.datastore_cluster_instances[0].identifier>");
});

test("of an engine that Terraform alone knows, Terraform tells the two kinds of database apart", () => {
  const configuration = synthesized((stack) => {
    const { stringValue: dbEngine } = new TerraformVariable(stack, "engine", { default: "postgres" });
    new Metaflow(stack, "Default", { dashboard: true, dbEngine });
  });
  const text = String(block(configuration, DASHBOARD)?.dashboard_body);
  const condition = 'can(regex("^aurora-", var.engine)) ? ';
  expect(text).toContain(`${condition}"DBClusterIdentifier" : "DBInstanceIdentifier"`);
  expect(text).toContain(`${condition}"VolumeBytesUsed" : "FreeStorageSpace"`);
});

test("its name has the prefix and the suffix, and it is a property of the construct", () => {
  const names: unknown[] = [];
  const configuration = synthesized((stack) => {
    const it = new Metaflow(stack, "Default", { dashboard: true, resourcePrefix: "acme-", resourceSuffix: "-dev" });
    names.push(it.dashboard?.dashboardNameInput, new Metaflow(stack, "other", { resourcePrefix: "b-" }).dashboard);
  });
  expect(block(configuration, DASHBOARD)).toMatchObject({ dashboard_name: "acme-dashboard-dev" });
  expect(names).toEqual(["acme-dashboard-dev", undefined]);
});

test.each([
  [true, ["dashboard_url"]],
  [false, []],
])("with the option %j, the stack has the outputs %j", (dashboard, expected) => {
  const stack = new MetaflowStack(new RootConstruct(), "metaflow", { options: { dashboard } });
  const { output = {} } = stack.toTerraform() as Configuration;
  expect(Object.keys(output).filter((name) => name.includes("dashboard"))).toEqual(expected);
});

test("a token is refused, as the option decides what there is", () => {
  const make = () =>
    synthesized((stack) => {
      const { booleanValue } = new TerraformVariable(stack, "shown", { type: "bool" });
      new Metaflow(stack, "Default", { dashboard: booleanValue as never });
    });
  expect(make).toThrow("dashboard must be a literal; received a token");
});

describe("the check of a body finds", () => {
  const good = synthesizedBody(withDashboard());
  type Widget = DashboardBody["widgets"][number];
  const with_ = (change: (widget: Widget) => Partial<Widget>): DashboardBody => {
    const [first, ...others] = good.widgets as readonly [Widget, ...Widget[]];
    return { ...good, widgets: [{ ...first, ...change(first) }, ...others] };
  };
  const ofMetric = (metric: readonly string[]) =>
    with_(({ properties }) => ({ properties: { ...properties, metrics: [metric] } }));

  test.each<[what: string, body: DashboardBody, problem: string]>([
    ["a widget that is too wide", with_(() => ({ x: 20 })), "ends at column 28"],
    ["two that overlap", with_(() => ({ y: 6 })), "overlaps"],
    ["another kind of widget", with_(() => ({ type: "graph" })), "is of the type graph"],
    ["a period", with_(({ properties }) => ({ properties: { ...properties, period: 90 } })), "has the period 90"],
    ["a statistic", with_(({ properties }) => ({ properties: { ...properties, stat: "Mean" } })), "statistic Mean"],
    ["a missing region", with_(({ properties }) => ({ properties: { ...properties, region: "" } })), "no region"],
    ["a metric", ofMetric(["AWS/ECS", "CpuUtilization", "ClusterName", "a", "ServiceName", "b"]), "no metric of AWS's"],
    ["a dimension", ofMetric(["AWS/ECS", "CPUUtilization", "Cluster", "a", "ServiceName", "b"]), "other dimensions"],
    ["a start", { ...good, start: "P7D" }, "start is P7D"],
  ])("%s", (_, body, problem) => {
    expect(problemsOf(body).join("\n")).toContain(problem);
  });
});
