import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { throwProblems } from "../contract/checks";

/** A package of CDKTF, or of its successor. */
interface Package {
  readonly name: string;
  readonly version: string;
}

/**
 * Refuses a construct in an app or a stack of another CDKTF: the two know each other's objects, but not how to synthesize them.
 *
 * @throws Error naming both, and what to install
 */
export function checkHost(scope: Construct): void {
  const own = packageOf(TerraformStack);
  if (own === undefined) return;
  for (const each of scope.node.scopes) {
    const other = packageOf((each as IConstruct & { readonly constructor: object }).constructor);
    if (other === undefined || isCompatible(own, other)) continue;
    throwProblems(scope, [
      `${each.node.path === "" ? "the app" : each.node.path} is made of ${other.name} ${other.version}, and this construct of ` +
        `${own.name} ${own.version}: ${remedy(own, other)}.`,
    ]);
  }
}

/** What a class comes of: jsii notes it on each, and a subclass has its parent's note. */
function packageOf(type: object | null): Package | undefined {
  for (let each = type; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    const note = Object.getOwnPropertyDescriptor(each, Symbol.for("jsii.rtti"))?.value as
      { readonly fqn: string; readonly version: string } | undefined;
    const [name = ""] = note?.fqn.split(".") ?? [];
    if (note !== undefined && SUCCESSION.includes(name)) return { name, version: note.version };
  }
  return undefined;
}

/** CDKTF and its successor. */
const SUCCESSION = ["cdktf", "cdktn"];

/** Below 1.0, another second number is another interface. */
function isCompatible(own: Package, other: Package): boolean {
  const series = (version: string) => version.split(".", 2).join(".");
  return own.name === other.name && series(own.version) === series(other.version);
}

function remedy(own: Package, other: Package): string {
  if (own.name === other.name) return `install ${own.name} in one version`;
  return `install ${other.name}-metaflow, which is made for it ("The successor" in docs/versions.md)`;
}
