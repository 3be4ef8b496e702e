import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { stackConfiguration } from "../support/app-stack";
import { addresses, type Configuration } from "../support/synth";
import { block } from "../support/blocks";

const [BALANCER, DATABASE, GROUP, NOTE] = [
  "aws_lb.metadata_service_this",
  "aws_db_instance.datastore_this",
  "aws_security_group.metadata_service_metadata_service_security_group",
  "terraform_data.metadata_service_load_balancer_security_group",
];
const CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/1";
const movedFrom = { datastore: "module.datastore", metadataService: "module.metadata" };

/** What Terraform makes before a resource: what it refers to, itself or by local values, and what these refer to. */
function before(configuration: Configuration, address: string): Set<string> {
  const all = addresses(configuration).map((each) => [each, JSON.stringify(block(configuration, each))] as const);
  const locals = Object.entries(configuration.locals ?? {}).map(
    ([name, value]) => [`local.${name}`, JSON.stringify(value)] as const,
  );
  const texts = new Map([...all, ...locals]);
  const found = new Set<string>();
  const pending = [address];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [reference] of (texts.get(next) ?? "").matchAll(/(?:data\.)?\b[a-z]\w+\.\w+/g)) {
      if (!texts.has(reference) || found.has(reference) || reference === address) continue;
      found.add(reference);
      pending.push(reference);
    }
  }
  return found;
}

describe.each<[string, MetaflowStackProps, boolean]>([
  ["a new deployment", {}, false],
  [
    "a deployment with the web interface and a notebook",
    { options: { notebook: {}, ui: { certificateArn: CERTIFICATE } } },
    false,
  ],
  ["a takeover", { movedFrom }, true],
])("%s", (_name, props, waits) => {
  const configuration = stackConfiguration(props) as Configuration;

  test.each([DATABASE, GROUP])(`%s ${waits ? "waits" : "does not wait"} for the load balancer`, (address) => {
    expect(before(configuration, address).has(BALANCER)).toBe(waits);
  });

  test("the database waits for the service's security group, and the group for the note", () => {
    expect([...before(configuration, DATABASE)]).toEqual(expect.arrayContaining([GROUP, NOTE]));
  });

  test("what is noted is kept", () => {
    expect(block(configuration, NOTE)?.lifecycle).toEqual({ ignore_changes: ["input"] });
  });

  test(`the load balancer ${waits ? "is asked, once" : "is as noted"}`, () => {
    const exists = waits ? `\${length(tolist(${BALANCER}.security_groups)) > 0}` : true;
    expect(block(configuration, NOTE)?.input).toEqual({ exists });
    const { postcondition = [] } = block(configuration, BALANCER)?.lifecycle as { postcondition?: object[] };
    expect(postcondition).toHaveLength(waits ? 0 : 1);
  });
});
