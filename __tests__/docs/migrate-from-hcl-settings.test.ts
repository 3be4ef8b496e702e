import { terraformName, type Contract, type Input } from "../../lib/contract/contract";
import { datastoreContract } from "../../modules/datastore/contract";
import { metadataServiceContract } from "../../modules/metadata-service/contract";
import { metaflowContract } from "../../modules/metaflow/contract";
import { ownOptions } from "../../modules/metaflow/own-options";
import { OPTIONS, SWITCHES } from "../support/takeover-guide";

const appInputs: Readonly<Record<string, Input | undefined>> = metaflowContract.inputs;

/** Settings that matter only where another one or an option is on, a network is made or a password changed. */
const WITHOUT_EFFECT = new Set([
  "computeEnvironmentMaxVcpus",
  "computeEnvironmentVolumeSize",
  "enableStepFunctions",
  "stepFunctionsExecutionLogs",
  "autoMinorVersionUpgrade",
  "databasePasswordVersion",
  "flowLogs",
  "noncurrentVersionDays",
]);

describe("the settings of docs/migrate-from-hcl.md", () => {
  const modules: readonly Contract[] = [datastoreContract, metadataServiceContract];

  test("are those whose defaults in the app are not the modules', and those that switch something on", () => {
    const differ = modules.flatMap(({ inputs }) =>
      Object.entries<Input>(inputs)
        .map(([name, input]) => [name === "metaflowVpcId" ? "vpcId" : name, input] as const)
        .filter(([name, input]) => JSON.stringify(appInputs[name]?.default) !== JSON.stringify(input.default))
        .flatMap(([name]) => (name in appInputs ? name : [])),
    );
    const switches = Object.entries(appInputs)
      .filter(([name, input]) => modules.every(({ inputs }) => !(name in inputs)) && Boolean(input?.default))
      .filter(([name, input]) => ["bool", "number"].includes(input?.type ?? "") && !WITHOUT_EFFECT.has(name))
      .map(([name]) => name);
    // The region is the provider's in a root; an empty name of the bucket does not mean the same in both.
    const expected = new Set([...differ, ...switches, "awsRegion", "s3BucketName"].map(terraformName));
    expect(Object.keys(SWITCHES)).toEqual([...expected].sort());
    expect(switches.map((name) => SWITCHES[terraformName(name)]).filter(Boolean)).toEqual([]);
  });

  test("have the modules' defaults", () => {
    const defaults = modules.flatMap(({ inputs }) => Object.entries<Input>(inputs));
    for (const [name, input] of defaults) {
      const value = SWITCHES[terraformName(name)];
      if (value === undefined || input.default === undefined || name === "s3BucketName") continue;
      expect([name, value]).toEqual([name, input.default]);
    }
  });

  test("go with options of which each is off", () => {
    const switches = Object.entries(metaflowContract.options).filter(
      ([name, option]) => "default" in option && option.default !== false && !(name in ownOptions),
    );
    expect(Object.keys(OPTIONS)).toEqual(switches.map(([name]) => name));
    expect(new Set(Object.values(OPTIONS))).toEqual(new Set([false, "environment"]));
  });
});
