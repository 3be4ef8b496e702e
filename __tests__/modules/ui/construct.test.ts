import { Ui, type UiProps } from "../../../modules/ui";
import { synthesized, type Configuration } from "../../support/synth";
import { UI } from "./sample";

const ui = (props: Partial<UiProps> = {}): Configuration =>
  synthesized((stack) => new Ui(stack, "it", { ...UI, ...props }));

test.each<[string, Partial<UiProps>, string]>([
  ["a certificate's name in place of its ARN", { certificateArn: "metaflow.example.com" }, "ARN of a certificate"],
  ["a network with bits behind the prefix", { uiAllowList: ["10.0.0.1/8"] }, "uiAllowList"],
  ["a load balancer's name over 32 characters", { resourcePrefix: "a".repeat(26) }, "The name of the load balancer"],
  ["the id of a group of another kind", { metadataServiceSecurityGroupId: "vpc-1" }, "the id of a security group"],
])("refuses %s", (_, props, message) => {
  expect(() => ui(props)).toThrow(message);
});

test("cuts the names of target groups to what AWS takes", () => {
  const { resource } = ui({ resourcePrefix: "a".repeat(24), loadBalancerNamePrefix: "short" });
  const names = Object.values(resource?.aws_lb_target_group ?? {}).map(({ name }) => String(name));
  expect(names.map((name) => name.length)).toEqual([32, 32]);
});

test("the load balancer works off a sign-in before it forwards", () => {
  const { resource } = ui({ cognitoUserPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/x" });
  const { dynamic } = resource?.aws_lb_listener?.it_this as {
    dynamic: { default_action: { content: { type: string } }[] };
  };
  expect(dynamic.default_action.map(({ content }) => content.type)).toEqual(["authenticate-cognito", "forward"]);
});

test("its parts are public", () => {
  synthesized((stack) => {
    const it = new Ui(stack, "it", UI);
    expect([it.loadBalancer, it.backend, it.frontend].map((part) => part.friendlyUniqueId)).toEqual([
      "it_this",
      "it_ui_backend",
      "it_ui_static",
    ]);
  });
});
