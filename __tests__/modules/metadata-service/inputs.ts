import fc from "fast-check";
import * as aws from "../../support/bad-input/aws";
import {
  anything,
  arnOf,
  bool,
  ipv6,
  isAddressOrNetwork,
  lists,
  network,
  noNetwork,
  optional,
  oracle,
  size,
  tags,
  text,
  type InputOracles,
} from "../../support/bad-input/inputs";
import { oneOf, word } from "../../support/bad-input/texts";

/** What AWS makes of each input of the metadata service by itself. */
export const serviceInputs: InputOracles = {
  accessListCidrBlocks: oracle<string[]>(
    (list) => list.every((item) => /^[0-9a-f:]+(\/\d+)?$/.test(item) || isAddressOrNetwork(item)),
    lists(fc.oneof(network, ipv6, oneOf("198.51.100.7", "203.0.113.7/24", "10.0.0.1/8"))),
    lists(fc.oneof(network, oneOf("vpn.example.com", "1.2.3", "1.2.3.4/33", "", "10.0.0.0/8/8", "01.2.3.4"))),
    oneOf<string[]>([]),
  ),
  apiBasicAuth: bool,
  databaseName: text,
  databasePassword: text,
  databaseUsername: text,
  /** "Lambda runtimes", AWS Lambda Developer Guide; the function's code is Python. */
  dbMigrateLambdaRuntime: oracle<string>(
    (value) =>
      ["python3.7", "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13"].includes(value),
    oneOf("python3.8", "python3.9", "python3.11", "python3.13"),
    oneOf("", "python", "python3", "python2.7", "python3.6", "nodejs20.x", "Python3.13", "3.13", "python3.013"),
  ),
  dbMigrateLambdaZipFile: oracle<string>(
    anything,
    word(8).map((name) => `zips/${name}.zip`),
  ),
  /** "ClusterSetting", Amazon ECS API Reference. */
  ecsClusterSettings: oracle<Record<string, string>>(
    (value) =>
      Object.entries(value).every(
        ([key, setting]) => key === "containerInsights" && ["enabled", "enhanced", "disabled"].includes(setting),
      ),
    oneOf<Record<string, string>>({}, { containerInsights: "enabled" }, { containerInsights: "disabled" }),
    oneOf<Record<string, string>>({ containerInsights: "on" }, { containerinsights: "enabled" }, { a: "b" }),
    oneOf<Record<string, string>>({ containerInsights: "enabled", other: "enabled" }, { containerInsights: "" }),
  ),
  fargateExecutionRoleArn: arnOf(
    (value) => aws.isArn(value, "iam", "role/"),
    "arn:aws:iam::123456789012:role/ecs-execution",
    "arn:aws-cn:iam::123456789012:role/path/ecs-execution",
  ),
  /** "Amazon Resource Names (ARNs)", AWS General Reference. */
  iamPartition: oracle<string>(
    (value) => ["aws", "aws-us-gov", "aws-cn"].includes(value),
    oneOf("aws", "aws-us-gov", "aws-cn"),
    oneOf("", "AWS", "aws-moon", "gov", "us-gov", "aws "),
  ),
  isGov: bool,
  loadBalancerNamePrefix: oracle<string>(
    anything,
    fc.oneof(oneOf(""), word(10), word(28)),
    oneOf("internal-a", "-a", "a_b", "a.b", "é", "b".repeat(29), "a b", "${x}"),
  ),
  metadataServiceContainerImage: oracle<string>(
    optional(aws.isImage),
    oneOf("", "netflixoss/metaflow_metadata_service:v2.5.1", "registry.example.com:5000/a/b@sha256:0a1b", "img"),
    oneOf("my image", ":v1", "image:${tag}", 'a"b', "é/img", `a${"b".repeat(255)}`, "https://x y"),
  ),
  metadataServiceCpu: size([256, 512, 512, 1024, 2048, 4096, 8192, 16384]),
  metadataServiceMemory: size([512, 1024, 1024, 2048, 4096, 8192, 16384, 32768]),
  rdsMasterInstanceEndpoint: text,
  vpcCidrBlocks: oracle<string[]>(
    (list) => list.every((item) => aws.ipv4Network(item) !== undefined) && new Set(list).size === list.length,
    lists(network),
    lists(fc.oneof(network, noNetwork)),
    oneOf(["10.0.0.0/8", "10.0.0.0/8"], ["2001:db8::/32"], ["10.20.0.0/16", ""]),
  ),
  withPublicIp: bool,
  standardTags: tags((value) => aws.areIamTags(value, "aws:")),
};
