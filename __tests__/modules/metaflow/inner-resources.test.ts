import { RootConstruct } from "constructs";
import { Datastore } from "../../../modules/datastore";
import { MetadataService } from "../../../modules/metadata-service";
import { MetaflowStack } from "../../../modules/metaflow/stack";
import { resourcesOf } from "../../support/resources-of";

test("the resources of a whole deployment are public", () => {
  const { metaflow } = new MetaflowStack(new RootConstruct(), "metaflow");
  expect(resourcesOf(metaflow)).toEqual([
    "executionRole: aws_iam_role.execution_role_this",
    "jobRole: aws_iam_role.job_role_this",
    "subnets: aws_subnet.network_subnet1",
    "subnets: aws_subnet.network_subnet2",
    "vpc: aws_vpc.network_this",
  ]);
  expect(metaflow.datastore).toBeInstanceOf(Datastore);
  expect(metaflow.metadataService).toBeInstanceOf(MetadataService);
  expect(resourcesOf(metaflow.userRole)).toEqual(["role: aws_iam_role.user_role_this"]);
});
