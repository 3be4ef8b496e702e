import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { Datastore, type DatastoreProps } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { synthesized } from "../support/synth";

const BEFORE: DatastoreProps = { ...DATASTORE, metadataServiceSecurityGroupId: undefined };

test("a datastore is made before the service that it admits", () => {
  const { resource } = synthesized((stack) => {
    const datastore = new Datastore(stack, "datastore", BEFORE);
    const { databasePassword, databaseUsername, rdsMasterInstanceEndpoint } = datastore;
    const service = new MetadataService(stack, "service", {
      ...METADATA_SERVICE,
      databasePassword,
      databaseUsername,
      rdsMasterInstanceEndpoint,
    });
    datastore.allowFrom(service);
  });
  expect(resource?.aws_security_group?.datastore_rds_security_group?.ingress).toMatchObject([
    { from_port: 5432, security_groups: ["${aws_security_group.service_metadata_service_security_group.id}"] },
  ]);
});

test("one that admits nobody is refused", () => {
  const outdir = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-nobody-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  new Datastore(stack, "datastore", BEFORE);
  expect(() => app.synth()).toThrow(
    /metadataServiceSecurityGroupId .* is required: give it, or call allowFrom\(service\)/,
  );
  rmSync(outdir, { recursive: true });
  expect(() => stack.toTerraform()).toThrow("Datastore at stack/datastore: metadataServiceSecurityGroupId");
});

test.each(["given", "admitted"])("one that has a service %s admits no other", (how) => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  const datastore = new Datastore(stack, "datastore", how === "given" ? DATASTORE : BEFORE);
  const service = { metadataServiceSecurityGroupId: "sg-0a1b2c3d" };
  if (how === "admitted") datastore.allowFrom(service);
  expect(() => {
    datastore.allowFrom(service);
  }).toThrow("stack/datastore.allowFrom: a metadata service is admitted already");
});
