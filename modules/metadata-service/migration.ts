import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { local, resource } from "../../lib/synth/addresses";
import { hcl } from "../../lib/hcl/expression";
import type { ShippedFile } from "../../lib/synth/module";
import { coalesce, concat, countIf, jsonencode } from "../../lib/hcl/functions";
import { distinctSubnet } from "../../lib/synth/checked";
import type { Bool, Inputs } from "../../lib/contract/inputs";
import { logGroup } from "../../lib/aws/log-group";
import { MIGRATION_PORT } from "../../lib/aws/ports";
import { iamRolePolicy } from "../../lib/aws/role";
import type { MetadataServiceInputs } from "./generated/interface";
import type { MigrationParts } from "./migration-parts";
import { migrationRole } from "./migration-role";
import type { MetadataServiceNames } from "./names";
import type { ServiceLogs } from "./generated/interface";

const LAMBDA_TIMEOUT_SECONDS = 900;
const LAMBDA_MEMORY_MEBIBYTES = 128;

/** The Lambda function that migrates the database's schema, with its role. */
export function migrationFunction(scope: Construct, inputs: Inputs<MetadataServiceInputs>, parts: MigrationParts) {
  const { names, options } = parts;
  const ownLog = options.logs && functionLogs(scope, inputs, names, options.logs);
  const archive = options.migrationArchive ?? plannedArchive(scope, inputs, parts.source);
  const { role, policies } = migrationRole(scope, inputs, parts, ownLog);
  const deadLetters = options.deadLetterQueue ? deadLetterQueue(scope, inputs, role) : undefined;

  const lambda = resource(scope, LambdaFunction, "db_migrate_lambda", {
    functionName: names.lambda,
    description: "Trigger DB Migration",
    handler: "index.handler",
    runtime: inputs.dbMigrateLambdaRuntime,
    filename: archive.path,
    sourceCodeHash: archive.sha256,
    role: role.arn,
    memorySize: LAMBDA_MEMORY_MEBIBYTES,
    timeout: LAMBDA_TIMEOUT_SECONDS,
    environment: { variables: { MD_LB_ADDRESS: `http://${parts.balancer.dnsName}:${MIGRATION_PORT}` } },
    vpcConfig: {
      securityGroupIds: [parts.securityGroup.id],
      subnetIds: options.taskSubnetIds ?? [inputs.subnet1Id, distinctSubnet(scope, inputs.subnet1Id, inputs.subnet2Id)],
    },
    tracingConfig: options.tracing ? { mode: "PassThrough" } : undefined,
    deadLetterConfig: deadLetters && { targetArn: deadLetters.queue.arn },
    // Lambda deletes the function's network interfaces by its role, and the subnets cannot go before these.
    dependsOn: [...policies, ...(deadLetters ? [deadLetters.grant] : [])],
    loggingConfig: ownLog && { logFormat: "Text", logGroup: ownLog.name },
    tags: inputs.standardTags,
  });
  return { lambda, role };
}

/** The function's code in a zip file that each plan makes. */
function plannedArchive(scope: Construct, inputs: Inputs<MetadataServiceInputs>, content: string): ShippedFile {
  const path = local(
    scope,
    "db_migrate_lambda_zip_file",
    coalesce(inputs.dbMigrateLambdaZipFile, concat(hcl`path.module`, "/db_migrate_lambda.zip")),
  ).asString;
  const { outputBase64Sha256: sha256 } = resource(scope, DataArchiveFile, "db_migrate_lambda", {
    type: "zip",
    outputPath: path,
    outputFileMode: "0666",
    source: [{ content, filename: "index.py" }],
  });
  return { path, sha256 };
}

/**
 * Runs the function: once for every image, when the service's tasks of that image are up. Where it fails, the apply
 * does, with the function's message, and the next apply runs it again.
 *
 * @param enabled - whether it is run at all
 * @param image - the service's image, a change of which brings another run
 * @param after - what the function needs to reach the service
 */
export function migrationRun(
  scope: Construct,
  migration: LambdaFunction,
  enabled: Bool,
  image: string,
  after: ITerraformDependable[],
): LambdaInvocation {
  return resource(scope, LambdaInvocation, "db_migrate", {
    count: countIf(enabled),
    functionName: migration.functionName,
    input: jsonencode({}),
    triggers: { image },
    dependsOn: after,
  });
}

/** The deployment's own log group. Lambda's own never expires, and exists already where an older deployment ran. */
function functionLogs(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  logs: ServiceLogs,
): CloudwatchLogGroup {
  return logGroup(scope, "db_migrate", { name: `${names.logGroup}-migration`, tags: inputs.standardTags }, logs);
}

/** Where events go that the function could not handle; its role may send there. */
function deadLetterQueue(scope: Construct, inputs: Inputs<MetadataServiceInputs>, role: IamRole) {
  const queue = resource(scope, SqsQueue, "db_migrate", {
    name: concat(inputs.resourcePrefix, "db_migrate_failures", inputs.resourceSuffix).string,
    sqsManagedSseEnabled: true,
    messageRetentionSeconds: FOURTEEN_DAYS,
    tags: inputs.standardTags,
  });
  const grant = iamRolePolicy(scope, "grant_lambda_dead_letters", {
    name: "dead_letters",
    role: role.name,
    document: "lambda_dead_letters",
    statements: [{ sid: "DeadLetters", effect: "Allow", actions: ["sqs:SendMessage"], resources: [queue.arn] }],
  });
  return { queue, grant };
}

/** As long as SQS keeps a message. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;
