import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformName } from "../../lib/contract/contract";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { project } from "../support/app-folder";
import { fixture } from "../support/fixtures";

// The tables of the guide have every name of the CloudFormation template, and name nothing that there is not.

const { parameters, outputs } = fixture<{ parameters: string[]; outputs: string[] }>("cloudformation/names.json");
const guide = readFileSync(join(project, "docs", "migrate-from-cloudformation.md"), "utf8");

/** The rows of the table below a heading. */
function rows(heading: string): [string, string][] {
  const section = new RegExp(`^## ${heading}$(.*?)^## `, "ms").exec(guide)?.[1] ?? "";
  return [...section.matchAll(/^\| `(\w+)` \| *(.*?) *\|$/gm)].map(([, name = "", text = ""]) => [name, text]);
}

test.each<[heading: string, names: readonly string[]]>([
  ["Parameters", parameters],
  ["Outputs", outputs],
])("the table of %s has each name of the template, and says something of it", (heading, names) => {
  const table = rows(heading);
  expect(table.map(([name]) => name)).toEqual(names);
  expect(table.filter(([, text]) => text.length < 5)).toEqual([]);
  expect(names.length).toBeGreaterThan(15);
});

const settings = Object.keys(stackContract.inputs).map(terraformName);
const results = Object.keys(stackContract.outputs).map(terraformName);
const options = Object.entries(stackContract.options.options.fields).flatMap(([name, option]) => [
  name,
  ...("fields" in option ? Object.keys(option.fields) : []),
]);
/** Words of AWS's and of the template's, and a name that is made of settings. */
const OTHERS = ["ec2", "fargate", "FARGATE", "metaflow-database-password-prod"];

test.each([...rows("Parameters"), ...rows("Outputs")])("what stands for %s exists: %s", (_, text) => {
  const named = [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  const known = [...settings, ...results, ...options, ...OTHERS];
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
