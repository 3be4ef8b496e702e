import {
  Aspects,
  DataTerraformRemoteStateLocal,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
  type TerraformBackend,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { jsonText } from "./json-text";
import { Resolution } from "./resolution";
import { terraformBlock, type Requirements } from "./requirements";
import { inOneStep } from "./atomic-write";

/** A Terraform configuration in JSON, by its kinds of blocks. */
export type Configuration = Record<string, Record<string, unknown>>;

/**
 * A stack that synthesizes to a configuration which runs anywhere: with version ranges instead of the versions that the
 * bindings were generated from, and without CDKTF's own backend, a file at an absolute path of this machine.
 *
 * It also synthesizes several times as fast, as it resolves each value once and by shorter ways.
 */
export class PortableStack extends TerraformStack {
  private prepared?: Prepared;

  public constructor(
    scope: Construct,
    id: string,
    private readonly requirements: Requirements,
  ) {
    super(scope, id);
    this.synthesizer = inOneStep(this, this.synthesizer, () => this.text());
  }

  /**
   * The backend that was declared. Where none was, nothing is written down of one, and another stack finds the state where Terraform has it
   * then: in the folder of the stack, beside its own.
   */
  public override ensureBackendExists(): TerraformBackend {
    const declared = this.node.tryFindChild("backend") as TerraformBackend | undefined;
    const beside = { path: `../${this.node.id}/terraform.tfstate` };
    const found: Pick<TerraformBackend, "getRemoteStateDataSource"> = declared ?? {
      getRemoteStateDataSource: (scope, name) => new DataTerraformRemoteStateLocal(scope, name, beside),
    };
    return found as TerraformBackend;
  }

  /** Resolves every value, by which references to other stacks declare what they need. */
  public override prepareStack(): void {
    const elements = elementsOf(this);
    // In bytes, outside of the heap: an app prepares all of its stacks before it synthesizes the first.
    this.prepared = { elements, text: this.textOf(elements, true) };
  }

  /** The configuration as it stands in `cdk.tf.json`. */
  public override toTerraform(): unknown {
    return new Resolution(this, false).resolve(this.configuration(elementsOf(this)));
  }

  /** What {@link toTerraform} returns as text; undefined where a class has another one. */
  private text(): Buffer | undefined {
    const { prepared } = this;
    this.prepared = undefined;
    if (this.toTerraform !== PortableStack.prototype.toTerraform) return undefined;
    const elements = elementsOf(this);
    // After the preparation, aspects can change elements and other stacks can add some; then everything is resolved again.
    const isUpToDate = prepared && !hasAspects(this) && isSame(prepared.elements, elements);
    return isUpToDate ? prepared.text : this.textOf(elements, false);
  }

  private textOf(elements: readonly TerraformElement[], preparing: boolean): Buffer {
    return jsonText(this.configuration(elements), new Resolution(this, preparing));
  }

  /** The configuration with its tokens. */
  private configuration(elements: readonly TerraformElement[]): Configuration {
    const metadata = {
      version: this.node.tryGetContext("cdktfVersion") as string,
      stackName: this.node.id,
      backend: "local",
    };
    const outputs = {};
    const origin = { metadata, outputs };
    const configuration: Configuration = { "//": origin };
    const own = new WeakSet<object>([origin, metadata, outputs]);
    for (const element of elements) {
      merge(metadata, element.toMetadata(), own);
      merge(configuration, element.toTerraform(), own);
      if (TerraformOutput.isTerraformOutput(element)) merge(outputs, outputPath(element), own);
    }
    const { rawOverrides } = this as unknown as { rawOverrides: { readonly terraform?: object } };
    const { terraform: overrides, ...others } = rawOverrides;
    merge(configuration, others, own);
    const terraform = withRequirements(configuration.terraform, this.requirements);
    merge(terraform, overrides, own);
    return { ...configuration, terraform };
  }
}

/** The `terraform` block: the required versions in the place of the bindings', and those of other providers as they are. */
function withRequirements(
  block: Record<string, unknown> | undefined,
  requirements: Requirements,
): Record<string, unknown> {
  const required = terraformBlock(requirements);
  const providers = { ...(block?.required_providers as object | undefined), ...requirements.providers };
  return {
    ...block,
    ...required,
    ...(Object.keys(providers).length > 0 ? { required_providers: providers } : {}),
  };
}

/** A stack as it was when it was prepared. */
interface Prepared {
  readonly elements: readonly TerraformElement[];
  /** The configuration. */
  readonly text: Buffer;
}

/** The elements of a stack, without those of stacks within it. */
function elementsOf(construct: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) if (!TerraformStack.isStack(child)) elementsOf(child, into);
  return into;
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

function hasAspects(stack: TerraformStack): boolean {
  return [...stack.node.scopes, ...stack.node.findAll()].some((construct) => Aspects.of(construct).all.length > 0);
}

/** How CDKTF's command line finds an output: by the ids of the constructs around it. */
function outputPath(output: TerraformOutput): object {
  const ids = output.node.path.split("/");
  return ids.reduceRight<unknown>((inner, id) => ({ [id]: inner }), output.friendlyUniqueId) as object;
}

/**
 * Adds to a configuration what an element contributes: maps are merged, lists put one behind the other.
 *
 * @param own - the maps that are the configuration's own; where another is added to, a copy takes its place
 */
function merge(target: object, source: unknown, own: WeakSet<object>): void {
  const all = target as Record<string, unknown>;
  const others = (source ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(others)) {
    const value = others[key];
    if (value === undefined) continue;
    const present = all[key];
    if (Array.isArray(value)) {
      all[key] = Array.isArray(present) ? [...(present as unknown[]), ...(value as unknown[])] : value;
    } else if (isMap(present) && isMap(value)) {
      const map = own.has(present) ? present : { ...present };
      own.add(map);
      all[key] = map;
      merge(map, value, own);
    } else all[key] = value;
  }
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}
