import type { Diagnostic } from "../../tools/terraform/progress";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseFiles } from "../../tools/publish/release";
import { modules } from "../../tools/modules";
import type { BadInput } from "../support/bad-input-of-caller";
import { ofModules } from "../support/module-folders";
import { parityInputs } from "../support/parity-inputs";
import { terraformRoot } from "../support/terraform-root";

interface BadCall extends BadInput {
  readonly module: string;
}

const BAD = [...ofModules<readonly BadInput[]>("callers-line", "moduleBadInput")].flatMap(([module, inputs]) =>
  inputs.map((each): BadCall => ({ module, ...each })),
);

describe("bad input of a published module is an error at the caller's line", () => {
  const errors: Diagnostic[] = [];

  beforeAll(async () => {
    const release = [...releaseFiles()].map(([path, text]) => [`release/${path}`, text]);
    const root = terraformRoot({}, { files: { ...Object.fromEntries(release), "main.tf": BAD.map(call).join("\n") } });
    await root.init();
    // Terraform reads a call's arguments before their values, and goes no further than the first call with a wrong one.
    const ofArguments = BAD.filter(({ kind }) => kind === "missing" || kind === "unknown");
    for (const some of [BAD.filter((bad) => !ofArguments.includes(bad)), ...ofArguments.map((bad) => [bad])]) {
      writeFileSync(join(root.folder, "main.tf"), some.map((bad) => call(bad, BAD.indexOf(bad))).join("\n"));
      const { stdout } = await root.run(["validate", "-json"], [1]);
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
      errors.push(...diagnostics.filter(({ severity }) => severity === "error"));
    }
  });

  test.each(BAD.map((bad, index) => ({ ...bad, index })))(
    "$kind: $input of $module",
    ({ index, input, value, says }) => {
      const found = errors.filter(({ snippet }) => snippet?.context === `module "bad_${index}"`);
      expect(found).toHaveLength(1);
      const [{ summary = "", detail = "", range, snippet } = {}] = found;
      const text = `${summary}: ${detail}`.replace(/\.tf\.json:[\d,-]+:/, ".tf.json:LINE:");
      expect(text).toContain(says);
      expect(range?.filename).toBe("main.tf");
      expect(snippet?.code.trim()).toBe(value === undefined ? `module "bad_${index}" {` : `${input} = ${value}`);
    },
  );

  test("and there is no other error", () => {
    expect(errors).toHaveLength(BAD.length);
  });
});

/** A call of a module with its bad input, and all else as it should be. */
function call({ module, input, value }: BadCall, index: number): string {
  const isRoot = modules().get(module)?.place === "root";
  const source = isRoot ? "./release" : `./release/modules/${module}`;
  // The root module of a release has a default for each input.
  const others = Object.entries<unknown>(isRoot ? {} : parityInputs(`${module}-defaults`)).filter(
    ([name]) => name !== input,
  );
  const lines = others.map(([name, good]) => `  ${name} = ${JSON.stringify(good)}`);
  const bad = value === undefined ? [] : [`  ${input} = ${value}`];
  return [`module "bad_${index}" {`, `  source = "${source}"`, ...lines, ...bad, "}", ""].join("\n");
}
