import type { Construct } from "constructs";
import { terraformName, type Input } from "../../lib/contract/contract";
import { throwProblems } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { any, equal, jsonencode, length } from "../../lib/hcl/functions";
import { checkedValue } from "../../lib/synth/checked";
import { INPUTS_OF_MADE_DATABASE } from "../datastore/own-checks";
import { metaflowContract } from "./contract";
import type { MetaflowInputs, MetaflowOptions } from "./generated/interface";
import type { TakeoverOptions } from "./moved";

type Setting = Extract<keyof MetaflowInputs, string>;

/** The settings of a bucket that the deployment makes. */
const OF_BUCKET: readonly Setting[] = ["forceDestroyS3Bucket", "noncurrentVersionDays", "s3BucketName"];

/** The settings of a database that the deployment makes. */
const OF_DATABASE: readonly Setting[] = (
  [
    ...INPUTS_OF_MADE_DATABASE,
    "allowMajorVersionUpgrade",
    "backupRetentionDays",
    "databasePasswordVersion",
    "monitoringInterval",
  ] as const
).toSorted();

/** The settings of the REST API. */
const OF_API: readonly Setting[] = [
  "accessListCidrBlocks",
  "apiBurst",
  "apiRequestsPerDay",
  "apiRequestsPerSecond",
  "openApi",
];

/** The options of a database that the deployment makes; those with a default count as left out. */
const OPTIONS_OF_DATABASE = ["databaseSubnetIds", "multiAz", "serverlessCapacity", "storage"] as const;

/** The options that name subnets of a VPC that is there. */
const OF_VPC = ["databaseSubnetIds", "jobSubnetIds", "loadBalancerSubnetIds", "taskSubnetIds"] as const;

/**
 * Refuses options that contradict each other, and settings that an option leaves without an effect: what somebody has set for a bucket or a
 * database must not be passed over in silence. A setting that has its default says nothing.
 *
 * @param isOwn - whether the network is the deployment's own
 * @throws Error naming what is known at synth; a plan names the rest
 */
export function checkOwn(
  scope: Construct,
  inputs: Inputs<MetaflowInputs>,
  options: MetaflowOptions & TakeoverOptions,
  isOwn: Operand,
): void {
  const { existingBucketArn, existingDatabase, restApi } = options;
  const problems: string[] = [];
  if (existingBucketArn !== undefined && options.bucketKmsKeyArn === undefined && options.kmsKeyArn === undefined) {
    problems.push(
      "bucketKmsKeyArn is required with existingBucketArn: the ARN of the KMS key that encrypts the bucket, or, where S3's own keys do, of " +
        "one that may encrypt what else is kept for flows. kmsKeyArn will do as well.",
    );
  }
  if (existingBucketArn === undefined && options.bucketKmsKeyArn !== undefined) {
    problems.push(
      "bucketKmsKeyArn is given without existingBucketArn; it must be left out. kmsKeyArn is the key of a bucket that is made.",
    );
  }
  if (existingDatabase !== undefined) {
    const found = OPTIONS_OF_DATABASE.filter((name) => options[name] !== undefined);
    problems.push(
      ...found.map(
        (name) => `${name} and existingDatabase are both given; ${name} must be left out: no database is made.`,
      ),
    );
    const { databasePasswordMode } = options;
    if (databasePasswordMode !== undefined && databasePasswordMode !== "secret") {
      problems.push(
        `databasePasswordMode is "${databasePasswordMode}" and existingDatabase is given; it must be left out: the password is in the secret.`,
      );
    }
  }
  const taken = (["datastore", "root"] as const).find((name) => options.movedFrom?.[name] !== undefined);
  const brought = (["existingBucketArn", "existingDatabase", "kmsKeyArn"] as const).filter(
    (name) => taken !== undefined && options[name] !== undefined,
  );
  problems.push(
    ...brought.map(
      (name) =>
        `movedFrom.${String(taken)} and ${name} are both given; one of them must be left out: what the module made would be destroyed.`,
    ),
  );
  const ofJobs = (["jobSecurityGroupIds", "jobSubnetIds"] as const).filter((name) => options[name] !== undefined);
  if (options.compute === false) {
    problems.push(
      ...ofJobs.map((name) => `${name} is given and compute is false; it must be left out, or compute must be true.`),
    );
  }
  throwProblems(scope, problems);

  const unused = (settings: readonly Setting[], because: string) => {
    for (const name of settings) refuse(scope, name, inputs[name] as Operand, because);
  };
  if (existingBucketArn !== undefined) unused(OF_BUCKET, "existingBucketArn names a bucket that is not changed");
  if (existingDatabase !== undefined) unused(OF_DATABASE, "existingDatabase names a database that is not changed");
  if (options.serverlessCapacity !== undefined) {
    unused(["dbInstanceType"], "serverlessCapacity makes an instance of the class db.serverless");
  }
  if (restApi === "none") unused(OF_API, 'restApi is "none"');
  const ofVpc = [
    ...OF_VPC.filter((each) => options[each] !== undefined),
    ...(options.ui?.loadBalancerSubnetIds === undefined ? [] : ["ui.loadBalancerSubnetIds"]),
  ];
  for (const name of ofVpc) {
    checkedValue(scope, `${terraformName(name.replace(".", "_"))}_in_vpc`, name, {
      condition: equal(isOwn, false),
      message: [`${name} is given and vpc_id is empty; vpc_id must be the id of the VPC that the subnets are in.`],
    });
  }
}

/** Refuses a setting that has neither its default nor says "none". */
function refuse(scope: Construct, name: Setting, value: Operand, because: string): void {
  const { default: usual, type } = metaflowContract.inputs[name] as Input;
  const isCollection = type === "list(string)" || type === "map(string)";
  const nothing = type === "bool" ? false : type === "number" ? 0 : "";
  checkedValue(scope, `${terraformName(name)}_is_used`, name, {
    condition: isCollection ? equal(length(value), 0) : any(equal(value, usual as Operand), equal(value, nothing)),
    message: [
      `${terraformName(name)} is `,
      jsonencode(value),
      `, which would have no effect: ${because}. It must be left out (${JSON.stringify(usual)}).`,
    ],
  });
}
