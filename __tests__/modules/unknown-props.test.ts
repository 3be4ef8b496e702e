import { App, TerraformStack } from "cdktf";
import { nearestName } from "../../lib/contract/names";
import { Datastore } from "../../modules/datastore";
import { DatastoreModule } from "../../modules/datastore/generated/call";
import { MetadataServiceModule } from "../../modules/metadata-service/generated/call";
import { MetadataService } from "../../modules/metadata-service";
import { Metaflow } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { CONSTRUCTS } from "../support/any-construct";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";

const newStack = () => new TerraformStack(new App(), "stack");

/** What JavaScript lets through, and an object of props that TypeScript has spread. */
const such = (props: object) => props as never;

describe.each(CONSTRUCTS)("$name refuses", ({ type, contract }) => {
  const names = Object.keys(contract.inputs);
  const construct = (props: object) => new type(newStack(), "Default", such(props));

  test.each(names.map((name) => [`${name}s`, name]))("%s, and names %s", (misspelt, name) => {
    // Some names differ in their last letter alone.
    const hint = names.includes(misspelt) ? undefined : `it has no prop ${misspelt} (did you mean ${name}?)`;
    const attempt = () => construct({ [misspelt]: "x" });
    if (hint === undefined) expect(attempt).not.toThrow("it has no prop");
    else expect(attempt).toThrow(hint);
  });

  test("every name of Terraform's", () => {
    for (const name of names.filter((each) => /[a-z][A-Z]/.test(each))) {
      const terraform = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect(() => construct({ [terraform]: "x" })).toThrow(`(did you mean ${name}?)`);
    }
  });
});

test.each<[what: string, make: (stack: TerraformStack) => unknown, message: string]>([
  [
    "an option",
    (stack) => new MetadataService(stack, "s", such({ ...METADATA_SERVICE, leastPriviledge: true })),
    "MetadataService at stack/s: it has no prop leastPriviledge (did you mean leastPrivilege?).",
  ],
  [
    "a member of an option",
    (stack) => new Datastore(stack, "d", such({ ...DATASTORE, versioning: { enabld: true } })),
    "versioning has no option enabld (did you mean enabled?); it has enabled, noncurrentVersionDays.",
  ],
  [
    "a provider",
    (stack) => new Datastore(stack, "d", such({ ...DATASTORE, provider: {} })),
    "Datastore at stack/d: it has no prop provider (did you mean providers?).",
  ],
  [
    "what is like nothing, of which all names are told",
    (stack) => new Datastore(stack, "d", such({ ...DATASTORE, colour: "red" })),
    "Datastore at stack/d: it has no prop colour; it has applyImmediately, bucketKeyEnabled, ",
  ],
  [
    "a prop of a deployment",
    (stack) => new Metaflow(stack, "m", such({ moveFrom: {} })),
    "Metaflow at stack/m: it has no prop moveFrom (did you mean movedFrom?).",
  ],
  [
    "an input of the app's stack, which is a variable there",
    () => new MetaflowStack(new App(), "metaflow", such({ resourcePrefix: "acme-" })),
    "MetaflowStack at metaflow: it has no prop resourcePrefix: it is a variable of the stack, resource_prefix.",
  ],
  [
    "a prop of a module call",
    (stack) => new DatastoreModule(stack, "d", such({ ...DATASTORE, source: "./d", vresion: "1" })),
    "DatastoreModule at stack/d: it has no prop vresion (did you mean version?).",
  ],
  [
    "an option of the construct in a module call",
    (stack) => new MetadataServiceModule(stack, "s", such({ ...METADATA_SERVICE, source: "./s", tracing: true })),
    "it has no prop tracing: it is an option of the construct MetadataService, which a module call does not have.",
  ],
])("refused is %s", (_, make, message) => {
  expect(() => make(newStack())).toThrow(message);
});

test("a misspelt prop is told with the required one that is missing", () => {
  const { metaflowVpcId, ...rest } = DATASTORE;
  const attempt = () => new Datastore(newStack(), "d", such({ ...rest, metaflowVpc: metaflowVpcId }));
  expect(attempt).toThrow(/no prop metaflowVpc \(did you mean metaflowVpcId\?\)[^]*metaflowVpcId .* is required/);
});

test("a name without a value is as good as none", () => {
  expect(() => new Datastore(newStack(), "d", such({ ...DATASTORE, colour: undefined }))).not.toThrow();
});

test("what a call has beside its inputs is taken", () => {
  const stack = newStack();
  const call = { source: "acme/metaflow/aws", version: "1.0.0", dependsOn: [], providers: [], forEach: undefined };
  const props = { ...DATASTORE, ...call, skipAssetCreationFromLocalModules: true };
  expect(() => new DatastoreModule(stack, "d", props)).not.toThrow();
});

test.each([
  ["a name that is near", "dbEngin", "dbEngine"],
  ["one with other separators", "db-engine", "dbEngine"],
  ["none", "colour", undefined],
])("found is %s", (_, name, nearest) => {
  expect(nearestName(name, ["dbName", "dbEngine", "dbEngineVersion"])).toBe(nearest);
});
