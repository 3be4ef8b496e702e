import { RootConstruct } from "constructs";
import { terraformName, type Contract, type Input } from "../../lib/contract/contract";
import { PortableStack, type Configuration } from "../../lib/synth/stack";
import { declareVariables } from "../../lib/contract/variables";
import { Datastore, type DatastoreProps } from "../../modules/datastore";
import { datastoreContract } from "../../modules/datastore/contract";
import { MetadataService, type MetadataServiceProps } from "../../modules/metadata-service";
import { metadataServiceContract } from "../../modules/metadata-service/contract";
import { differences } from "../../tools/parity/differences";
import { plannedValues, type PlanJson } from "../../tools/parity/values";
import { DATASTORE, METADATA_SERVICE, TRICKY } from "../support/samples";
import { terraformRoot } from "../support/terraform-root";

const datastore: DatastoreProps = {
  ...DATASTORE,
  dbEngineVersion: "16",
  dbParameters: { log_min_duration_statement: "500", log_line_prefix: TRICKY },
  maintenanceWindow: "Mon:00:00-Mon:03:00",
  bucketKeyEnabled: true,
};

const service: MetadataServiceProps = {
  ...METADATA_SERVICE,
  apiBasicAuth: false,
  dbMigrateLambdaRuntime: "python3.13",
  ecsClusterSettings: { containerInsights: "enabled" },
  metadataServiceContainerImage: "registry.example.com/metadata:1",
};

/** A configuration with modules of it, each planned from literals and from variables of the same values. */
function configuration(build: (stack: PortableStack) => void): Configuration {
  const stack = new PortableStack(new RootConstruct(), "stack", { providers: {} });
  build(stack);
  return stack.toTerraform() as Configuration;
}

function variables(contract: Contract, props: object): Record<string, unknown> {
  const given = props as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(contract.inputs)
      .filter((name) => given[name] !== undefined)
      .map((name) => [terraformName(name), given[name]]),
  );
}

test.each([
  {
    name: "Datastore",
    contract: datastoreContract,
    props: datastore,
    build: (stack: PortableStack, id: string, props: object) => new Datastore(stack, id, props as DatastoreProps),
  },
  {
    name: "MetadataService",
    contract: metadataServiceContract,
    props: service,
    build: (stack: PortableStack, id: string, props: object) =>
      new MetadataService(stack, id, props as MetadataServiceProps),
  },
])("$name plans the same from literals as from variables", async ({ contract, props, build }) => {
  const literal = configuration((stack) => build(stack, "Default", props));
  const variable = configuration((stack) => build(stack, "Default", declareVariables(stack, contract as Contract)));
  const call = (folder: string, inputs = {}) => ({ source: `./${folder}`, ...inputs });
  const root = terraformRoot(
    {
      module: {
        literal: call("of-literals"),
        // What stands in a root's JSON is a template; a module's variables have to get the values themselves.
        variable: call("of-variables", {
          ...Object.fromEntries(
            Object.keys(variables(contract as Contract, props)).map((key) => [key, `\${var.${key}}`]),
          ),
        }),
      },
      variable: Object.fromEntries(
        Object.entries<Input>(contract.inputs).map(([key, { type }]) => [terraformName(key), { type, default: null }]),
      ),
    },
    {
      files: {
        "of-literals/main.tf.json": JSON.stringify(literal),
        "of-variables/main.tf.json": JSON.stringify(variable),
      },
      variables: variables(contract as Contract, props),
    },
  );
  const plan = (await root.plan()) as unknown as PlanJson;
  const [fromLiterals, fromVariables] = [
    plannedValues(plan, "literal", { "of-literals": "${path.module}" }),
    plannedValues(plan, "variable", { "of-variables": "${path.module}" }),
  ];
  expect(Object.keys(fromLiterals.resources).length).toBeGreaterThan(9);
  expect(differences(fromLiterals, fromVariables)).toEqual([]);
});
