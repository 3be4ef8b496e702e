import { askAws } from "../support/emulated-aws";
import { kindOf } from "../../tools/recover/kinds";
import { isFindable } from "../../tools/recover/match";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { certificate } from "../support/certificate";
import { OIDC_PROVIDER } from "../support/cluster";
import { deviations, disturb, outcome, recover, recovered } from "../support/faults";
import type { TerraformRoot } from "../support/terraform-root";

/** Makes Terraform forget all resources that the test names: in AWS they stay. */
async function forget(root: TerraformRoot, isForgotten: (address: string) => boolean): Promise<string[]> {
  const addresses = (await root.addresses()).filter((each) => !each.startsWith("data.") && isForgotten(each));
  await root.run(["state", "rm", ...addresses]);
  return addresses;
}

/** Whether a type has to be imported: what is one of several versions need not be. */
function isImported(type: string): boolean {
  const kind = kindOf(type);
  return isFindable(kind) && kind.newest === undefined;
}

const imported = (output: string) =>
  [...output.matchAll(/^ {2}([a-z0-9_]+\.[^\s:]+): /gm)].map(([, address]) => address ?? "");

describe("npm run recover brings back", () => {
  test.concurrent.each([
    [
      "one of each kind that has no other of its name, beside a web interface and a notebook",
      {},
      /^aws_(db_instance|lb|s3_bucket|iam_role|kms_key|api_gateway_(rest_api|api_key|usage_plan|usage_plan_key|vpc_link))\./,
    ],
    [
      "everything of a deployment whose state is lost, which has an Aurora cluster, parameters, an open API, a web interface and a notebook",
      {
        db_engine: "aurora-postgresql",
        db_engine_version: "16",
        db_instance_type: "db.r6g.large",
        db_parameters: { log_min_duration_statement: "500" },
        api_basic_auth: false,
        access_list_cidr_blocks: ["198.51.100.0/24"],
        resource_prefix: "acme-",
        resource_suffix: "",
      },
      /^aws_/,
    ],
  ])("%s", async (_, variables, forgotten) => {
    const root = stackRoot({ variables });
    const certificateArn = await certificate(root.account);
    const kubernetes = { oidcProviderArn: OIDC_PROVIDER };
    const ui = { certificateArn, ownUserPool: true };
    root.write(
      emulatedStack({ options: { eventBus: true, kubernetes, notebook: {}, parameterPath: "/metaflow/prod", ui } }),
    );
    await root.apply();
    const before = await outcome(root);
    expect(before.changes).toEqual([]);
    const addresses = await forget(root, (address) => forgotten.test(address));

    const output = await recovered(root);
    const recreated = addresses.filter((address) => !imported(output).includes(address));
    expect(recreated.filter((address) => isImported(address.split(".")[0] ?? ""))).toEqual([]);
    await root.apply();
    expect(deviations(before, await outcome(root), (address) => recreated.includes(address))).toEqual([]);
    expect(await recovered(root)).toMatch(/^Nothing is left unrecorded\./);
  });

  test.concurrent(
    "what was created since the state was last written to its bucket, once the lock is taken away",
    async () => {
      const root = stackRoot({}, { backend: { bucket: "state", key: "metaflow.tfstate", region: "us-west-2" } });
      const body =
        "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
      await askAws({ service: "s3", account: root.account, path: "/state", method: "PUT", body });
      // Terraform writes a state in a bucket every 20 seconds.
      const stopped = await disturb(root, "SIGKILL", { done: 0.5 });
      expect(stopped.done).toBeGreaterThan(15);

      const locked = await recover(root);
      expect(locked.code).toBe(1);
      expect(locked.output).toMatch(/Error acquiring the state lock[^]*terraform force-unlock/);
      const lock = /^\s*ID: +([\w-]{36})$/m.exec(locked.output)?.[1] ?? "";
      await root.run(["force-unlock", "-force", lock]);

      expect(imported(await recovered(root))).toContain("aws_vpc.network_this[0]");
      await root.apply();
      expect((await outcome(root)).changes).toEqual([]);
      expect(await recovered(root)).toMatch(/^Nothing is left unrecorded\./);
    },
  );
});

test.concurrent("npm run recover takes none of two that may be meant, and says which", async () => {
  const root = stackRoot();
  const target = "-target=aws_vpc.network_this[0]";
  await root.apply(target);
  await forget(root, () => true);
  await root.apply(target);
  await forget(root, () => true);
  const { code, output } = await recover(root);
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(
      /^aws_vpc\.network_this\[0\] may be any of vpc-\w+, vpc-\w+: delete those .* "terraform import 'aws_vpc\.network_this\[0\]' ID"\. Nothing was written\.\n$/,
    ),
  ]);
});

test.concurrent("npm run recover tells what was created twice because it was left out", async () => {
  const root = stackRoot();
  await root.apply("-target=aws_kms_key.datastore_s3");
  const [first] = await forget(root, () => true);
  expect(first).toBe("aws_kms_key.datastore_s3");
  await root.apply("-target=aws_kms_key.datastore_s3", "-target=aws_vpc.network_this[0]");
  const { output } = await recover(root);
  expect(output).toMatch(
    /Bears this deployment's tag, and is in no plan; delete what you do not know:\n {2}arn:aws:kms:\S+\n/,
  );
});
