import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { RootConstruct, type Construct } from "constructs";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Contract } from "../contract/contract";
import { declareOutputs, declareVariables } from "../contract/variables";
import { hcl, literal } from "../hcl/expression";
import { concat } from "../hcl/functions";
import type { ModuleCallProps } from "./module-call";
import { findProjectFile } from "./project";
import type { Requirements } from "./requirements";
import { PortableStack, type Configuration } from "./stack";

/** What a module is: everything that lists modules, publishes them or documents them is derived from it. */
export interface ModuleDefinition<Props extends object, Face extends object> {
  /** The name of its folder below `modules`, and of its folder where it is published. */
  readonly name: string;
  readonly contract: Contract;
  /** The versions of Terraform and of providers that its published module requires. */
  readonly requirements: Requirements;
  /** The construct that has its resources. */
  readonly construct: new (scope: Construct, id: string, props: Props) => Face;
  /** The class by which an app calls its published module. */
  readonly call: new (scope: Construct, id: string, props: Props & ModuleCallProps) => Face;
  /**
   * Files below `lambda` that its published module has, by their paths in the project.
   *
   * @default - none
   */
  readonly files?: readonly string[];
  /**
   * The README of its published module, a file of its folder.
   *
   * @default "README.md"
   */
  readonly readme?: string;
  /**
   * Where a release has it: among its modules, or at its root.
   *
   * @default "modules"
   */
  readonly place?: "modules" | "root";
  /**
   * Whether null stands for a variable's default (Terraform 1.1 or newer).
   *
   * @default false
   */
  readonly nullIsDefault?: boolean;
  /**
   * What earlier versions of it had at other addresses: `moved` blocks of its published module (Terraform 1.1 or newer reads them).
   *
   * @default - none
   */
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  /**
   * Files of its folder, without their ending, whose exports are public beside those of `index.ts`.
   *
   * @default - none
   */
  readonly exports?: readonly string[];
}

/** A module, whatever its props are. */
export interface Module extends Omit<ModuleDefinition<never, object>, "construct"> {
  /** The blocks of its published module. */
  readonly configuration: () => Configuration;
}

/** A module, whose construct and call are known to those that have it as a child. */
export interface ModuleOf<Props extends object, Face extends object> extends Module {
  readonly construct: ModuleDefinition<Props, Face>["construct"];
  readonly call: ModuleDefinition<Props, Face>["call"];
}

/** Describes a module. */
export function defineModule<Props extends object, Face extends object>(
  definition: ModuleDefinition<Props, Face>,
): ModuleOf<Props, Face> {
  const configuration = () => {
    const { contract, construct, requirements, moved, nullIsDefault } = definition;
    const stack = new PortableStack(new RootConstruct(), "module", requirements);
    published.add(stack);
    if (moved) stack.addOverride("moved", moved);
    const props = declareVariables(stack, contract, { nullIsDefault });
    const module = new construct(stack, "Default", props as Props);
    declareOutputs(stack, contract, module as Readonly<Record<string, string>>);
    return stack.toTerraform() as Configuration;
  };
  return { ...definition, configuration };
}

/**
 * A module within another: its construct in an app; in the other's own published module, a call of the published module that
 * lies beside. Both have the same props and outputs.
 *
 * @param scope - the construct of the other module
 * @param id - the id of the construct or module call
 */
export function childModule<Props extends object, Face extends object>(
  scope: Construct,
  id: string,
  { name, construct, call }: ModuleOf<Props, Face>,
  props: Props,
): Face {
  const isOwn = scope.node.scope === TerraformStack.of(scope);
  return isPublished(scope) && isOwn
    ? new call(scope, id, { ...props, source: `../${name}` })
    : new construct(scope, id, props);
}

/** A file below `lambda` with what is in it, which an app has that is bundled into one file. */
export interface Embedded {
  /** The file's path in the project. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * The text of a file that a module needs: as it is in an app; in the published module, Terraform reads it from the module's
 * folder.
 */
export function fileText(scope: Construct, { path, content }: Embedded): string {
  if (isPublished(scope)) return hcl`file(${concat(hcl`path.module`, `/${shippedName(path)}`)})`.string;
  return literal(content.toString());
}

/** A file that Terraform reads when it applies, and the SHA-256 of its content in Base64. */
export interface ShippedFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * A file that lies beside the configuration before a plan: in an app, among the stack's assets; in the published module, in the module's
 * folder.
 */
export function shippedFile(scope: Construct, embedded: Embedded): ShippedFile {
  const { path, content } = embedded;
  const sha256 = createHash("sha256").update(content).digest("base64");
  const place = isPublished(scope)
    ? shippedName(path)
    : new TerraformAsset(scope, shippedName(path), { path: onDisk(embedded), type: AssetType.FILE }).path;
  return { path: concat(hcl`path.module`, `/${place}`).string, sha256 };
}

/** Where a file lies: in the project or its npm package, or else, for an app that is bundled into one file, in a temporary folder. */
function onDisk({ path, content }: Embedded): string {
  const found = findProjectFile(path);
  if (found !== undefined) return found;
  const folder = mkdtempSync(join(tmpdir(), "cdktf-metaflow-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, basename(path));
  writeFileSync(file, content);
  return file;
}

/** The name that a file below `lambda` has in a published module. */
export function shippedName(path: string): string {
  return path.replace(/^lambda\//, "");
}

/** The stacks that are published forms of modules. */
const published = new WeakSet<TerraformStack>();

function isPublished(scope: Construct): boolean {
  return published.has(TerraformStack.of(scope));
}
