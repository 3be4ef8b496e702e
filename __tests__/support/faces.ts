import { TerraformStack } from "cdktf";
import { RootConstruct, type Construct } from "constructs";
import { declareVariables } from "../../lib/contract/variables";
import { Metaflow, type MetaflowOptions } from "../../modules/metaflow";
import { MetaflowStack, type MetaflowStackProps } from "../../modules/metaflow/stack";
import { modules } from "../../tools/modules";
import { publishedFiles } from "./published";

/** What the project emits, by what it is: each form of each module, with inputs that are literals and variables. */
export function faces(): Readonly<Record<string, object>> {
  const stack = (props?: MetaflowStackProps) =>
    new MetaflowStack(new RootConstruct(), "metaflow", props).toTerraform() as object;
  const published = Object.entries(publishedFiles()).filter(([path]) => path.endsWith("/main.tf.json"));
  const literals = new TerraformStack(new RootConstruct(), "stack");
  new Metaflow(literals, "it", {
    resourcePrefix: "metaflow-",
    resourceSuffix: "-dev",
    computeEnvironments: ENVIRONMENTS,
  });
  return {
    "the app's stack": stack(),
    "the app's stack with a write-only password": stack({ options: { databasePasswordMode: "write-only" } }),
    "the app's stack after a takeover": stack({ movedFrom: { datastore: "module.a", metadataService: "module.b" } }),
    "the app's stack with further environments": stack({ options: { computeEnvironments: ENVIRONMENTS } }),
    "Metaflow of literals": literals.toTerraform() as object,
    ...Object.fromEntries(
      [...modules().values()].map((module) => {
        const { contract, construct } = module as typeof module & { readonly construct: ConstructClass };
        const own = new TerraformStack(new RootConstruct(), "stack");
        new construct(own, "it", declareVariables(own, contract));
        return [`the construct ${contract.construct}`, own.toTerraform() as object];
      }),
    ),
    ...Object.fromEntries(
      published.map(([path, text]) => [`the published module ${path.split("/")[1] ?? ""}`, JSON.parse(text) as object]),
    ),
  };
}

type ConstructClass = new (scope: Construct, id: string, props: object) => Construct;

const ENVIRONMENTS: MetaflowOptions["computeEnvironments"] = {
  gpu: { type: "SPOT", instanceTypes: ["g5.xlarge"], minVcpus: 0, maxVcpus: 8, volumeSize: 100, fallback: true },
  small: { type: "FARGATE_SPOT", fallback: true },
};
