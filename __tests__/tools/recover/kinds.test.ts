import { kindOf, kinds } from "../../../tools/recover/kinds";
import { stackConfiguration } from "../../support/app-stack";
import { OIDC_PROVIDER } from "../../support/cluster";
import type { Configuration } from "../../support/synth";

const SCALED = { options: { restApi: "private", taskScaling: { min: 1, max: 2 } } } as const;
const VISITED = {
  options: {
    dashboard: true,
    eventBus: true,
    kubernetes: { oidcProviderArn: OIDC_PROVIDER },
    notebook: {},
    parameterPath: "/metaflow/prod",
    ui: { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1", ownUserPool: true },
  },
};
const types = [
  ...new Set(
    [{}, SCALED, VISITED].flatMap((props) => Object.keys((stackConfiguration(props) as Configuration).resource ?? {})),
  ),
];

test.each(types)("it is written down how an unrecorded %s is found", (type) => {
  expect(kindOf(type)).toBeDefined();
});

test("a type that nobody has written down is not taken for another one", () => {
  expect(kindOf("aws_s3")).toBeUndefined();
  expect(kindOf("aws_vpc_peering_connection")).toBeUndefined();
});

const findable = Object.entries(kinds).flatMap(([type, kind]) => ("id" in kind ? [[type, kind] as const] : []));

test.each(findable)("the templates of %s have values that are known before it is imported", (_, kind) => {
  const groups = [...(kind.arn?.source.matchAll(/\?<(\w+)>/g) ?? [])].map(([, name]) => name);
  const used = [kind.id, ...Object.values(kind.ask?.with ?? {})].join().matchAll(/\{(\w+)\}/g);
  const unknown = [...used].map(([, name]) => name).filter((name) => ["id", "arn", "url"].includes(name ?? ""));
  const given = [...groups, ...(kind.arn ? ["arn"] : []), ...(kind.ask ? ["id", "url"] : [])];
  expect(unknown.filter((name) => !given.includes(name))).toEqual([]);
  expect(kind.newest === undefined || groups.includes(kind.newest)).toBe(true);
});
