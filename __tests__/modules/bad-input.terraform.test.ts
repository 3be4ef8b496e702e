import { batches } from "../support/batches";
import { invalidConfigurations, validConfigurations, type Configuration } from "../support/bad-input/configurations";
import { unclear } from "../support/bad-input/messages";
import type { Face } from "../support/bad-input/oracle";
import { ORACLES } from "../support/bad-input/oracles";
import { planned, refused } from "../support/bad-input/plans";
import { SCALE, SEED } from "../support/bad-input/seed";
import { grouped, groupOfOne, type Group } from "../support/bad-input/together";

const PLACE = { account: "912345678901", region: "us-west-2" };

/** How many configurations one plan has: Terraform's graph takes more than twice the time for twice as many. */
const AT_ONCE = 30;

/** The same of the app's stack, of which each has a hundred resources. */
const STACKS_AT_ONCE = 13;

/** How many configurations of a module one plan has. */
const atOnce = (module: string) => (module === "metaflow" ? STACKS_AT_ONCE : AT_ONCE);

/** A configuration that no message is clear about, and the messages. */
interface Hidden {
  readonly configuration: Configuration;
  readonly texts: readonly string[];
}

/** Plans groups of configurations. @returns what is wrong with the messages, and the members that none is clear about */
async function judged(groups: readonly Group[]): Promise<{ wrong: string[]; hidden: Hidden[] }> {
  const messages = await refused(
    groups.map(({ configuration }) => configuration),
    PLACE,
  );
  const ids = new Set(groups.map(({ configuration }) => configuration.id));
  const strangers = [...messages.keys()].filter((id) => !ids.has(id)).map((id) => `${id} is refused`);
  const wrong: string[] = [];
  const hidden: Hidden[] = [];
  for (const { configuration, members } of groups) {
    const own = messages.get(configuration.id) ?? [];
    for (const { text, isOfProvider } of own) {
      // Each message that is not the provider's names an input that is to blame.
      if (!isOfProvider && unclear(configuration, text)?.startsWith("it names none"))
        wrong.push(`${configuration.id} ${JSON.stringify(configuration.problems)}\n${text}`);
    }
    const texts = own.map(({ text }) => text);
    const unseen = members.filter((member) => !texts.some((text) => unclear(member, text) === undefined));
    hidden.push(...unseen.map((member) => ({ configuration: member, texts })));
  }
  return { wrong: [...strangers, ...wrong], hidden };
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
      for (const batch of batches(configurations, atOnce(module))) expect(await planned(batch, PLACE)).toEqual([]);
    },
  );

  test.each([...ORACLES].map(([module, { counts }]): [string, number] => [module, counts.refused]))(
    "%s as a module: %d configurations that AWS would refuse are refused, with their inputs' names",
    async (module, count) => {
      const configurations = invalidConfigurations(module, "module", Math.ceil(count * SCALE), PLACE);
      const hidden: Hidden[] = [];
      for (const batch of batches(grouped(configurations, PLACE), atOnce(module))) {
        const found = await judged(batch);
        expect(found.wrong).toEqual([]);
        hidden.push(...found.hidden);
      }
      // What another one's problem may have hidden is planned by itself.
      const alone = hidden.map(({ configuration }) => groupOfOne(configuration));
      for (const batch of batches(alone, atOnce(module))) {
        expect(await judged(batch)).toEqual({ wrong: [], hidden: [] });
      }
    },
  );
});
