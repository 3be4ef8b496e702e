import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { nameWithin } from "./addresses";

/**
 * Has Terraform take the resources of a module call in the state for those of a construct, by a `moved` block each: with
 * their state at the new addresses, they are updated instead of created again. A block whose resource is not in the state
 * has no effect.
 *
 * As long as the blocks are there, a plan that would destroy or replace one of the resources that hold data, or by which
 * others know the deployment, fails: Terraform's `prevent_destroy`.
 *
 * @param call - the address of the module call, such as `module.metaflow-datastore`
 * @param module - the construct that stands for the module
 * @param addressOf - a resource's address in the module by that in the construct; undefined for one that is not moved. By default, both are
 * the same
 */
export function moveResources(
  call: string,
  module: Construct,
  addressOf: (address: string) => string | undefined = (address) => address,
): void {
  const prefix = nameWithin(module, "x").slice(0, -1);
  for (const element of module.node.findAll()) {
    if (!TerraformResource.isTerraformResource(element) || !element.friendlyUniqueId.startsWith(prefix)) continue;
    const address = addressOf(`${element.terraformResourceType}.${element.friendlyUniqueId.slice(prefix.length)}`);
    if (address !== undefined) moveResource(`${call}.${address}`, element);
  }
}

/**
 * Has Terraform take a resource in the state for another one, as {@link moveResources} does.
 *
 * @param from - its address in the state
 */
export function moveResource(from: string, resource: TerraformResource): void {
  resource.moveFromId(from);
  if (KEPT.has(resource.terraformResourceType)) resource.addOverride("lifecycle.prevent_destroy", true);
}

/**
 * Has Terraform take what is at one address in the state for what would be at another one, from which {@link moveResources} takes it:
 * versions of a module may differ in an index. Where there is nothing at the address, it has no effect.
 */
export function moveBefore(scope: Construct, from: string, to: string): void {
  addBlock(scope, "moved", { from, to });
}

/**
 * Has Terraform forget a resource in the state instead of destroying it (a `removed` block, from Terraform 1.7 on).
 *
 * @param address - the resource's address in the state
 */
export function forgetResource(scope: Construct, address: string): void {
  // Such a block is for all instances of a module.
  addBlock(scope, "removed", { from: address.replace(INDICES, ""), lifecycle: { destroy: false } });
}

/** Adds a block to the stack, beside those of its resources. */
function addBlock(scope: Construct, kind: "moved" | "removed", block: object): void {
  const stack = TerraformStack.of(scope);
  const blocks = BLOCKS[kind].get(stack) ?? [];
  blocks.push(block);
  BLOCKS[kind].set(stack, blocks);
  stack.addOverride(kind, blocks);
}

/** The blocks that a stack has beside those of its resources. */
const BLOCKS = {
  moved: new WeakMap<TerraformStack, object[]>(),
  removed: new WeakMap<TerraformStack, object[]>(),
};

/**
 * Whether a text is the address of a module call: `module.a`, `module.a[0]`, `module.a["b"]`, `module.a.module.b`.
 */
export function isModuleCall(text: unknown): text is string {
  return typeof text === "string" && new RegExp(`^${STEP}([.]${STEP})*$`, "u").test(text);
}

/** What {@link isModuleCall} takes, in words. */
export const MODULE_CALL =
  'the address of a module call, such as module.metaflow-datastore, module.metaflow[0] or module.a["b"].module.c';

/** One step of the address: a module's name, and the index of its instance where it has `count` or `for_each`. */
const STEP = String.raw`module\.[\p{L}_][\p{L}\p{N}_-]*(\[(\d+|"([^"\\$%]|\\["\\])*")\])?`;

const INDICES = /\[(\d+|"([^"\\]|\\.)*")\]/g;

/** Types of resources that hold data or secrets, or whose names and addresses stand in the callers' configurations. */
const KEPT: ReadonlySet<string> = new Set([
  "aws_api_gateway_api_key",
  "aws_api_gateway_rest_api",
  "aws_batch_job_queue",
  "aws_db_instance",
  "aws_db_parameter_group",
  "aws_db_subnet_group",
  "aws_dynamodb_table",
  "aws_ecr_repository",
  "aws_kms_key",
  "aws_lb",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_s3_bucket",
  "random_password",
  "random_pet",
]);
