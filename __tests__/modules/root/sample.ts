import type { RootInputs } from "../../../modules/root";
import type { ModuleSample } from "../../support/module-sample";

/** What a whole deployment cannot do without, with AWS Step Functions. */
export const ROOT: RootInputs = {
  enableStepFunctions: true,
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
  tags: {},
  uiCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  vpcCidrBlocks: ["10.20.0.0/16"],
  vpcId: "vpc-0a1b2c3d4e5f60718",
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: ROOT,
  values: {
    uiCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
    vpcId: "vpc-0a1b2c3d4e5f60718",
  },
};
