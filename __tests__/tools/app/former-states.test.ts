import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkFormerStates, type Kept } from "../../../tools/app/former-states";

let folder: string;
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaflow-test-"));
  said = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const USED = JSON.stringify({ version: 4, serial: 1, resources: [{ mode: "managed", type: "aws_vpc" }] });
const FORMER = join("cdktf.out", "stacks", "metaflow", "terraform.tfstate");
const BESIDE = "terraform.metaflow.tfstate";

function place(file: string, text = USED): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const inFile = (name: string): Kept => ({ name, file: `terraform.${name}.tfstate`, isInS3: false });
const inS3 = (name: string): Kept => ({ name, file: undefined, isInS3: true });

/** What is said of the states, whether they are refused or not. */
function check(...stacks: Kept[]): string {
  said = [];
  try {
    checkFormerStates(folder, "cdktf.out", stacks);
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
  return said.join("");
}

test("nothing is said of a state that is where it belongs", () => {
  place(BESIDE);
  place("terraform.metaflow.tfstate.backup");
  place(join("cdktf.out", "stacks", "metaflow", ".terraform", "terraform.tfstate"));
  expect(check(inFile("metaflow"))).toBe("");
});

test("the command that moves a state out of the output folder is shown, and works", () => {
  place(FORMER);
  const [, command = ""] =
    /^The state of metaflow moves out of the output folder: (.+)\n$/.exec(check(inFile("metaflow"))) ?? [];
  expect(command).toBe(`mv -n ${FORMER} ${BESIDE}`);
  spawnSync("sh", ["-c", command], { cwd: folder });
  expect(check(inFile("metaflow"))).toBe("");
  expect(readFileSync(join(folder, BESIDE), "utf8")).toBe(USED);
});

test("of two states of a stack neither is chosen", () => {
  place(FORMER);
  place(BESIDE);
  expect(check(inFile("metaflow"))).toBe(
    `${FORMER} has resources, and the state of metaflow is ${BESIDE}. Delete the one that is out of date.\n`,
  );
});

test.each([FORMER, BESIDE])("where a bucket has the state now, the command that moves it from %s is shown", (file) => {
  place(file);
  expect(check(inS3("metaflow"))).toBe(
    `${file} has resources, and the state of metaflow is in S3 now. ` +
      "If it is not moved yet: npx cdktf deploy metaflow --migrate-state. Then delete the file (docs/environments.md).\n",
  );
});

test("the state of a workspace stays where Terraform has it", () => {
  place(join(dirname(FORMER), "terraform.tfstate.d", "eu", "terraform.tfstate"));
  expect(check(inFile("metaflow"))).toBe("");
});

test.each([FORMER, BESIDE, join(dirname(FORMER), "terraform.tfstate.d", "eu", "terraform.tfstate")])(
  "the state of a stack that is no more, %s, is refused until it is given to another",
  (file) => {
    place(file);
    const environments = [inFile("dev"), inFile("prod")];
    expect(check(...environments)).toBe(
      `refused: ${file} is the state of the deployment metaflow, and cdktf.json has dev, prod only.\n` +
        `If one of them is the same deployment: mv -n ${file} terraform.NAME.tfstate\n` +
        "Otherwise name it in cdktf.json again, or destroy it first (docs/environments.md).",
    );
    expect(check(inFile("prod"))).toContain(`mv -n ${file} terraform.prod.tfstate\n`);
    renameSync(join(folder, file), join(folder, "terraform.prod.tfstate"));
    expect(check(...environments)).toBe("");
  },
);

test.each([
  ["is empty, as Terraform leaves one that it has moved", "", false],
  ["is of what is destroyed", JSON.stringify({ version: 4, resources: [] }), false],
  ["has data sources alone", JSON.stringify({ version: 4, resources: [{ mode: "data" }] }), false],
  ["is half-written", USED.slice(0, 40), true],
])("a state that %s is in use: %#", (_, text, isInUse) => {
  place(BESIDE, text);
  expect(check(inFile("prod")).startsWith("refused")).toBe(isInUse);
});
