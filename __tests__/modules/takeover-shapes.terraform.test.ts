import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkTakeover } from "../../tools/parity/takeover";
import { publish } from "../../tools/publish/publish";
import { project } from "../support/app-folder";
import { emulatedAws } from "../support/emulated-aws";
import { withAttachedProvider } from "../support/terraform-root";

const takeover = join(project, "__tests__", "fixtures", "parity", "takeover");
const folder = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-test-"));

beforeAll(() => {
  publish(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What `npm run parity -- check-takeover` says of a shape: its plan, the plans of later changes, and edits of the state. */
async function said(shape: string): Promise<string> {
  const lines: string[] = [];
  const tools = { ...emulatedAws(), adapt: withAttachedProvider };
  await checkTakeover({ modules: { folder, isReference: false }, takeover, names: [shape] }, tools, (line) =>
    lines.push(line),
  );
  return lines.join("\n");
}

// The other shapes are of datastore and metadata-service alone: takeover.terraform.test.ts plans them, and in the app, too.
test.each(["compute-and-step-functions", "reference-root"])(
  "%s: nothing changes but the Lambda's code, and later changes plan what the reference plans",
  async (shape) => {
    expect(await said(shape)).toBe(`${shape}: nothing would change`);
  },
);

test("a difference is told by its address", async () => {
  const file = join(folder, "computation", "main.tf.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("BEST_FIT", "BEST_FIT_PROGRESSIVE"));
  expect(readFileSync(file, "utf8")).not.toBe(text);
  expect(await said("compute-and-step-functions")).toContain("aws_batch_compute_environment.this: ");
});
