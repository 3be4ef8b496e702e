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

/** What the template makes, with its properties; its resources' physical ids are in variables. */
const STACK = `
id() { aws "$@" --output text; }
export VPC=$(id ec2 create-vpc --cidr-block 10.20.0.0/16 --query Vpc.VpcId)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
for n in 1 2; do
  export Subnet$n=$(id ec2 create-subnet --vpc-id $VPC --cidr-block 10.20.$((n - 1)).0/24 --availability-zone us-west-2$(echo $n | tr 12 ab) --query Subnet.SubnetId)
done
aws ec2 modify-subnet-attribute --subnet-id $Subnet1 --map-public-ip-on-launch
aws ec2 modify-subnet-attribute --subnet-id $Subnet2 --map-public-ip-on-launch
export InternetGateway=$(id ec2 create-internet-gateway --query InternetGateway.InternetGatewayId)
aws ec2 attach-internet-gateway --vpc-id $VPC --internet-gateway-id $InternetGateway
export PublicRouteTable=$(id ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId)
aws ec2 create-route --route-table-id $PublicRouteTable --destination-cidr-block 0.0.0.0/0 --gateway-id $InternetGateway
aws ec2 associate-route-table --route-table-id $PublicRouteTable --subnet-id $Subnet1
aws ec2 associate-route-table --route-table-id $PublicRouteTable --subnet-id $Subnet2
export MetaflowS3Bucket=metaflow-metaflows3bucket-1a2b3c4d5e6f
aws s3api create-bucket --bucket $MetaflowS3Bucket --create-bucket-configuration LocationConstraint=us-west-2
aws s3api put-bucket-encryption --bucket $MetaflowS3Bucket --server-side-encryption-configuration \\
  '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
aws s3api put-public-access-block --bucket $MetaflowS3Bucket --public-access-block-configuration \\
  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
echo artifact > artifact
aws s3api put-object --bucket $MetaflowS3Bucket --key metaflow/F/data/5e/5e1f --body artifact
export ApiKey=$(id apigateway create-api-key --name metaflow-ApiKey --enabled --query id)
aws rds create-db-subnet-group --db-subnet-group-name metaflow-dbsubnetgroup-x --db-subnet-group-description x --subnet-ids $Subnet1 $Subnet2
export RDSMasterInstance=metaflow-rdsmasterinstance-x
aws rds create-db-instance --db-instance-identifier $RDSMasterInstance --db-name metaflow --allocated-storage 20 \\
  --db-instance-class db.t3.small --storage-type gp2 --engine postgres --engine-version 16.1 --master-username master \\
  --master-user-password 0123456789abcdef --db-subnet-group-name metaflow-dbsubnetgroup-x --no-storage-encrypted
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
  await reader.shell(STACK);
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
