import { TerraformProvider, TerraformResource, TerraformStack, Token, Tokenization } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { terraformName } from "../contract/contract";
import { isDeclared } from "../synth/addresses";

/** A kind of resource of which AWS has one of a name, or one at all. */
interface Kind {
  /** What it is called in messages. */
  readonly what: string;
  /** The property that has the name; absent where there is one at all. */
  readonly name?: string;
  /** Where AWS has one of the name. */
  readonly reach: "region" | "account" | "partition";
}

const DATABASE = "the database";
const KINDS: Readonly<Record<string, Kind>> = {
  aws_api_gateway_account: { what: "API Gateway's role for logs (apiGatewayAccountRole)", reach: "region" },
  aws_batch_job_queue: { what: "the job queue", name: "name", reach: "region" },
  aws_cloudwatch_dashboard: { what: "the dashboard", name: "dashboardName", reach: "account" },
  aws_cloudwatch_event_bus: { what: "the event bus", name: "name", reach: "region" },
  aws_cloudwatch_log_group: { what: "the log group", name: "name", reach: "region" },
  aws_cognito_user_pool_domain: { what: "the user pool's domain", name: "domain", reach: "region" },
  aws_db_instance: { what: DATABASE, name: "identifier", reach: "region" },
  aws_db_parameter_group: { what: "the parameter group", name: "name", reach: "region" },
  aws_db_subnet_group: { what: "the subnet group", name: "name", reach: "region" },
  aws_dynamodb_table: { what: "the table", name: "name", reach: "region" },
  aws_ecr_repository: { what: "the repository", name: "name", reach: "region" },
  aws_ecs_cluster: { what: "the ECS cluster", name: "name", reach: "region" },
  aws_iam_instance_profile: { what: "the instance profile", name: "name", reach: "account" },
  aws_iam_role: { what: "the role", name: "name", reach: "account" },
  aws_lambda_function: { what: "the function", name: "functionName", reach: "region" },
  aws_launch_template: { what: "the launch template", name: "name", reach: "region" },
  aws_lb: { what: "the load balancer", name: "name", reach: "region" },
  aws_lb_target_group: { what: "the target group", name: "name", reach: "region" },
  aws_rds_cluster: { what: DATABASE, name: "clusterIdentifier", reach: "region" },
  aws_s3_bucket: { what: "the bucket", name: "bucket", reach: "partition" },
  aws_sagemaker_notebook_instance: { what: "the notebook instance", name: "name", reach: "region" },
  aws_secretsmanager_secret: { what: "the secret", name: "name", reach: "region" },
  aws_sqs_queue: { what: "the queue", name: "name", reach: "region" },
  aws_ssm_parameter: { what: "the parameter (parameterPath)", name: "name", reach: "region" },
};

const checked = new WeakSet<TerraformStack>();

/** Has a stack refused in which two constructs make something of one name that AWS has once. */
export function checkUniqueNames(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (checked.has(stack)) return;
  checked.add(stack);
  stack.node.addValidation({ validate: () => sharedNames(stack) });
}

/** One problem for each two constructs, with all that they both make. */
function sharedNames(stack: TerraformStack): string[] {
  const elements = stack.node.findAll();
  const fallback = elements.find(isDefaultProvider);
  const first = new Map<string, IConstruct>();
  const shared = new Map<string, Set<string>>();
  for (const element of elements.filter(isDeclared)) {
    if (!TerraformResource.isTerraformResource(element)) continue;
    const made = uniquelyNamed(element, element.provider ?? fallback);
    if (made === undefined) continue;
    const other = first.get(made.key);
    if (other === undefined) first.set(made.key, element);
    else {
      const pair = wherePathsPart(other, element);
      shared.set(pair, (shared.get(pair) ?? new Set()).add(made.text));
    }
  }
  return [...shared].map(([pair, texts]) => {
    return (
      `${pair} both make ${enumerated([...texts])}, of which AWS has one: give one of the two another resourcePrefix or ` +
      "resourceSuffix, or turn off there what the other one makes"
    );
  });
}

/** The first of some things, in words. */
function enumerated(things: readonly string[]): string {
  const some = things.length > 4 ? [...things.slice(0, 3), `${things.length - 3} more`] : things;
  return some.join(", ").replace(/, ([^,]*)$/, " and $1");
}

/** What AWS tells an element by, where that is a literal. */
function uniquelyNamed(
  element: TerraformResource,
  provider?: TerraformProvider,
): { key: string; text: string } | undefined {
  const kind = KINDS[element.terraformResourceType];
  if (kind === undefined) return undefined;
  const name = kind.name === undefined ? "" : nameOf(element, kind.name);
  if (typeof name !== "string" || Token.isUnresolved(name)) return undefined;
  const key = [element.terraformResourceType, placeOf(provider, kind.reach), name].join("\n");
  return { key, text: kind.name === undefined ? kind.what : `${kind.what} "${name}"` };
}

/** A name as it is synthesized: an override wins. */
function nameOf(element: TerraformResource, property: string): unknown {
  const { rawOverrides } = element as unknown as { readonly rawOverrides: Readonly<Record<string, unknown>> };
  return rawOverrides[terraformName(property)] ?? (element as unknown as Inputs)[`${property}Input`];
}

type Inputs = Readonly<Record<string, unknown>>;

/** What tells regions, accounts and partitions apart, as far as a provider configuration says. */
function placeOf(provider: TerraformProvider | undefined, reach: Kind["reach"]): string {
  const name = provider?.fqn ?? "aws";
  const argument = (property: string) => (provider as unknown as Inputs | undefined)?.[`${property}Input`] ?? null;
  if (reach === "region") return name;
  if (reach === "account") {
    return JSON.stringify(CREDENTIALS.map(argument), (_, value: unknown) =>
      Tokenization.isResolvable(value) ? name : value,
    );
  }
  const region = argument("region");
  return (
    (typeof region === "string" ? /^(cn|eusc|us-gov|us-iso[a-z]*|eu-isoe)-/.exec(region)?.[1] : undefined) ?? "aws"
  );
}

/** The arguments by which provider configurations may be of different accounts. */
const CREDENTIALS = [
  "accessKey",
  "allowedAccountIds",
  "assumeRole",
  "assumeRoleWithWebIdentity",
  "profile",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

function isDefaultProvider(element: IConstruct): element is TerraformProvider {
  if (!TerraformProvider.isTerraformProvider(element)) return false;
  return element.terraformResourceType === "aws" && element.alias === undefined;
}

/** The outermost constructs that have one of two elements each, in words. */
function wherePathsPart(one: IConstruct, other: IConstruct): string {
  const [first, second] = [one.node.scopes, other.node.scopes];
  const index = first.findIndex((each, position) => each !== second[position]);
  return [first[index] ?? one, second[index] ?? other].map((each) => each.node.path).join(" and ");
}
