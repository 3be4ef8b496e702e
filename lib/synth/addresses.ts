import {
  TerraformDataSource,
  type IResolvable,
  type TerraformElement,
  TerraformLocal,
  TerraformModule,
  TerraformResource,
  TerraformStack,
  ref,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { constant, evaluate, Expression, hcl, isNull, type Operand } from "../hcl/expression";
import { providerOf } from "./providers";

/** A provider's class of a resource or data source. */
export interface ElementClass<Config, Element extends TerraformElement> {
  new (scope: Construct, id: string, config: Config): Element;
  readonly tfResourceType: string;
}

/**
 * A resource or data source whose address is contract: in a published module it is `<type>.<name>`, in an app
 * `<type>.<path>_<name>`, the path being the ids of the constructs around it (without "Default"), and never a hash.
 *
 * @param scope - the construct that it belongs to
 * @param type - the provider's class, such as `S3Bucket`
 * @param name - its name in the module
 * @param config - its arguments
 */
export function resource<Config, Element extends TerraformElement>(
  scope: Construct,
  type: ElementClass<Config, Element>,
  name: string,
  config: Config,
): Element {
  const kind = isDataSource(type) ? "data." : "";
  const id = `${kind}${type.tfResourceType}.${name}`;
  const provider = providerOf(scope, type.tfResourceType);
  const configured = provider === undefined ? config : { provider, ...config };
  const element = addressed(new type(scope, id, withPresent(configured)), name);
  const { count } = config as { readonly count?: Operand };
  if (count !== undefined && count !== null) readFirstInstance(element);
  if ((config as { readonly lifecycle?: object }).lifecycle) leaveEmptyLifecycleOut(element);
  if (count !== undefined && evaluate(count) === 0) leaveOut(element);
  else synthesizeOnlySet(element);
  return element;
}

/** What CDKTF makes an element's configuration of. */
interface Synthesized {
  readonly terraformMetaArguments: Readonly<Record<string, unknown>>;
  synthesizeAttributes(): Readonly<Record<string, unknown>>;
}

/** Has an element synthesize the arguments that are set: a class has dozens, and CDKTF walks all of them several times. */
function synthesizeOnlySet(element: TerraformElement): void {
  const own = element as unknown as Synthesized;
  own.synthesizeAttributes = setAttributes;
  Object.defineProperty(own, "terraformMetaArguments", { get: setMetaArguments, configurable: true });
}

function setAttributes(this: Synthesized) {
  return withoutUndefined((Object.getPrototypeOf(this) as Synthesized).synthesizeAttributes.call(this));
}

function setMetaArguments(this: Synthesized) {
  const all = Reflect.get(Object.getPrototypeOf(this) as object, "terraformMetaArguments", this);
  return withoutUndefined(all as Synthesized["terraformMetaArguments"]);
}

function withoutUndefined(all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const name of Object.keys(all)) if (!isUnset(all[name])) set[name] = all[name];
  return set;
}

/** Whether an argument is not given, or known to be null. */
function isUnset(value: unknown): boolean {
  return value === undefined || isNull(value);
}

/** Resources and data sources of which it is known at synth that there are none. */
const absent = new WeakSet<object>();

/** Whether it is known at synth that there is no instance of a resource or data source. */
export function isAbsent(element: object): boolean {
  return absent.has(element);
}

/** Leaves an element out of the configuration. */
function leaveOut(element: TerraformElement): void {
  absent.add(element);
  element.toTerraform = () => ({});
  element.toHclTerraform = () => ({});
}

/** Leaves out what says nothing of a `lifecycle`: a list of preconditions that is empty, and the block where nothing is left. */
function leaveEmptyLifecycleOut(element: TerraformElement): void {
  const synthesize = element.toTerraform.bind(element);
  element.toTerraform = () => {
    const configuration = synthesize() as Record<string, Record<string, Record<string, { lifecycle?: object }>>>;
    const written = Object.values(Object.values(configuration)[0] ?? {})[0]?.[element.friendlyUniqueId];
    if (!written) throw new Error(`${element.node.path} is not synthesized by the name ${element.friendlyUniqueId}`);
    const saysNothing = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
    const said = Object.entries(written.lifecycle ?? {}).filter(([, value]) => !saysNothing(value));
    written.lifecycle = said.length === 0 ? undefined : Object.fromEntries(said);
    return configuration;
  };
}

/** Arguments whose `depends_on` names nothing that is left out. */
function withPresent<Config>(config: Config): Config {
  const { dependsOn } = config as { readonly dependsOn?: readonly object[] };
  return dependsOn?.some(isAbsent) ? { ...config, dependsOn: dependsOn.filter((each) => !isAbsent(each)) } : config;
}

/**
 * Has what is read of a resource with a count be that of its first instance, there being one or none: `aws_db_instance.this[0].endpoint`.
 * An import is of that instance, too.
 */
function readFirstInstance(element: TerraformElement): void {
  if (!TerraformResource.isTerraformResource(element) && !TerraformDataSource.isTerraformDataSource(element)) return;
  const stack = TerraformStack.of(element);
  const address = () => `${element.terraformResourceType}.${element.friendlyUniqueId}[0]`;
  const prefix = TerraformDataSource.isTerraformDataSource(element) ? "data." : "";
  element.interpolationForAttribute = (attribute) => ref(`${prefix}${address()}.${attribute}`, stack);
  if (!TerraformResource.isTerraformResource(element)) return;
  const synthesize = element.toTerraform.bind(element);
  element.toTerraform = () => {
    const configuration = synthesize() as { import?: { to: string }[] };
    configuration.import?.forEach((each) => Object.assign(each, { to: address() }));
    return configuration;
  };
}

/** Where CDKTF is installed twice, only the name tells; where an app is bundled into one file, only the class. */
function isDataSource(type: object): boolean {
  const base = Object.getPrototypeOf(type) as { name?: string };
  return base === TerraformDataSource || base.name === "TerraformDataSource";
}

/** A local value as an operand of what comes after it. */
export interface Local {
  readonly asString: string;
  readonly asBoolean: IResolvable;
  readonly asList: string[];
}

/**
 * A local value, `local.<name>` in a published module and `local.<path>_<name>` in an app; the value itself where that is known at
 * synth.
 */
export function local(scope: Construct, name: string, value: Operand): Local {
  const known = constant(value);
  if (known.evaluate() !== undefined) {
    return {
      get asString() {
        return known.string;
      },
      get asList() {
        return known.list;
      },
      asBoolean: known,
    };
  }
  return addressed(new TerraformLocal(scope, `local.${name}`, value), name);
}

/** An attribute of one instance of a resource that has a `count`: `aws_db_instance.this[0].endpoint`. */
export function instanceAttribute(element: TerraformElement, index: number, attribute: string): Expression {
  return new Expression(["", `[${index}].${attribute}`], [element.fqn]);
}

/** An attribute of a resource whose `count` is one or none: empty where there is none. */
export function attributeOrEmpty(element: TerraformElement, attribute: string): string {
  if (isAbsent(element)) return "";
  const { count } = element as { readonly count?: Operand };
  if (count !== undefined && evaluate(count) === 1) return instanceAttribute(element, 0, attribute).string;
  return new Expression(['join("", ', `[*].${attribute})`], [element.fqn]).string;
}

/** The instances of a resource that has a count, for a `for_each`. */
export function instances(element: TerraformElement): Operand {
  return isAbsent(element) ? [] : hcl`${element.fqn}`;
}

/** The elements whose addresses are contract: those of the constructs, and no others. */
const OURS = Symbol("of a construct of this project");

/** Whether an element belongs to one of the constructs, and there is, or may be, an instance of it. */
export function isDeclared(element: IConstruct): boolean {
  return OURS in element && !absent.has(element);
}

/** Gives an element its address, and has the stack checked for a second one at the same address. */
export function addressed<Element extends TerraformElement>(element: Element, name: string): Element {
  const stack = TerraformStack.of(element);
  Object.defineProperty(element, OURS, { value: true });
  element.overrideLogicalId(nameWithin(element.node.scope ?? stack, name));
  if (!checked.has(stack)) {
    checked.add(stack);
    stack.node.addValidation({ validate: () => sharedAddresses(stack) });
  }
  return element;
}

/** A name of an element of a construct, after the ids of the constructs around it (without "Default"). */
export function nameWithin(scope: IConstruct, name: string): string {
  const address = `${prefixOf(scope)}${name}`.replace(/[^A-Za-z0-9_-]/g, "_");
  return /^[A-Za-z_]/.test(address) ? address : `_${address}`;
}

/** What names of a construct's elements begin with: the ids of the constructs around them, each with a `_` behind it. */
function prefixOf(scope: IConstruct): string {
  let prefix = prefixes.get(scope);
  if (prefix === undefined) {
    const path = scope.node.scopes.slice(TerraformStack.of(scope).node.scopes.length).map(({ node }) => node.id);
    prefix = path.map((id) => (id === "Default" ? "" : `${id}_`)).join("");
    prefixes.set(scope, prefix);
  }
  return prefix;
}

const prefixes = new WeakMap<IConstruct, string>();
const checked = new WeakSet<TerraformStack>();

/** CDKTF would merge two elements at one address into one without a word. */
function sharedAddresses(stack: TerraformStack): string[] {
  const first = new Map<string, IConstruct>();
  const problems: string[] = [];
  for (const element of stack.node.findAll()) {
    const address = addressOf(element);
    if (address === undefined) continue;
    const other = first.get(address);
    if (other) {
      problems.push(
        `${other.node.path} and ${element.node.path} have the same address, ${address}: ` +
          "give one of the constructs another id",
      );
    }
    first.set(address, element);
  }
  return problems;
}

function addressOf(element: IConstruct): string | undefined {
  if (element instanceof TerraformModule) return `module.${element.friendlyUniqueId}`;
  const data = TerraformDataSource.isTerraformDataSource(element);
  if (!data && !TerraformResource.isTerraformResource(element)) return undefined;
  return `${data ? "data." : ""}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}
