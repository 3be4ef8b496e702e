import { askAws, freshAccount, noteCalls, notedCalls, type AwsRequest } from "../../support/emulated-aws";

const account = freshAccount();

/** A request with an Action. */
function form(service: string, action: string, parameters: Record<string, string>): AwsRequest {
  return {
    account,
    service,
    body: new URLSearchParams({ Action: action, ...parameters }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

/** A request of a service that speaks JSON. */
function json(service: string, target: string, parameters: object): AwsRequest {
  return {
    account,
    service,
    body: JSON.stringify(parameters),
    headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
  };
}

const lambda = (method: string, path: string, parameters: object): AwsRequest => ({
  account,
  service: "lambda",
  method,
  path: `/2015-03-31${path}`,
  body: JSON.stringify(parameters),
  headers: { "content-type": "application/json" },
});

const versioning = (status: string): AwsRequest => ({
  account,
  service: "s3",
  method: "PUT",
  path: "/acme?versioning",
  body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
});

const ROLE = { RoleName: "service", AssumeRolePolicyDocument: "{}" };
const CODE = { Role: "arn:aws:iam::123456789012:role/function", Code: { ZipFile: "" } };

describe("what AWS's service models do not allow is refused", () => {
  test.each<[kind: string, AwsRequest, message: string]>([
    ["missing, query", form("iam", "CreateRole", { RoleName: "service" }), "AssumeRolePolicyDocument is missing"],
    ["missing, ec2", form("ec2", "CreateSubnet", { CidrBlock: "10.0.0.0/24" }), "VpcId is missing"],
    ["missing, JSON", json("ecs", "ECS.CreateService", { cluster: "c" }), "serviceName is missing"],
    ["missing, REST", lambda("POST", "/functions", { FunctionName: "f", Code: {} }), "Role is missing"],
    ["unknown, query", form("iam", "CreateRole", { ...ROLE, Colour: "red" }), "Colour is no parameter"],
    [
      "unknown, within, query",
      form("iam", "CreateRole", { ...ROLE, "Tags.member.1.Kay": "k" }),
      "Tags[0].Kay is no parameter",
    ],
    ["unknown, ec2", form("ec2", "CreateVpc", { CidrBlock: "10.0.0.0/16", Colour: "red" }), "Colour is no parameter"],
    ["unknown, JSON", json("ecs", "ECS.CreateCluster", { clusterNam: "c" }), "clusterNam is no parameter"],
    [
      "unknown, REST",
      lambda("POST", "/functions", { FunctionName: "f", ...CODE, Colour: 1 }),
      "Colour is no parameter",
    ],
    [
      "type, ec2",
      form("ec2", "ModifyVpcAttribute", { VpcId: "vpc-1", "EnableDnsSupport.Value": "on" }),
      "not of type boolean",
    ],
    ["type, JSON", json("ecs", "ECS.CreateCluster", { clusterName: 7 }), "clusterName is 7, and not of type string"],
    [
      "type, query",
      form("rds", "CreateDBInstance", {
        DBInstanceIdentifier: "d",
        DBInstanceClass: "c",
        Engine: "e",
        AllocatedStorage: "x",
      }),
      'AllocatedStorage is "x"',
    ],
    [
      "enumeration, JSON",
      json("ecs", "ECS.CreateService", { serviceName: "s", launchType: "BOAT" }),
      "launchType is 'BOAT', and none of EC2, FARGATE",
    ],
    ["enumeration, XML", versioning("On"), "Status is 'On', and none of Enabled, Suspended"],
    [
      "enumeration, REST",
      lambda("POST", "/functions", { FunctionName: "f", ...CODE, Runtime: "python1" }),
      "Runtime is 'python1'",
    ],
    [
      "pattern, JSON",
      json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "a b" }),
      "logGroupName is 'a b', which does not match",
    ],
    [
      "pattern, query",
      form("iam", "CreateRole", { ...ROLE, RoleName: "a b" }),
      "RoleName is 'a b', which does not match",
    ],
    [
      "pattern, EC2's documentation",
      form("ec2", "CreateSecurityGroup", { GroupName: "g", GroupDescription: "Ada's", VpcId: "vpc-1" }),
      'Description is "Ada\'s", which does not match',
    ],
    [
      "bound, length",
      form("iam", "CreateRole", { ...ROLE, RoleName: "r".repeat(65) }),
      "the length of RoleName is 65, and more than 64",
    ],
    [
      "bound, number",
      lambda("POST", "/functions", { FunctionName: "f", ...CODE, Timeout: 0 }),
      "Timeout is 0, and less than 1",
    ],
  ])("%s", async (_kind, request, message) => {
    const { status, body } = await askAws(request);
    expect([status, body.replaceAll('\\"', '"')]).toEqual([400, expect.stringContaining(message)]);
    expect(body).toContain("ValidationException");
  });

  test("what they allow is done", async () => {
    const answers = await Promise.all([
      askAws(form("iam", "CreateRole", { ...ROLE, "Tags.member.1.Key": "k", "Tags.member.1.Value": "v" })),
      askAws(json("ecs", "AmazonEC2ContainerServiceV20141113.CreateCluster", { clusterName: "c" })),
      askAws(form("ec2", "CreateVpc", { CidrBlock: "10.0.0.0/16", "TagSpecification.1.ResourceType": "vpc" })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

test("calls and answers are noted in their order, as the models read them, from the time on when they are asked for", async () => {
  const account = freshAccount();
  const of = (request: AwsRequest) => askAws({ ...request, account });
  await of(form("iam", "CreateRole", ROLE));
  expect(await notedCalls(account)).toEqual([]);
  await noteCalls(account);
  await of(
    form("iam", "CreateRole", { ...ROLE, RoleName: "other", "Tags.member.1.Key": "k", "Tags.member.1.Value": "v" }),
  );
  await of({ service: "s3", account, region: "us-east-1", method: "PUT", path: "/acme" });
  await of({ service: "s3", account, method: "PUT", path: "/other?policy", body: "{}" });
  // No text in UTF-8.
  const file = { service: "s3", account, region: "us-east-1", path: "/acme/file" };
  await of({ ...file, method: "PUT", body: new Uint8Array([0x1f, 0x8b]) });
  expect((await of(file)).status).toBe(200);
  await of(form("iam", "CreateRole", { RoleName: "third" }));
  expect(await notedCalls(account)).toEqual([
    {
      service: "iam",
      operation: "CreateRole",
      parameters: { ...ROLE, RoleName: "other", Tags: [{ Key: "k", Value: "v" }] },
      answer: { Role: expect.objectContaining({ Arn: `arn:aws:iam::${account}:role/other` }) as unknown },
    },
    { service: "s3", operation: "CreateBucket", parameters: { Bucket: "acme" }, answer: {} },
    {
      service: "s3",
      operation: "PutBucketPolicy",
      parameters: { Bucket: "other", Policy: "{}" },
      answer: { Error: expect.objectContaining({ Code: "NoSuchBucket" }) as unknown },
    },
    expect.objectContaining({ operation: "PutObject" }),
    { service: "s3", operation: "GetObject", parameters: { Bucket: "acme", Key: "file" }, answer: {} },
    { service: "iam", operation: "CreateRole", parameters: { RoleName: "third" } },
  ]);
});

test("answers of a service that speaks several protocols are read in that of a form", async () => {
  const DashboardBody = JSON.stringify({ widgets: [] });
  const DashboardName = "acme";
  await noteCalls(account);
  await askAws(form("monitoring", "PutDashboard", { DashboardName, DashboardBody }));
  await askAws(form("monitoring", "GetDashboard", { DashboardName }));
  await askAws(form("monitoring", "GetDashboard", { DashboardName: "other" }));
  const answers = (await notedCalls(account)).map(({ service, operation, answer }) => [service, operation, answer]);
  expect(answers).toMatchObject([
    ["cloudwatch", "PutDashboard", { DashboardValidationMessages: [] }],
    ["cloudwatch", "GetDashboard", { DashboardName, DashboardBody }],
    ["cloudwatch", "GetDashboard", { Error: { Code: "ResourceNotFound" } }],
  ]);
});
