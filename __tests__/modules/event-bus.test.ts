import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { added, block } from "../support/blocks";
import { expectOnlyAdds, metaflow } from "../support/composition";
import { synthesized, type Configuration } from "../support/synth";

// The event bus of a deployment, as it is synthesized; web-interface.terraform.test.ts applies one.

const BUS = "aws_cloudwatch_event_bus.event_bus_this";

test.each<[what: string, props: MetaflowProps]>([
  ["false", { eventBus: false }],
  ["not set", {}],
])("where the option is %s, there is no trace of it", (_, props) => {
  expect(JSON.stringify(metaflow(props))).not.toMatch(/event_bus/);
  expect(added(metaflow({ eventBus: true }), metaflow(props))).toEqual([BUS]);
});

test("everything else is as without it", () => {
  expect(expectOnlyAdds({ eventBus: true }, "aws_cloudwatch_event_bus")).toEqual(["event_bus_this"]);
});

test("its name has the prefix and the suffix, and it has the tags", () => {
  const standardTags = { team: "data" };
  const props = { eventBus: true, resourcePrefix: "acme-", resourceSuffix: "-dev", standardTags };
  expect(block(metaflow(props), BUS)).toMatchObject({ name: "acme-events-dev", tags: standardTags });
});

test("it is a property of the construct, and its name another one", () => {
  const found: unknown[] = [];
  const { output } = synthesized((stack) => {
    const it = new Metaflow(stack, "Default", { eventBus: true });
    const other = new Metaflow(stack, "other", { resourcePrefix: "b-" });
    new TerraformOutput(stack, "bus", { value: it.eventBusName });
    found.push(it.eventBus?.nameInput, other.eventBus, other.eventBusName);
  });
  expect(found).toEqual(["metaflow-events-prod", undefined, undefined]);
  expect(output?.bus?.value).toBe(`\${${BUS}.name}`);
});

test.each([
  [true, { event_bus_name: { description: expect.any(String) as string, value: `\${${BUS}.name}` } }],
  [false, {}],
])("with the option %j, the stack has the outputs %j", (eventBus, expected) => {
  const stack = new MetaflowStack(new RootConstruct(), "metaflow", { options: { eventBus } });
  const { output = {} } = stack.toTerraform() as Configuration;
  expect(Object.fromEntries(Object.entries(output).filter(([name]) => name.includes("event_bus")))).toEqual(expected);
});

test.each<[what: string, make: () => unknown, message: string]>([
  [
    "a token, as the option decides what there is",
    () =>
      synthesized((stack) => {
        const { booleanValue } = new TerraformVariable(stack, "bus", { type: "bool" });
        new Metaflow(stack, "Default", { eventBus: booleanValue as never });
      }),
    "eventBus must be a literal; received a token",
  ],
  ["a name", () => metaflow({ eventBus: "acme" as never }), 'eventBus must be true or false; received "acme"'],
])("%s is refused", (_, make, message) => {
  expect(make).toThrow(message);
});

test("two deployments that make one of the same name are refused", () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  for (const id of ["one", "two"]) {
    const it = new Metaflow(stack, id, { compute: false, eventBus: true, resourcePrefix: `${id}-` });
    it.eventBus?.addOverride("name", "acme");
  }
  expect(stack.node.validate()).toContainEqual(expect.stringContaining('the event bus "acme"'));
});
