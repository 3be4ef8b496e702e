import { terraformRoot } from "../../support/terraform-root";

/** A launch template with tags of its own, and some for what is launched from it. */
function config(changed: boolean): Record<string, unknown> {
  return {
    resource: {
      aws_launch_template: {
        own: {
          name: "own",
          instance_type: changed ? "m5.large" : "m5.xlarge",
          tags: { of: changed ? "it" : "the template" },
        },
        both: {
          name: "both",
          tags: { of: "the template" },
          tag_specifications: [{ resource_type: "instance", tags: { of: changed ? "it" : "the instance" } }],
        },
      },
    },
  };
}

test("a second plan of launch templates is empty, after an apply and after a change", async () => {
  const root = terraformRoot(config(false));
  await root.apply();
  expect(await root.changes()).toEqual([]);
  root.write(config(true));
  await root.apply();
  expect(await root.changes()).toEqual([]);
  await root.destroy();
});
