import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { type Blocks, setBlocks } from "../../lib/synth/blocks";
import { Expression, type Known, type Operand } from "../../lib/hcl/expression";
import { distinct, ifElse, joinLists, mapped, notEmpty, replaceMatches } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { assumedBy } from "../../lib/aws/policy";
import { imageRepository, pullStatements } from "./image-repository";
import type { MetaflowInputs } from "./generated/interface";
import { arn, type Location } from "../../lib/aws/location";
import { ownRole } from "./own-role";

/** The role by which ECS pulls the service's image, where that is in ECR, and writes its log. */
export class ExecutionRole extends Construct {
  public readonly arn: string;
  public readonly roleName: string;
  public readonly role: IamRole;
  /** What it may do. */
  public readonly grant: IamRolePolicy;

  /** @param ui - the images of the web interface, where there is one */
  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    location: Location,
    ui: readonly Operand[] | undefined,
  ) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix } = inputs;
    const role = ownRole(this, inputs, {
      middle: "ecs-execution",
      what: "ECS execution role",
      description: "Lets ECS pull the metadata service's image and write its log.",
      trust: assumedBy("ecs-tasks.amazonaws.com"),
    });
    this.role = role;
    this.arn = role.arn;
    this.roleName = role.name;

    const document = resource(this, DataAwsIamPolicyDocument, "this", {
      statement: [
        {
          sid: "Log",
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          // What comes before the slash is the task definition's awslogs-stream-prefix.
          resources: [
            arn(location, "logs", "log-group:", prefix, "metadata", suffix, ":log-stream:metadata/*"),
            ...(ui ? [arn(location, "logs", "log-group:", prefix, "ui", suffix, ":log-stream:ui_*")] : []),
          ],
        },
      ],
    });
    const pulls = ui
      ? pullsOf([inputs.metadataServiceContainerImage, ...ui], location)
      : pullStatements(imageRepository(inputs.metadataServiceContainerImage, location.partition));
    setBlocks(document, "statement", ...pulls, readStatement(inputs.metadataServiceSecrets));
    this.grant = resource(this, IamRolePolicy, "this", {
      name: "ecs_execution",
      role: role.name,
      policy: document.json,
    });
  }
}

/** The statements that let several images be pulled. */
function pullsOf(images: readonly Operand[], { partition }: Location) {
  const repositories = distinct(joinLists(...images.map((image) => imageRepository(image, partition))));
  return pullStatements(ifElse(notEmpty(repositories), ["ecr"], []), () => repositories);
}

/** Lets ECS read the secrets of a map, whose ARNs may go on to a key, a stage and a version of the secret. */
function readStatement(secrets: Operand): Blocks {
  const values = new Expression(["values(", ")"], [secrets], (known) => Object.values(known as object) as Known[]);
  const arns = distinct(
    mapped(values, "arn", (arn) => replaceMatches(arn, "(:secret:[^:]+|:parameter/[^:]+):.*$", "$1")),
  );
  return {
    forEach: ifElse(notEmpty(secrets), ["secrets"], []),
    content: () => ({
      sid: "Secrets",
      effect: "Allow",
      actions: ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
      resources: arns,
    }),
  };
}
