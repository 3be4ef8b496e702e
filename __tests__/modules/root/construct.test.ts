import { Root, type RootProps } from "../../../modules/root";
import { rootModule } from "../../../modules/root/module";
import { addresses, synthesized, type Configuration } from "../../support/synth";
import { ROOT } from "./sample";

const root = (props: Partial<RootProps> = {}): Configuration =>
  synthesized((stack) => new Root(stack, "it", { ...ROOT, ...props }));

test.each<[string, Partial<RootProps>, string]>([
  ["a queue without a name", { resourcePrefix: "", resourceSuffix: "dev" }, "The name of the job queue"],
  ["a load balancer's name over 32 characters", { resourcePrefix: "a".repeat(30) }, "The name of the load balancer"],
  [
    "an ECR repository with a capital, where there is one",
    { resourceSuffix: "Dev", enableCustomBatchContainerRegistry: true },
    "The name of the ECR repository",
  ],
])("refuses %s", (_, props, message) => {
  expect(() => root(props)).toThrow(message);
});

test("as a construct it has the resources of the modules that its published form calls, each below the call's name", () => {
  const { module = {} } = rootModule.configuration();
  const calls = Object.keys(module).filter((call) => call !== "metaflow-common");
  const all = addresses(root());
  for (const call of calls) expect(all.filter((address) => address.includes(`it_${call}_`)).length).toBeGreaterThan(8);
});
