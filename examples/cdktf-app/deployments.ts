import type { Construct } from "constructs";
import { DeploymentStack } from "./deployment-stack";

/** The deployments of the company: a stack for each, by its name. */
export function deployments(scope: Construct): { dev: DeploymentStack; prod: DeploymentStack } {
  const common = { region: "us-west-2", stateBucket: "acme-terraform" };
  return {
    // Small, and easy to delete.
    dev: new DeploymentStack(scope, "dev", {
      ...common,
      settings: {
        dbInstanceType: "db.t4g.micro",
        backupRetentionDays: 1,
        deletionProtection: false,
        forceDestroyS3Bucket: true,
        vpcCidr: "10.30.0.0/16",
        subnet1Cidr: "10.30.0.0/24",
        subnet2Cidr: "10.30.1.0/24",
      },
    }),
    prod: new DeploymentStack(scope, "prod", {
      ...common,
      alarmTopicArn: "arn:aws:sns:us-west-2:111122223333:on-call",
      settings: {
        backupRetentionDays: 30,
        userRolePrincipals: ["arn:aws:iam::111122223333:role/data-science"],
      },
    }),
  };
}
