import { propertyAccess, TerraformIterator, TerraformOutput } from "cdktf";
import { RootConstruct } from "constructs";
import { PortableStack, type Configuration } from "../../lib/synth/stack";
import { CommonModule } from "../../modules/common/generated/call";
import { Datastore, type DatastoreInputs } from "../../modules/datastore";
import { DatastoreModule } from "../../modules/datastore/generated/call";
import { MetadataService } from "../../modules/metadata-service";
import { MetadataServiceModule } from "../../modules/metadata-service/generated/call";
import { differences } from "../../tools/parity/differences";
import { plannedValues, type PlanJson } from "../../tools/parity/values";
import { publishedFiles } from "../support/published";
import { DATASTORE, METADATA_SERVICE, TRICKY } from "../support/samples";
import { terraformRoot } from "../support/terraform-root";

const datastore: DatastoreInputs = {
  ...DATASTORE,
  dbEngineVersion: "16",
  dbParameters: { log_line_prefix: TRICKY },
  bucketKeyEnabled: true,
};

function configuration(build: (stack: PortableStack) => void): Configuration {
  const stack = new PortableStack(new RootConstruct(), "stack", { providers: {} });
  build(stack);
  return stack.toTerraform() as Configuration;
}

test.each([
  {
    name: "datastore",
    construct: (stack: PortableStack) => void new Datastore(stack, "Default", datastore),
    call: (stack: PortableStack, source: string) => void new DatastoreModule(stack, "called", { ...datastore, source }),
  },
  {
    name: "metadata-service",
    construct: (stack: PortableStack) => void new MetadataService(stack, "Default", METADATA_SERVICE),
    call: (stack: PortableStack, source: string) =>
      void new MetadataServiceModule(stack, "called", { ...METADATA_SERVICE, source }),
  },
])("$name, called through its class, plans what the construct does", async ({ name, construct, call }) => {
  const root = configuration((stack) => {
    call(stack, `./modules/${name}`);
  });
  const { plan } = await planned(
    { ...root, module: { ...root.module, constructed: { source: "./of-construct" } } },
    { "of-construct/main.tf.json": JSON.stringify(configuration(construct)) },
  );
  const ofCall = plannedValues(plan, "called", { [`modules/${name}`]: "${path.module}" });
  const ofConstruct = plannedValues(plan, "constructed", { "of-construct": "${path.module}" });
  expect(Object.keys(ofCall.resources).length).toBeGreaterThan(9);
  expect(differences(ofConstruct, ofCall)).toEqual([]);
});

test("the outputs of calls are inputs of others, and each instance of a call has its own", async () => {
  const { plan, addresses } = await planned(
    configuration((stack) => {
      const images = new CommonModule(stack, "images", { source: "./modules/common" });
      const names = TerraformIterator.fromList(["east", "west"]);
      const stores = new DatastoreModule(stack, "stores", {
        ...datastore,
        source: "./modules/datastore",
        resourceSuffix: `-${names.value as string}`,
        standardTags: { image: images.defaultMetadataServiceContainerImage },
        forEach: names,
      });
      new TerraformOutput(stack, "east", { value: propertyAccess(stores.fqn, ["east", "s3_bucket_name"]) });
    }),
  );
  expect(addresses).toEqual(
    expect.arrayContaining(['module.stores["east"].aws_s3_bucket.this', 'module.stores["west"].aws_s3_bucket.this']),
  );
  expect(
    plannedValues(plan, 'stores["west"]', { "modules/datastore": "${path.module}" }).resources["aws_s3_bucket.this"],
  ).toMatchObject({
    bucket: "metaflow-s3-west",
    tags: { image: "netflixoss/metaflow_metadata_service:v2.3.0", Metaflow: "true" },
  });
  expect(plan.output_changes?.east?.after).toBe("metaflow-s3-east");
});

async function planned(
  root: Configuration,
  files: Record<string, string> = {},
): Promise<{ plan: PlanJson; addresses: string[] }> {
  const plan = (await terraformRoot(root, {
    files: { ...publishedFiles(), ...files },
  }).plan()) as unknown as PlanJson;
  return { plan, addresses: plan.resource_changes?.map(({ address }) => address) ?? [] };
}
