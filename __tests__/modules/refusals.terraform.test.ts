import type { Diagnostic } from "../../tools/terraform/progress";
import { ofModules } from "../support/module-folders";
import { parityInputs } from "../support/parity-inputs";
import { publishedFiles } from "../support/published";
import type { Refusal } from "../support/refusal";
import { terraformRoot } from "../support/terraform-root";

interface RefusalOfModule extends Refusal {
  readonly module: string;
}

const refusals = [...ofModules<readonly Refusal[]>("refusals", "moduleRefusals")].flatMap(([module, cases]) =>
  cases.map((each): RefusalOfModule => ({ module, ...each })),
);

describe("a published module refuses at plan", () => {
  let messages: readonly string[] = [];

  beforeAll(async () => {
    const [ofVariables, ofLocals] = [refusals.filter(isOfVariable), refusals.filter((each) => !isOfVariable(each))];
    messages = [...(await refused(ofVariables)), ...(await refused(ofLocals))];
  });

  test.each(refusals)("$name", ({ says }) => {
    const matching = messages.filter((message) =>
      says.every((part) => (typeof part === "string" ? message.includes(part) : part.test(message))),
    );
    expect(matching).not.toEqual([]);
  });

  test("and nothing else", () => {
    const parts = refusals.flatMap(({ says }) => says.slice(0, 1));
    const others = messages.filter(
      (message) => !parts.some((part) => (typeof part === "string" ? message.includes(part) : part.test(message))),
    );
    // A prefix that one name cannot carry is often too much for others, too.
    expect(others.filter((message) => !/"(Metaflow_|a{60}|p{25}|l{51})/.test(message))).toEqual([]);
  });
});

/** Terraform checks a variable that it knows before all else, and goes no further where one is wrong. */
function isOfVariable({ inputs }: Refusal): boolean {
  return "maintenance_window" in inputs || "iam_partition" in inputs;
}

async function refused(some: readonly RefusalOfModule[]): Promise<string[]> {
  const calls = some.map(({ name, module, inputs }) => [
    name,
    { source: `./modules/${module}`, ...parityInputs(`${module}-defaults`), ...inputs },
  ]);
  const root = terraformRoot({ module: Object.fromEntries(calls) }, { files: publishedFiles() });
  await root.init();
  return errors((await root.run(["plan", "-json"], [1])).stdout);
}

/** What Terraform says of each error: the summary, the detail, and the values that it shows with them. */
function errors(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic)
    .filter((diagnostic): diagnostic is Diagnostic => diagnostic?.severity === "error")
    .map(({ summary, detail = "", snippet }) => {
      const values = snippet?.values?.map(({ traversal, statement }) => `${traversal} ${statement}`) ?? [];
      return [summary, detail.replaceAll('\\"', '"'), ...values].join("\n");
    });
}
