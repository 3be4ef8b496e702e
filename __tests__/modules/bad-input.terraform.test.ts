import { invalidConfigurations, validConfigurations, type Configuration } from "../support/bad-input/configurations";
import { unclear } from "../support/bad-input/messages";
import type { Face } from "../support/bad-input/oracle";
import { ORACLES } from "../support/bad-input/oracles";
import { planned, refused } from "../support/bad-input/plans";
import { SCALE, SEED } from "../support/bad-input/seed";

const PLACE = { account: "912345678901", region: "us-west-2" };

/** How many configurations one plan has: Terraform's graph takes more than twice the time for twice as many. */
const AT_ONCE = 30;

/** The same of the app's stack, of which each has a hundred resources. */
const STACKS_AT_ONCE = 13;

function batches(configurations: readonly Configuration[]): Configuration[][] {
  const count = Math.ceil(
    configurations.length / (configurations[0]?.module === "metaflow" ? STACKS_AT_ONCE : AT_ONCE),
  );
  return Array.from({ length: count }, (_, index) => configurations.filter((_, place) => place % count === index));
}

describe(`with the seed ${String(SEED)}`, () => {
  test.each(
    [...ORACLES].flatMap(([module, { counts }]): [string, Face, number][] => [
      [module, "construct", counts.construct],
      [module, "module", counts.module],
    ]),
  )(
    "%s as a %s: %d configurations that AWS takes plan, with every value as it was given",
    async (module, face, count) => {
      const configurations = validConfigurations(module, face, Math.ceil(count * SCALE), PLACE);
      expect(configurations).toHaveLength(Math.ceil(count * SCALE));
      for (const batch of batches(configurations)) expect(await planned(batch, PLACE)).toEqual([]);
    },
  );

  test.each([...ORACLES].map(([module, { counts }]): [string, number] => [module, counts.refused]))(
    "%s as a module: %d configurations that AWS would refuse are refused, with their inputs' names",
    async (module, count) => {
      const configurations = invalidConfigurations(module, "module", Math.ceil(count * SCALE), PLACE);
      for (const batch of batches(configurations)) {
        const messages = await refused(batch, PLACE);
        const wrong = batch.flatMap((configuration) => {
          const own = messages.get(configuration.id) ?? [];
          const reasons =
            own.length === 0 ? ["it is not refused"] : own.map(({ text }) => unclear(configuration, text));
          const isSeen = reasons.includes(undefined);
          // One message says all; of the others, each that is not the provider's names an input that is to blame.
          const worst = reasons.filter(
            (reason, index) =>
              reason !== undefined && (!isSeen || (reason.startsWith("it names none") && !own[index]?.isOfProvider)),
          );
          const texts = own.map(({ text }) => text);
          return worst.length === 0
            ? []
            : [[configuration.id, JSON.stringify(configuration.problems), ...worst, ...texts].join("\n")];
        });
        expect(wrong).toEqual([]);
        expect([...messages.keys()].filter((id) => !batch.some((configuration) => configuration.id === id))).toEqual(
          [],
        );
      }
    },
  );
});
