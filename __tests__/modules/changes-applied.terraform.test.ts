import { stackRoot } from "../support/app-stack";
import { argument, CHANGEABLE, INPUT_CHANGES } from "../support/input-changes";

/** Every input that a deployment may change, with its other value; the upgrade and the destroy need leave to do so. */
const CHANGED = INPUT_CHANGES.flatMap(([input, value, effect]) =>
  "replaced" in effect ? [argument(input, value)] : [],
);
const BALANCER = "aws_lb.metadata_service_this";
const NOW = "-var=apply_immediately=true";

interface State {
  readonly values: { readonly root_module: { readonly resources: { address: string; values: { name: string } }[] } };
}

describe("all inputs of a live deployment, changed in one apply", () => {
  const root = stackRoot({ variables: CHANGEABLE });
  const names: (string | undefined)[] = [];
  const left: string[][] = [];

  beforeAll(async () => {
    const apply = async (...args: string[]) => {
      await root.apply(...args);
      left.push(await root.changes(...args.filter((arg) => !arg.startsWith("-replace"))));
      const { resources } = ((await root.state()) as State).values.root_module;
      names.push(resources.find(({ address }) => address === BALANCER)?.values.name);
    };
    await apply();
    await apply(...CHANGED, `-replace=${BALANCER}`);
    await apply(NOW, "-var=db_engine_version=18", "-var=deletion_protection=false");
  });

  test("each apply leaves nothing to do: the first, that of all changes, and that of the way back", () => {
    expect(CHANGED.length).toBeGreaterThan(40);
    expect(left).toEqual([[], [], []]);
  });

  test("a load balancer that is replaced is made under another name before the old one is deleted", () => {
    const [before, after] = names;
    expect(before).toMatch(/^metaflow-nlb-prod-[0-9a-f]{5}$/);
    expect(after).toMatch(/^other-prod-[0-9a-f]{5}$/);
  });
});
