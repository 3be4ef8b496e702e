import { setTimeout as sleep } from "node:timers/promises";
import { askAws } from "../support/emulated-aws";
import { recover } from "../support/faults";
import { terraformRoot, type TerraformRoot } from "../support/terraform-root";

/** A root with its state in a bucket, as the stack keeps it, whose apply takes long enough to come between. */
async function sharedRoot(seconds: number): Promise<TerraformRoot> {
  const backend = { bucket: "state", key: "metaflow.tfstate", region: "us-west-2", encrypt: true, use_lockfile: true };
  const root = terraformRoot({
    terraform: { backend: { s3: { ...backend, use_path_style: true } } },
    resource: {
      aws_cloudwatch_log_group: { this: { name: "shared", tags: { of: "all" } } },
      terraform_data: {
        slow: {
          depends_on: ["aws_cloudwatch_log_group.this"],
          provisioner: { "local-exec": { command: `sleep ${String(seconds)}` } },
        },
      },
    },
  });
  const body =
    "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
  await askAws({ service: "s3", account: root.account, path: "/state", method: "PUT", body });
  await root.init();
  return root;
}

const APPLY = ["apply", "-auto-approve", "-no-color"];

/** Starts an apply and waits until it is at work. */
async function begun(root: TerraformRoot) {
  let started: (() => void) | undefined;
  const working = new Promise<void>((resolve) => (started = resolve));
  const run = root.start(APPLY, (line) => {
    if (line.startsWith("terraform_data.slow: Creating")) started?.();
  });
  await working;
  return run;
}

const lockFile = (root: TerraformRoot) =>
  askAws({ service: "s3", account: root.account, path: "/state/metaflow.tfstate.tflock" });

test.concurrent("of two applies at once the second is refused by the lock, and the state stays whole", async () => {
  const root = await sharedRoot(15);
  const first = await begun(root);
  const second = await root.run(APPLY, [1]);
  expect(second.stderr).toMatch(/Error acquiring the state lock[^]*PreconditionFailed/);
  expect((await recover(root)).output).toMatch(/Error acquiring the state lock/);
  expect((await first.result).code).toBe(0);
  expect((await root.addresses()).sort()).toEqual(["aws_cloudwatch_log_group.this", "terraform_data.slow"]);
  expect((await lockFile(root)).status).toBe(404);
  expect(await root.changes()).toEqual([]);
});

test.concurrent("a lock that a killed apply has left is taken away by force-unlock", async () => {
  const root = await sharedRoot(3600);
  const { child, result } = await begun(root);
  await sleep(500);
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await result;
  expect((await lockFile(root)).status).toBe(200);

  const refused = await recover(root);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/If it was killed, take the lock away first: "terraform force-unlock LOCK_ID"/);
  const id = /^\s*ID: +([\w-]{36})$/m.exec(refused.output)?.[1] ?? "";
  await root.run(["force-unlock", "-force", id]);

  // The log group was created, and no state says so.
  expect((await root.run(["state", "list"], [1])).stderr).toContain("No state file was found");
  const { code, output } = await recover(root);
  expect([code, output]).toEqual([0, expect.stringContaining("aws_cloudwatch_log_group.this: shared")]);
  expect(await root.changes()).toEqual(["terraform_data.slow: create"]);
});
