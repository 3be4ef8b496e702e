import { judge, unneeded, type Call, type PolicyDocument, type Statement, type Verdict } from "./iam";

const OBJECT = "arn:aws:s3:::photos/2026/a.jpg";
const statement = (rest: Partial<Statement>): PolicyDocument => ({ Statement: { Effect: "Allow", ...rest } });
const allow = (Action: string | string[], Resource: string | string[] = "*", rest: Partial<Statement> = {}) =>
  statement({ Action, Resource, ...rest });
const deny = (Action: string, Resource = "*", rest: Partial<Statement> = {}) =>
  allow(Action, Resource, { Effect: "Deny", ...rest });
const when = (operator: string, key: string, value: string | string[]) =>
  allow("s3:GetObject", "*", { Condition: { [operator]: { [key]: value } } });

const get = (context?: Call["context"], resource = OBJECT): Call => ({ action: "s3:GetObject", resource, context });

test.each<[string, PolicyDocument[], Call, Verdict]>([
  ["nothing said", [], get(), "denied"],
  ["an allow", [allow("s3:GetObject", "arn:aws:s3:::photos/*")], get(), "allowed"],
  ["an allow of something else", [allow("s3:PutObject")], get(), "denied"],
  ["an allow on another bucket", [allow("s3:GetObject", "arn:aws:s3:::movies/*")], get(), "denied"],
  ["the bucket, which is not its objects", [allow("s3:GetObject", "arn:aws:s3:::photos")], get(), "denied"],
  ["a deny after an allow", [allow("s3:*"), deny("s3:GetObject")], get(), "denied explicitly"],
  ["a deny before an allow", [deny("s3:*"), allow("s3:GetObject")], get(), "denied explicitly"],
  ["a deny of something else", [deny("s3:PutObject"), allow("s3:*")], get(), "allowed"],
  ["statements in a list", [{ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }], get(), "allowed"],
  ["an action in another case", [allow("S3:getobject")], get(), "allowed"],
  ["a wildcard within an action", [allow("s3:*Object")], get(), "allowed"],
  ["a wildcard that does not fit", [allow("s3:*Objects")], get(), "denied"],
  ["a question mark", [allow("s3:GetObjec?")], get(), "allowed"],
  ["a question mark for two characters", [allow("s3:GetObje?")], get(), "denied"],
  ["everything of another service", [allow("ec2:*")], get(), "denied"],
  ["NotAction with another action", [statement({ NotAction: "iam:*", Resource: "*" })], get(), "allowed"],
  ["NotAction with this action", [statement({ NotAction: "s3:Get*", Resource: "*" })], get(), "denied"],
  ["NotResource with another one", [statement({ Action: "s3:*", NotResource: "arn:aws:s3:::b/*" })], get(), "allowed"],
  ["NotResource with this one", [statement({ Action: "s3:*", NotResource: "arn:aws:s3:::photos/*" })], get(), "denied"],
  ["a resource in another case", [allow("s3:*", "arn:aws:s3:::PHOTOS/*")], get(), "denied"],
  ["a wildcard over slashes", [allow("s3:*", "arn:aws:s3:::photos/*.jpg")], get(), "allowed"],
  ["a wildcard that would reach over colons", [allow("s3:*", "arn:aws:*:photos/*:::")], get(), "denied"],
  ["two resources, both allowed", [allow("a:B", ["arn:a:b:c:d:e", "arn:a:b:c:d:f"])], both("e", "f"), "allowed"],
  ["two resources, one allowed", [allow("a:B", "arn:a:b:c:d:e")], both("e", "f"), "denied"],
  ["two resources, one denied", [allow("a:B"), deny("a:B", "arn:a:b:c:d:f")], both("e", "f"), "denied explicitly"],
])("%s", (_, policies, call, verdict) => {
  expect(judge(policies, call)).toBe(verdict);
});

function both(...names: string[]): Call {
  return { action: "a:B", resource: names.map((name) => `arn:a:b:c:d:${name}`) };
}

test.each<[string, string, string | string[], string | undefined, Verdict]>([
  ["StringEquals", "k:a", "x", "x", "allowed"],
  ["StringEquals", "k:a", ["w", "x"], "x", "allowed"],
  ["StringEquals", "k:a", "x", "X", "denied"],
  ["StringEquals", "k:a", "x", undefined, "denied"],
  ["StringEquals", "K:A", "x", "x", "allowed"],
  ["StringEquals", "k:a", "x*", "xy", "denied"],
  ["StringEqualsIfExists", "k:a", "x", undefined, "allowed"],
  ["StringEqualsIfExists", "k:a", "x", "y", "denied"],
  ["StringEqualsIgnoreCase", "k:a", "x", "X", "allowed"],
  ["StringNotEquals", "k:a", "x", "y", "allowed"],
  ["StringNotEquals", "k:a", ["x", "y"], "y", "denied"],
  ["StringNotEquals", "k:a", "x", undefined, "allowed"],
  ["StringLike", "k:a", "x*", "xyz", "allowed"],
  ["StringLike", "k:a", "x*", "yx", "denied"],
  ["StringNotLike", "k:a", "x*", "xyz", "denied"],
  ["Bool", "k:a", "false", "false", "allowed"],
  ["Bool", "k:a", "false", "true", "denied"],
  ["Bool", "k:a", "false", undefined, "denied"],
  ["Null", "k:a", "true", undefined, "allowed"],
  ["Null", "k:a", "true", "x", "denied"],
  ["ArnLike", "k:a", "arn:aws:ecs:us-west-2:1:*", "arn:aws:ecs:us-west-2:1:task/c/t", "allowed"],
  ["ArnLike", "k:a", "arn:aws:ecs:us-west-2:1:*", "arn:aws:ecs:us-west-2:2:task/c/t", "denied"],
  ["ArnEquals", "k:a", "arn:aws:lambda:r:1:function:f", "arn:aws:lambda:r:1:function:f", "allowed"],
  ["ArnNotLike", "k:a", "arn:aws:ecs:*:1:*", "arn:aws:ecs:r:1:x", "denied"],
])("the condition %s of %s on %j with %j is %s", (operator, key, wanted, given, verdict) => {
  expect(judge([when(operator, key, wanted)], get(given === undefined ? {} : { "k:a": given }))).toBe(verdict);
});

test("all conditions of a statement must hold", () => {
  const policy = allow("s3:*", "*", {
    Condition: { StringEquals: { "k:a": "1", "k:b": "2" }, Bool: { "k:c": "true" } },
  });
  expect(judge([policy], get({ "k:a": "1", "k:b": "2", "k:c": "true" }))).toBe("allowed");
  expect(judge([policy], get({ "k:a": "1", "k:b": "2", "k:c": "false" }))).toBe("denied");
  expect(judge([policy], get({ "k:a": "1", "k:b": "3", "k:c": "true" }))).toBe("denied");
});

const trust = (Principal: Statement["Principal"]) => statement({ Action: "sts:AssumeRole", Principal });

test.each<[Statement["Principal"], Record<string, string>, Verdict]>([
  [{ Service: "lambda.amazonaws.com" }, { Service: "lambda.amazonaws.com" }, "allowed"],
  [{ Service: "lambda.amazonaws.com" }, { Service: "ec2.amazonaws.com" }, "denied"],
  [{ Service: "lambda.amazonaws.com" }, { AWS: "arn:aws:iam::111122223333:user/u" }, "denied"],
  [{ AWS: "arn:aws:iam::111122223333:user/u" }, { AWS: "arn:aws:iam::111122223333:user/u" }, "allowed"],
  [{ AWS: "arn:aws:iam::111122223333:user/u" }, { AWS: "arn:aws:iam::111122223333:user/v" }, "denied"],
  [{ AWS: ["arn:aws:iam::1:user/u", "arn:aws:iam::1:user/v"] }, { AWS: "arn:aws:iam::1:user/v" }, "allowed"],
  [{ AWS: "arn:aws:iam::111122223333:user/*" }, { AWS: "arn:aws:iam::111122223333:user/u" }, "denied"],
  [{ AWS: "arn:aws:iam::111122223333:root" }, { AWS: "arn:aws:iam::111122223333:user/u" }, "allowed"],
  [{ AWS: "arn:aws:iam::111122223333:root" }, { AWS: "arn:aws:iam::444455556666:user/u" }, "denied"],
  ["*", { AWS: "arn:aws:iam::444455556666:user/u" }, "allowed"],
])("the principal %j with the caller %j is %s", (principal, caller, verdict) => {
  expect(judge([trust(principal)], { action: "sts:AssumeRole", caller })).toBe(verdict);
});

test.each<[string, PolicyDocument, RegExp]>([
  ["an operator", when("NumericLessThan", "k:a", "1"), /NumericLessThan is not known/],
  ["an element", allow("s3:*", "*", { NotPrincipal: "*" } as never), /NotPrincipal, which is not known/],
  ["a policy variable", allow("s3:*", "arn:aws:s3:::b/${aws:username}/*"), /variables are not known/],
  ["a resource that is no ARN", allow("s3:*", "photos"), /photos is no ARN/],
  ["a caller that is left out", trust("*"), /Who calls must be said/],
])("%s that it does not know is an error, not a verdict", (_, policy, message) => {
  const action = JSON.stringify(policy).includes("sts:") ? "sts:AssumeRole" : "s3:GetObject";
  expect(() => judge([policy], { action, resource: OBJECT })).toThrow(message);
});

test("what policies allow and no call has needed", () => {
  const policies = [
    allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::photos/*", "arn:aws:s3:::movies/*"], { Sid: "Objects" }),
    allow("s3:ListBucket", "arn:aws:s3:::photos", { Condition: { StringEquals: { "s3:prefix": "2026" } } }),
    deny("s3:DeleteObject"),
    allow("kms:*", "arn:aws:kms:us-west-2:123456789012:key/a", { Sid: "Key" }),
  ];
  const list: Call = { action: "s3:ListBucket", resource: "arn:aws:s3:::photos" };
  const elsewhere: Call = { action: "s3:PutObject", resource: "arn:aws:s3:::music/a" };
  expect(unneeded(policies, [get(), list, elsewhere])).toEqual(["Objects s3:PutObject", "Key kms:*"]);
  expect(unneeded(policies, [])).toHaveLength(4);
});
