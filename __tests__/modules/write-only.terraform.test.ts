import { stackRoot } from "../support/app-stack";
import { attributes, DATABASE, secretOf, TASK } from "../support/hardened";
import { changesOf } from "../support/terraform-root";

test("a write-only password is in no state and no plan, and can be rotated", async () => {
  const root = stackRoot({}, { options: { compute: false, databasePasswordMode: "write-only" } });
  const first = JSON.stringify(await root.plan());
  await root.run(["apply", "-no-color", "plan"]);
  const password = await secretOf(root);
  expect(password).toHaveLength(64);
  expect(password).not.toMatch(/["',./;@\\^`|~\s]/);
  const held = (texts: string[], secret: string) =>
    texts.filter((text) => text.includes(JSON.stringify(secret).slice(1, -1)));
  const again = await root.plan();
  expect(changesOf(again)).toEqual([]);
  expect(held([first, JSON.stringify(again), JSON.stringify(await root.state())], password)).toEqual([]);
  const definitions = (await attributes(root, TASK)).container_definitions;

  const version = "-var=database_password_version=2";
  await root.apply(version);
  const rotated = await secretOf(root);
  expect(rotated).not.toBe(password);
  expect((await attributes(root, TASK)).container_definitions).not.toBe(definitions);
  expect(await attributes(root, DATABASE)).toMatchObject({ password_wo_version: 2 });
  expect(await root.changes(version)).toEqual([]);
  expect(held([JSON.stringify(await root.state())], rotated)).toEqual([]);
});
