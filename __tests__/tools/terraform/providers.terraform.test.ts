import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { emulatedAws } from "../../support/emulated-aws";
import { terraformRoot } from "../../support/terraform-root";

const required = { random: { source: "hashicorp/random" }, archive: { source: "hashicorp/archive" } };
const terraform = { required_providers: required };

interface Password {
  readonly result: string;
  readonly bcrypt_hash: string;
}

describe("random_password", () => {
  const config = (own: object) => ({
    terraform,
    resource: { random_password: { this: { length: 24, ...own } } },
    output: { password: { value: "${random_password.this}", sensitive: true } },
  });
  const root = terraformRoot(config({}));
  const password = async () => (await root.output("password")) as Password & Record<string, unknown>;

  test("has the real one's attributes, and keeps its value", async () => {
    await root.apply();
    const { result, bcrypt_hash: hash, ...rest } = await password();
    expect(result).toMatch(/^[\w!@#$%&*()\-=+[\]{}<>:?]{24}$/);
    expect(hash).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    expect(rest).toEqual({
      id: "none",
      keepers: null,
      length: 24,
      lower: true,
      min_lower: 0,
      min_numeric: 0,
      min_special: 0,
      min_upper: 0,
      number: true,
      numeric: true,
      override_special: null,
      special: true,
      upper: true,
    });
    expect(await root.changes()).toEqual([]);
  });

  test.each([
    ["length", { length: 25 }],
    ["keepers", { keepers: { version: "2" } }],
    ["characters", { override_special: "!", min_special: 2, numeric: false }],
    ["defaults that come back", {}],
  ])("is replaced with another %s", async (_, own) => {
    root.write(config(own));
    expect(await root.changes()).toEqual(["random_password.this: delete+create"]);
    await root.apply();
    expect(await root.changes()).toEqual([]);
  });

  test("has the characters that are asked for", async () => {
    root.write(config({ override_special: "#", lower: false, upper: false, min_special: 20, min_numeric: 4 }));
    await root.apply();
    const { result, numeric, number } = await password();
    expect(result).toMatch(/^[#\d]{24}$/);
    expect(result.replaceAll(/\d/g, "").length).toBe(20);
    expect([numeric, number]).toEqual([true, true]);
  });

  test.each([
    [{ length: 0 }, /at least 1/],
    [{ length: 3, min_upper: 2, min_lower: 2 }, /at least sum of min_upper/],
    [{ special: false, upper: false, lower: false, numeric: false }, /At least one attribute out of/],
  ])("refuses %j", async (own, message) => {
    const wrong = terraformRoot(config(own));
    await expect(wrong.validate()).rejects.toThrow(message);
  });
});

test("random_pet makes a name of as many words as asked for", async () => {
  const pets = { two: {}, one: { length: 1 }, four: { length: 4, prefix: "cat", separator: "_" } };
  const value = Object.fromEntries(Object.keys(pets).map((name) => [name, `\${random_pet.${name}.id}`]));
  const root = terraformRoot({ terraform, resource: { random_pet: pets }, output: { names: { value } } });
  await root.apply();
  expect(await root.output("names")).toEqual({
    two: expect.stringMatching(/^[a-z]+-[a-z]+$/),
    one: expect.stringMatching(/^[a-z]+$/),
    four: expect.stringMatching(/^cat_[a-z]+_[a-z]+_[a-z]+_[a-z]+$/),
  });
  expect(await root.changes()).toEqual([]);
});

describe("archive_file", () => {
  const sources = [
    { filename: "index.py", content: "x = 1\n" },
    { filename: "lib/é.txt", content: "é" },
  ];
  const files = {
    texts: { source: sources },
    again: { source: [...sources].reverse() },
    one: { source_content: "x", source_content_filename: "only.txt" },
    file: { source_file: "code/index.py" },
    folder: { source_dir: "code", excludes: ["**/*.pyc", "tests"], output_file_mode: "0644" },
  };
  const config = (archives: Record<string, object>) => ({
    terraform,
    data: {
      archive_file: Object.fromEntries(
        Object.entries(archives).map(([name, own]) => [name, { type: "zip", output_path: `out/${name}.zip`, ...own }]),
      ),
    },
    output: Object.fromEntries(Object.keys(archives).map((name) => [name, { value: `\${data.archive_file.${name}}` }])),
  });
  const code = {
    "code/index.py": "import lib\n",
    "code/lib/a.py": "a = 1\n",
    "code/lib/a.pyc": "?",
    "code/tests/test_a.py": "",
  };
  const root = terraformRoot(config(files), { files: code });
  const output = async (name: string) => (await root.output(name)) as Record<string, unknown>;
  const zip = (name: string) => fs.readFileSync(path.join(root.folder, "out", `${name}.zip`));

  test("gives the hashes and the size of what it writes, the same every time", async () => {
    await root.apply();
    const content = zip("texts");
    const hash = (name: string, encoding: "hex" | "base64" = "hex") =>
      createHash(name).update(content).digest(encoding);
    expect(await output("texts")).toMatchObject({
      id: hash("sha1"),
      output_size: content.length,
      output_md5: hash("md5"),
      output_sha: hash("sha1"),
      output_sha256: hash("sha256"),
      output_base64sha256: hash("sha256", "base64"),
      output_sha512: hash("sha512"),
      output_base64sha512: hash("sha512", "base64"),
    });
    expect(zip("again")).toEqual(content);
    await root.apply();
    expect(zip("texts")).toEqual(content);
    expect(await root.changes()).toEqual([]);
  });

  test("packs a folder without what is excluded", () => {
    const names = (name: string) => {
      const { stdout } = spawnSync("python3", ["-m", "zipfile", "-l", path.join(root.folder, "out", `${name}.zip`)], {
        encoding: "utf8",
      });
      return stdout
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(/\s/)[0]);
    };
    expect(names("folder")).toEqual(["index.py", "lib/a.py"]);
    expect(names("file")).toEqual(["index.py"]);
    expect(names("one")).toEqual(["only.txt"]);
  });

  test.each([
    [{}, /At least one of these attributes must be configured|Missing Attribute Configuration/],
    [{ source_file: "a", source_dir: "b" }, /cannot be specified when|Invalid Attribute Combination/],
    [{ source_dir: "nowhere" }, /could not archive missing directory: nowhere/],
    [{ source_file: "nowhere.py" }, /could not archive missing file: nowhere\.py/],
  ])("refuses %j", async (own, message) => {
    const wrong = terraformRoot(config({ wrong: own }));
    await expect(wrong.plan()).rejects.toThrow(message);
  });
});

test("where a registry answers there are no stand-ins", () => {
  const { standIns, cliConfig } = emulatedAws();
  const offline = path.basename(cliConfig) === "offline.tfrc";
  expect(standIns.length > 0).toBe(offline);
});
