import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformVariable } from "cdktf";
import { Datastore } from "../../modules/datastore";
import { DATASTORE } from "../support/samples";
import { synthesized } from "../support/synth";
import { terraformRoot } from "../support/terraform-root";

/** A datastore in a network of its own, whose user is a variable; another user is another database. */
function datastoreConfiguration(engine: string) {
  return synthesized((stack) => {
    const user = new TerraformVariable(stack, "user", {});
    user.overrideLogicalId("user");
    const { id: vpcId } = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = (zone: string, cidrBlock: string) =>
      new Subnet(stack, zone, { vpcId, cidrBlock, availabilityZone: `us-west-2${zone}` }).id;
    new Datastore(stack, "datastore", {
      ...DATASTORE,
      dbEngine: engine,
      dbEngineVersion: "17",
      dbInstanceType: "db.r6g.large",
      dbUsername: user.stringValue,
      forceDestroyS3Bucket: true,
      metadataServiceSecurityGroupId: new SecurityGroup(stack, "service", { vpcId }).id,
      metaflowVpcId: vpcId,
      subnet1Id: subnet("a", "10.0.0.0/24"),
      subnet2Id: subnet("b", "10.0.1.0/24"),
      renewSnapshotName: true,
    });
  });
}

interface State {
  readonly values: {
    readonly root_module: { readonly resources: { type: string; values: Record<string, unknown> }[] };
  };
}

test.concurrent.each([
  ["postgres", "aws_db_instance"],
  ["aurora-postgresql", "aws_rds_cluster"],
])(
  "%s: a database that was replaced is replaced and destroyed again, each time with a snapshot of its own",
  async (engine, type) => {
    const root = terraformRoot({ ...datastoreConfiguration(engine) });
    const names = new Set<unknown>();
    for (const user of ["first", "second", "third"]) {
      await root.apply(`-var=user=${user}`);
      const { resources } = ((await root.state()) as State).values.root_module;
      names.add(resources.find((each) => each.type === type)?.values.final_snapshot_identifier);
    }
    await root.destroy("-var=user=third");
    expect(names.size).toBe(3);
    expect(await root.addresses()).toEqual([]);
  },
);
