import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { App, Aspects, Fn, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";
import { Datastore } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import { Metaflow } from "../../modules/metaflow";

// A caller's app: own stacks and resources around the constructs, references in both directions and between stacks,
// literals, variables, functions, and an aspect.
const app = new App({ skipValidation: true });

function stackWithProviders(id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  new RandomProvider(stack, "random");
  new ArchiveProvider(stack, "archive");
  return stack;
}

const parts = stackWithProviders("parts");
const account = new DataAwsCallerIdentity(parts, "account");
const callers = new SecurityGroup(parts, "callers", { vpcId: "vpc-0a1b2c3d4e5f60718" });
const suffix = new TerraformVariable(parts, "suffix", { type: "string", default: "-prod" });
const common = {
  resourcePrefix: Fn.join("-", ["acme", "metaflow", ""]),
  resourceSuffix: suffix.stringValue,
  metaflowVpcId: callers.vpcId,
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
  standardTags: { application: "metaflow", owner: "${not an expression}", account: account.accountId },
};
const datastore = new Datastore(parts, "datastore", {
  ...common,
  metadataServiceSecurityGroupId: callers.id,
  dbParameters: { log_min_duration_statement: "500" },
});
new S3BucketVersioningA(parts, "versioning", {
  bucket: datastore.s3BucketName,
  versioningConfiguration: { status: "Enabled" },
});
const service = new MetadataService(parts, "service", {
  ...common,
  accessListCidrBlocks: ["198.51.100.0/24"],
  apiBasicAuth: false,
  databaseName: datastore.databaseName,
  databasePassword: datastore.databasePassword,
  databaseUsername: datastore.databaseUsername,
  datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
  fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
  rdsMasterInstanceEndpoint: datastore.rdsMasterInstanceEndpoint,
  s3BucketArn: datastore.s3BucketArn,
  vpcCidrBlocks: ["10.20.0.0/16"],
});

const whole = stackWithProviders("whole");
const metaflow = new Metaflow(whole, "metaflow", { resourcePrefix: "flows-", dbEngineVersion: "16" });
new TerraformOutput(whole, "urls", { value: [metaflow.METAFLOW_SERVICE_URL, service.METAFLOW_SERVICE_URL] });
Aspects.of(whole).add({
  visit: (construct: IConstruct) => {
    if (!TerraformResource.isTerraformResource(construct)) return;
    if (construct.terraformResourceType === "aws_security_group") construct.addOverride("revoke_rules_on_delete", true);
  },
});

app.synth();
