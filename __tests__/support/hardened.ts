import { askAws } from "./emulated-aws";
import type { TerraformRoot } from "./terraform-root";

export const TASK = "aws_ecs_task_definition.metadata_service_this";
export const DATABASE = "aws_db_instance.datastore_this[0]";

export type Attributes = Readonly<Record<string, unknown>>;

/** The attributes of a resource in the state. */
export async function attributes(root: TerraformRoot, address: string): Promise<Attributes> {
  const state = (await root.state()) as {
    values: { root_module: { resources: { address: string; values: Attributes }[] } };
  };
  const found = state.values.root_module.resources.find((resource) => resource.address === address);
  if (!found) throw new Error(`${address} is not in the state`);
  return found.values;
}

/** The database's password, as Secrets Manager has it. */
export async function secretOf(root: TerraformRoot): Promise<string> {
  const { body } = await askAws({
    service: "secretsmanager",
    account: root.account,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue" },
    body: JSON.stringify({ SecretId: "metaflow-database-password-prod" }),
  });
  return (JSON.parse(body) as { SecretString: string }).SecretString;
}
