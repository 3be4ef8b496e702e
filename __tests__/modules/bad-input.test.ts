import { contractOf, invalidConfigurations, validConfigurations } from "../support/bad-input/configurations";
import { unclear } from "../support/bad-input/messages";
import { inputOracle, ORACLES } from "../support/bad-input/oracles";
import { stackOf } from "../support/bad-input/plans";
import { SCALE, SEED } from "../support/bad-input/seed";

const PLACE = { account: "912345678901", region: "us-west-2" };

describe.each([...ORACLES.keys()])("%s", (module) => {
  test.each(["construct", "module"] as const)("the oracle knows every input (%s)", (face) => {
    for (const name of Object.keys(contractOf(module, face).inputs))
      expect(() => inputOracle(module, name)).not.toThrow();
  });

  test(`the construct refuses literals that AWS would refuse, naming them (seed ${String(SEED)})`, () => {
    const configurations = invalidConfigurations(module, "construct", 250 * SCALE, PLACE);
    const wrong = configurations.flatMap((configuration) => {
      const message = refusal(() => stackOf([configuration]));
      const reason = message === "" ? "it is not refused" : unclear(configuration, message);
      return reason === undefined
        ? []
        : [`${configuration.id} ${JSON.stringify(configuration.problems)}: ${reason}\n${message}`];
    });
    expect(wrong).toEqual([]);
    expect(configurations.length).toBeGreaterThanOrEqual(250 * SCALE);
  });

  test(`the construct takes literals that AWS takes (seed ${String(SEED)})`, () => {
    for (const configuration of validConfigurations(module, "construct", 250 * SCALE, PLACE)) {
      expect([configuration.given, refusal(() => stackOf([configuration]))]).toEqual([configuration.given, ""]);
    }
  });
});

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
