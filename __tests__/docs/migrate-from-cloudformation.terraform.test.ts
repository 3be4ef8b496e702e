import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePython } from "../../tools/system/python";
import { sealedEnvironment } from "../../tools/terraform/environment";
import { stackRoot } from "../support/app-stack";
import { emulatedAws } from "../support/emulated-aws";
import { guideBlocks, Reader } from "../support/guide";
import { MigrationService } from "../support/migration-service";
import { pythonPackages } from "../support/python-packages";
import { changesOf, withAttachedProvider, type Plan } from "../support/terraform-root";

// Somebody who follows docs/migrate-from-cloudformation.md with what a stack of the template holds and is in.

const root = stackRoot({}, { options: { compute: false } });
const home = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-cloudformation-"));
const guide = guideBlocks("docs/migrate-from-cloudformation.md");
let reader: Reader;
let migration: MigrationService;

/** What the template makes, with its properties. It prints the resources' physical ids as variables. */
const STACK = `
import boto3
ec2, s3, gateway, rds = map(boto3.client, ("ec2", "s3", "apigateway", "rds"))
ids = {"VPC": ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]}
vpc = {"VpcId": ids["VPC"]}
ec2.modify_vpc_attribute(**vpc, EnableDnsHostnames={"Value": True})
ids["InternetGateway"] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(**vpc, InternetGatewayId=ids["InternetGateway"])
ids["PublicRouteTable"] = ec2.create_route_table(**vpc)["RouteTable"]["RouteTableId"]
table = {"RouteTableId": ids["PublicRouteTable"]}
ec2.create_route(**table, DestinationCidrBlock="0.0.0.0/0", GatewayId=ids["InternetGateway"])
subnets = []
for number, zone in enumerate("ab"):
    made = ec2.create_subnet(**vpc, CidrBlock=f"10.20.{number}.0/24", AvailabilityZone=f"us-west-2{zone}")
    subnet = ids[f"Subnet{number + 1}"] = made["Subnet"]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    ec2.associate_route_table(**table, SubnetId=subnet)
    subnets.append(subnet)
ids["MetaflowS3Bucket"] = "metaflow-metaflows3bucket-1a2b3c4d5e6f"
bucket = {"Bucket": ids["MetaflowS3Bucket"]}
s3.create_bucket(**bucket, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
s3.put_bucket_encryption(**bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
block = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
s3.put_public_access_block(**bucket, PublicAccessBlockConfiguration=block)
s3.put_object(**bucket, Key="metaflow/F/data/5e/5e1f", Body=b"artifact")
ids["ApiKey"] = gateway.create_api_key(name="metaflow-ApiKey", enabled=True)["id"]
group = {"DBSubnetGroupName": "metaflow-dbsubnetgroup-x"}
rds.create_db_subnet_group(**group, DBSubnetGroupDescription="x", SubnetIds=subnets)
ids["RDSMasterInstance"] = "metaflow-rdsmasterinstance-x"
rds.create_db_instance(
    **group, DBInstanceIdentifier=ids["RDSMasterInstance"], DBName="metaflow", AllocatedStorage=20, StorageType="gp2",
    DBInstanceClass="db.t3.small", Engine="postgres", EngineVersion="16.1", MasterUsername="master",
    MasterUserPassword="0123456789abcdef", StorageEncrypted=False,
)
for name, value in ids.items():
    print(f"export {name}={value}")
`;

/** In place of the question to CloudFormation: the emulated stack's ids are in variables. */
const QUESTION =
  'aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id "$1" --query StackResourceDetail.PhysicalResourceId --output text;';

const OWN = {
  [QUESTION]: 'printenv "$1";',
  "terraform apply": "terraform apply -auto-approve -no-color",
  // Functions are not kept from block to block.
  "aws rds create-db-snapshot": 'resource() { printenv "$1"; }\naws rds create-db-snapshot',
};

const follow = async (heading: string) => {
  const blocks = guide.get(heading) ?? [];
  if (blocks.length === 0) throw new Error(`the guide has no section ${heading}`);
  for (const block of blocks) await reader.follow(block);
};
const aws = async <Answer>(command: string) => JSON.parse(await reader.shell(`aws ${command}`)) as Answer;

interface Database {
  readonly DBInstances: readonly [{ DbiResourceId: string; StorageEncrypted: boolean; MasterUsername: string }];
}
const database = async (name: string) =>
  (await aws<Database>(`rds describe-db-instances --db-instance-identifier ${name}`)).DBInstances[0];

const life: { before?: string; key?: string; plan?: Plan } = {};

beforeAll(async () => {
  mkdirSync(join(home, "bin"));
  const python = await preparePython();
  const packages = await pythonPackages("aws-cli", python);
  const command = `#!/bin/sh\nPYTHONPATH="${packages}" exec "${python}" -m awscli "$@"\n`;
  writeFileSync(join(home, "bin", "aws"), command, { mode: 0o755 });
  const { endpoint, cliConfig } = emulatedAws();
  const extra = { HOME: home, PATH: `${join(home, "bin")}:${process.env.PATH ?? ""}` };
  const sealed = sealedEnvironment({ endpoint, cliConfig, account: root.account, extra });
  reader = new Reader(root.folder, withAttachedProvider(sealed, root.folder), OWN);
  migration = await MigrationService.start(root.account);
  writeFileSync(join(home, "stack.py"), STACK);
  await reader.shell(`"${python}" "${home}/stack.py" > "${home}/ids.sh" && . "${home}/ids.sh"`);
  await root.init();
  life.key = (await aws<{ value: string }>('apigateway get-api-key --api-key "$ApiKey" --include-value')).value;
  await follow("Take over the network, the bucket and the key");
  await follow("Copy the database");
  life.before = (await database("metaflow-metaflow-prod")).DbiResourceId;
  life.plan = await root.plan();
  await follow("Deploy");
});

afterAll(async () => {
  await migration.stop();
  rmSync(home, { recursive: true, force: true });
});

test("the plan imports what holds data, and destroys and replaces nothing", () => {
  const all = life.plan?.resource_changes ?? [];
  const imported = all.flatMap(({ address, change }) =>
    (change as { importing?: object }).importing ? [`${address}: ${change.actions.join("+")}`] : [],
  );
  expect(imported).toEqual(
    expect.arrayContaining([
      "aws_api_gateway_api_key.metadata_service_this[0]: update",
      "aws_db_instance.datastore_this[0]: update",
      "aws_s3_bucket.datastore_this: update",
    ]),
  );
  expect(all.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address)).toEqual([]);
});

test("the database is the encrypted copy, with the stack's user, and the stack's own one is as it was", async () => {
  const [own, copy] = [await database("metaflow-rdsmasterinstance-x"), await database("metaflow-metaflow-prod")];
  expect(copy).toMatchObject({ DbiResourceId: life.before, StorageEncrypted: true, MasterUsername: "master" });
  expect(own).toMatchObject({ StorageEncrypted: false });
});

test("the bucket keeps its objects, the key its value, the network its ids", async () => {
  expect(await root.output("s3_bucket_name")).toBe("metaflow-metaflows3bucket-1a2b3c4d5e6f");
  await reader.shell('aws s3api head-object --bucket "$MetaflowS3Bucket" --key metaflow/F/data/5e/5e1f');
  expect(await root.output("METAFLOW_SERVICE_AUTH_KEY")).toBe(life.key);
  const ids = (await reader.shell("printenv VPC Subnet1 Subnet2")).trim().split("\n");
  expect([await root.output("vpc_id"), await root.output("subnet1_id"), await root.output("subnet2_id")]).toEqual(ids);
});

test("a second plan is empty", async () => {
  expect(changesOf(await root.plan())).toEqual([]);
});

test("the guide has every text that is put in place of here", () => {
  expect(reader.unmet).toEqual([]);
});
