import type { Rule } from "../../lib/contract/contract";
import { bucketName } from "../../lib/aws/s3";
import { dashboardName } from "../../lib/aws/cloudwatch";
import { kubernetesNamespace, kubernetesServiceAccount } from "../../lib/aws/eks";
import { eventBusName } from "../../lib/aws/events";
import { databaseIdentifier, maintenanceWindow, parameterGroupFamilyVersion, subnetGroupName } from "../../lib/aws/rds";
import { ecsName } from "../../lib/aws/ecs";
import { functionName } from "../../lib/aws/lambda";
import { loadBalancerName, targetGroupName } from "../../lib/aws/elb";
import { logGroupName } from "../../lib/aws/logs";
import { postgresqlName } from "../../lib/aws/postgresql";
import { roleName, oidcProviderArn } from "../../lib/aws/iam";
import { securityGroupName } from "../../lib/aws/ec2";
import { ipv4Network, sourceAddress, vpcNetwork } from "../../lib/aws/networks";
import { parameterPath } from "../../lib/aws/ssm";
import { oneOf } from "../../lib/contract/rules";

/** A rule with texts that it allows and texts that it refuses. */
export interface RuleCase {
  readonly name: string;
  readonly rule: Rule;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const letters = (count: number) => "a".repeat(count);

/** Texts at the edges of each rule; they hold for TypeScript and Terraform alike. */
export const ruleCases: readonly RuleCase[] = [
  {
    name: "bucketName",
    rule: bucketName,
    allowed: ["abc", "a-b", "a.b.c", "1.2.3", "metaflow-s3-dev", letters(63), "0a0"],
    refused: [
      "",
      "ab",
      letters(64),
      "Abc",
      "a_b",
      "-ab",
      "ab-",
      ".ab",
      "ab.",
      "a..b",
      "192.168.5.4",
      "é-bucket",
      "a b",
    ].concat([
      "xn--abc",
      "sthree-abc",
      "amzn-s3-demo-abc",
      "abc-s3alias",
      "abc--ol-s3",
      "abc.mrap",
      "abc--x-s3",
      "a--table-s3",
    ]),
  },
  {
    name: "databaseIdentifier",
    rule: databaseIdentifier,
    allowed: ["a", "metaflow-metaflow-dev", letters(63), "a1-2"],
    refused: ["", letters(64), "1a", "-a", "a-", "a--b", "A", "a_b", "a.b", "a\n", "ä"],
  },
  {
    name: "subnetGroupName",
    rule: subnetGroupName,
    allowed: ["a", "metaflow-main-dev", "a b_c.d", letters(255)],
    refused: ["", "default", "A", letters(256), "a/b", "ö"],
  },
  {
    name: "securityGroupName",
    rule: securityGroupName,
    allowed: ["a", "Aa0 ._-:/()#,@[]+=&;{}!$*", letters(255), "my-sg-1"],
    refused: ["", "sg-1", letters(256), "a?b", 'a"b', "ä"],
  },
  {
    name: "loadBalancerName",
    rule: loadBalancerName,
    allowed: ["a", "A-b-1", letters(32), "internal", "acme--nlb"],
    refused: ["", "-a", "a-", letters(33), "internal-a", "a_b", "a.b", "a b"],
  },
  {
    name: "targetGroupName",
    rule: targetGroupName,
    allowed: ["a", "A-b-1", letters(32), "internal-a"],
    refused: ["", "-a", "a-", letters(33), "a_b", "a.b"],
  },
  {
    name: "ecsName",
    rule: ecsName,
    allowed: ["a", "A_b-1", "-", letters(255)],
    refused: ["", "a.b", "a b", letters(256)],
  },
  {
    name: "logGroupName",
    rule: logGroupName,
    allowed: ["a", "/aws/x_y.z#1-2", letters(512)],
    refused: ["", "a b", "a:b", letters(513)],
  },
  {
    name: "dashboardName",
    rule: dashboardName,
    allowed: ["a", "Metaflow_dashboard-1", letters(255)],
    refused: ["", "a.b", "a b", "a/b", "ä", letters(256)],
  },
  {
    name: "eventBusName",
    rule: eventBusName,
    allowed: ["a", "metaflow-events_1.prod", letters(256)],
    refused: ["", "a b", "a/b", "ä", letters(257)],
  },
  {
    name: "oidcProviderArn",
    rule: oidcProviderArn,
    allowed: [
      "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/0A1B",
      "arn:aws-cn:iam::123456789012:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/0A1B",
    ],
    refused: [
      "",
      "https://oidc.eks.us-west-2.amazonaws.com/id/0A1B",
      "oidc.eks.us-west-2.amazonaws.com/id/0A1B",
      "arn:aws:iam::123456789012:oidc-provider/",
      "arn:aws:iam::123456789012:saml-provider/acme",
      "arn:aws:iam::12345678901:oidc-provider/acme.com",
      "arn:aws:iam::123456789012:oidc-provider/a b",
      "arn:aws:eks:us-west-2:123456789012:cluster/acme",
    ],
  },
  {
    name: "kubernetesNamespace",
    rule: kubernetesNamespace,
    allowed: ["a", "0", "default", "metaflow-prod", "a--b", letters(63)],
    refused: ["", "-a", "a-", "A", "a_b", "a.b", "a/b", " a", "a\n", "ä", letters(64)],
  },
  {
    name: "kubernetesServiceAccount",
    rule: kubernetesServiceAccount,
    allowed: ["a", "0", "metaflow", "steps.acme-1.x", letters(253), "a.".repeat(126) + "a"],
    refused: ["", "-a", "a-", "A", "a_b", ".a", "a.", "a..b", "a.-b", "a-.b", "a/b", "a\n", "ä", letters(254)].concat(
      `${"a.".repeat(127)}a`,
    ),
  },
  {
    name: "parameterPath",
    rule: parameterPath,
    allowed: [
      "/a",
      "/metaflow/prod",
      "/Acme.Data_1/metaflow-2",
      "/a".repeat(14),
      `/${letters(899)}`,
      "/metaflow/aws/ssm",
      "/x-aws",
    ],
    refused: [
      "",
      "/",
      "metaflow",
      "metaflow/prod",
      "/metaflow/",
      "//metaflow",
      "/metaflow//prod",
      "/a b",
      " /a",
      "/ä",
    ].concat(
      ["/a:b", "/a@b", "/a\n", "/aws", "/AWS/metaflow", "/awsome", "/ssm/metaflow", "/SsM", "/a".repeat(15)],
      `/${letters(900)}`,
    ),
  },
  {
    name: "roleName",
    rule: roleName,
    allowed: ["a", "A_+=,.@-1", letters(64)],
    refused: ["", "a b", "a/b", letters(65)],
  },
  {
    name: "functionName",
    rule: functionName,
    allowed: ["a", "A_b-1", letters(64)],
    refused: ["", "a.b", letters(65)],
  },
  {
    name: "postgresqlName",
    rule: postgresqlName,
    allowed: ["metaflow", "Flow_1", "a", letters(63), "users", "postgres", "administrator"],
    refused: ["", "1a", "_a", "a-b", "a b", letters(64), "user", "User", "select", "admin", "rdsadmin", "pg_x", "ä"],
  },
  {
    name: "parameterGroupFamilyVersion",
    rule: parameterGroupFamilyVersion,
    allowed: ["9.6", "10", "17"],
    refused: ["", "9", "13.12", "17.1", "latest"],
  },
  {
    name: "maintenanceWindow",
    rule: maintenanceWindow,
    allowed: ["", "Mon:00:00-Mon:03:00", "sun:23:59-mon:00:30", "TUE:01:00-wed:02:00"],
    refused: ["Mon", "Mon:24:00-Mon:03:00", "Mon:00:60-Mon:03:00", "Mon:0:00-Mon:03:00", "Mo:00:00-Mo:03:00", " "],
  },
  {
    name: "ipv4Network",
    rule: ipv4Network,
    allowed: ["10.20.0.0/16", "0.0.0.0/0", "203.0.113.7/32", "10.0.0.0/8", "192.168.128.0/17"],
    refused: [
      "",
      "10.20.0.0",
      "10.20.0.1/16",
      "10.20.0.0/33",
      "10.20.0.0/-1",
      "10.20.0/16",
      "256.0.0.0/8",
      "2001:db8::/32",
    ].concat(["10.20.0.0/016", "010.0.0.0/8", "a.b.c.d/16", "10.20.0.0/16 ", "10.20.0.0/"]),
  },
  {
    name: "vpcNetwork",
    rule: vpcNetwork,
    allowed: ["10.20.0.0/16", "10.20.0.16/28"],
    refused: ["10.0.0.0/15", "10.20.0.8/29", "10.0.0.0/8", "10.20.1.0/16"],
  },
  {
    name: "sourceAddress",
    rule: sourceAddress,
    allowed: ["198.51.100.0/24", "203.0.113.7", "203.0.113.7/24", "2001:db8::/32", "2001:db8::1", "0.0.0.0/0", "::/0"],
    refused: [
      "",
      "198.51.100.0/33",
      "198.51.100",
      "2001:db8::/129",
      "example.com",
      "1.2.3.4/24/24",
      "01.2.3.4",
      "1.2.3.4/",
    ].concat(["fe80::1%eth0", "1.2.3.4/08", "2001:db8:::/32"]),
  },
  { name: "oneOf", rule: oneOf("aws", "aws-cn"), allowed: ["aws", "aws-cn"], refused: ["", "AWS", "aws-"] },
];
