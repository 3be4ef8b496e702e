import fc from "fast-check";
import * as aws from "./aws";
import { freeText, noTagText, oneOf, tagText, textOf, word } from "./texts";

/** The oracles of inputs, by their names in TypeScript. */
export type InputOracles = Readonly<Record<string, InputOracle>>;

/** What AWS makes of one input by itself. */
export interface InputOracle {
  /** Values that are mostly accepted. */
  readonly likely: fc.Arbitrary<unknown>;
  /** Values near to the edge of what is accepted, and beyond. */
  readonly values: fc.Arbitrary<unknown>;
  /** Whether AWS accepts a value of the right type; what depends on other inputs is the business of a module's oracle. */
  readonly accepts: (value: never) => boolean;
}

/** An oracle of values that AWS mostly accepts, and of others. */
export function oracle<Value>(
  accepts: (value: Value) => boolean,
  likely: fc.Arbitrary<Value>,
  ...others: fc.Arbitrary<Value>[]
): InputOracle {
  return { likely, values: fc.oneof(likely, ...others), accepts };
}

/** AWS accepts every value by itself. */
export const anything = () => true;
/** True and false, both of which AWS accepts. */
export const bool = oracle<boolean>(anything, fc.boolean());
/** Text of any kind, all of which AWS accepts. */
export const text = oracle<string>(anything, freeText);
/** Accepts the empty string, too. */
export const optional = (accepts: (value: string) => boolean) => (value: string) => value === "" || accepts(value);
/** Whole numbers of a range. */
export const whole = (least: number, most: number) =>
  oracle<number>(
    (value) => Number.isInteger(value) && value >= least && value <= most,
    fc.integer({ min: least, max: most }),
    oneOf(least - 1, most + 1, least + 0.5, -1, 1e12),
  );
/** Some numbers and no others. */
export const among = (...numbers: number[]) =>
  oracle<number>((value) => numbers.includes(value), oneOf(...numbers), oneOf(-1, 2, 4, 100, 366, 0.5));
/** Addresses and networks of IPv6. */
export const ipv6 = fc.constantFrom("2001:db8::/32", "2001:db8::1", "::/0");

/** The id of one of EC2's resources. */
export const id = (prefix: string) =>
  oracle<string>(
    (value) => aws.isResourceId(prefix, value),
    textOf("0123456789abcdef", 8, 17).map((digits) => `${prefix}-${digits}`),
    oneOf(
      "",
      `${prefix}-`,
      "i-0a1b2c3d",
      "vpce-0a1b2c3d",
      `["${prefix}-0a1b2c3d"]`,
      `${prefix}-0a1b2c3d,${prefix}-0a1b2c3e`,
    ),
    oneOf(`arn:aws:ec2:us-west-2:123456789012:${prefix}/${prefix}-0a1b2c3d`, ` ${prefix}-0a1b2c3d`, `${prefix} 1`),
    // What stands for an id elsewhere: Terragrunt's mock outputs, terraform test's mocked providers.
    oneOf(`test_${prefix}_id`, "mock", `${prefix}-fake`, "k3x0p9q1"),
  );

const octet = fc.nat(255);
/** Networks of IPv4. */
export const network = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, bits]) => {
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    const first = address - (address % 2 ** (32 - bits));
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${String(bits)}`;
  });
/** What is no network of IPv4. */
export const noNetwork = oneOf(
  "10.20.0.5/16",
  "10.20.0.0",
  "10.20.0.0/33",
  "10.0.0/8",
  "256.0.0.0/8",
  "example.com",
  "",
  "any",
);

/** Lists of one to three items. */
export const lists = (item: fc.Arbitrary<string>) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });
/** Maps of up to three entries. */
export const map = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });

const manyTags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${String(index)}`, "x"]));
/** Maps of tags. */
export const tags = (accepts: (value: Record<string, string>) => boolean) =>
  oracle<Record<string, string>>(
    accepts,
    map(tagText, tagText),
    map(tagText, fc.oneof(tagText, noTagText)),
    map(fc.oneof(tagText, noTagText), tagText),
    oneOf<Record<string, string>>({}, manyTags(48), manyTags(49), { "": "x" }, { ["k".repeat(128)]: "v".repeat(256) }),
    oneOf<Record<string, string>>(
      { ["k".repeat(129)]: "x" },
      { long: "v".repeat(257) },
      { Name: "mine" },
      { "rds:a": "x" },
      { empty: "" },
      { Team: "a", team: "b" },
      { "metaflow-deployment": "mine" },
    ),
  );

/** ARNs, the good ones among what is none. */
export const arnOf = (accepts: (value: string) => boolean, ...good: string[]) =>
  oracle<string>(
    accepts,
    oneOf(...good),
    oneOf("", "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/metaflow", "metaflow-role", "arn:aws:s3", "acme-bucket"),
    oneOf("k3x0p9q1", "arn:aws:iam::12345:role/x", "ARN:AWS:S3:::acme", "arn:gcp:s3:::acme", "arn:aws:s3:::"),
  );

/** A list of ARNs as the first is, without a wildcard. */
export const arns = (good: string, bad: string) =>
  oracle<string[]>(
    (list) => list.every((item) => item === good),
    oneOf([good]),
    oneOf<string[]>(
      [],
      [bad],
      [good, ""],
      ["alice"],
      [`${good}*`],
      [good.toUpperCase()],
      ["arn:aws:iam::123456789012"],
    ),
  );

const prefix = oracle<string>(
  anything,
  word(10).map((name) => `${name}-`),
  fc.oneof(word(30), word(12)),
  oneOf(
    "",
    "a",
    "metaflow-",
    "Acme-",
    "acme_",
    "1acme-",
    "sg-",
    "a.b-",
    "-a",
    "acme--",
    "xn--",
    "über-",
    "a b-",
    "a/b-",
  ),
  oneOf("internal-", 'say"', "${x}-", "a{$}-", "%{x}", "a\nb-"),
);
const suffix = oracle<string>(
  anything,
  word(6).map((name) => `-${name}`),
  fc.oneof(word(8), oneOf("", "-dev", "-prod")),
  oneOf("-", "_dev", "-Dev", "--x-s3", "-s3alias", "-an", " dev", "${x}", "é", "-"),
);

/** Numbers of which other inputs decide whether AWS accepts them. */
export const size = (values: readonly number[]) =>
  oracle<number>(anything, oneOf(...values), oneOf(0, 300, 512.5, -256, 1e9));

/** The addresses of a rule of a security group. */
export const networks = oracle<string[]>(
  (list) => list.every((item) => aws.ipv4Network(item) !== undefined),
  lists(network),
  lists(fc.oneof(network, noNetwork)),
  oneOf<string[]>([], ["0.0.0.0/0"], ["2001:db8::/32"]),
);

/** The oracles of the inputs that several modules have, by their names in TypeScript. */
export const SHARED_INPUTS: InputOracles = {
  datastoreS3BucketKmsKeyArn: arnOf(
    (value) => value === "*" || aws.isArn(value) || aws.isMocked(value),
    "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1",
    "*",
  ),
  metaflowVpcId: id("vpc"),
  resourcePrefix: prefix,
  resourceSuffix: suffix,
  s3BucketArn: arnOf(
    (value) => aws.isArn(value) || aws.isMocked(value),
    "arn:aws:s3:::acme",
    "arn:aws-us-gov:s3:::acme.metaflow",
  ),
  standardTags: tags((value) => aws.areTags(value, "aws:", "rds:")),
  subnet1Id: id("subnet"),
  subnet2Id: id("subnet"),
};

/** An oracle that accepts the empty string, too. */
export function orEmpty({ values, accepts }: InputOracle): InputOracle {
  const empty = oneOf("");
  return {
    likely: empty,
    values: fc.oneof(empty, values),
    accepts: optional(accepts as (value: string) => boolean) as never,
  };
}

/** Networks that a VPC or a subnet may have. */
export function vpcPart(...good: string[]): InputOracle {
  const bad = oneOf("10.20.0.0/15", "10.20.0.0/29", "10.20.0.7/24", "10.20.0.0", "2001:db8::/56", "", "all", "${x}");
  return oracle<string>(aws.isVpcNetwork, oneOf(...good), bad);
}

/** Whether a text is an address of IPv4, with or without a prefix. */
export function isAddressOrNetwork(item: string): boolean {
  const [address = "", bits = "32", ...rest] = item.split("/");
  return (
    aws.ipv4Network(`${address}/32`) !== undefined && rest.length === 0 && /^\d+$/.test(bits) && Number(bits) <= 32
  );
}
