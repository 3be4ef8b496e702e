import * as aws from "../../support/bad-input/aws";
import { arnOf, arns, optional, oracle, tags, whole, type InputOracles } from "../../support/bad-input/inputs";
import { oneOf } from "../../support/bad-input/texts";

/** What AWS makes of each input of a user's role by itself. */
export const roleInputs: InputOracles = {
  batchJobQueueArns: arns(
    "arn:aws:batch:us-west-2:123456789012:job-queue/metaflow",
    "arn:aws:batch:us-west-2:1:queue/a",
  ),
  batchJobRoleArns: arns("arn:aws:iam::123456789012:role/batch", "arn:aws:iam::123456789012:user/batch"),
  /** "CreateRole", MaxSessionDuration, IAM API Reference. */
  maxSessionDuration: whole(3600, 43200),
  /** "Naming Amazon S3 objects", Amazon S3 User Guide; a policy reads `*`, `?` and `$` otherwise. */
  s3Folders: oracle<string[]>(
    (list) => list.length > 0 && list.every((item) => /^[\w.-]+(\/[\w.-]+)*$/.test(item)),
    oneOf(["metaflow", "data"], ["teams/forecast"], ["a.b_c-d"]),
    oneOf<string[]>([], [""], ["/metaflow"], ["metaflow/"], ["*"], ["a b"], ["${aws:username}"], ["é"], ["a", "b?"]),
  ),
  stateMachinePrefix: oracle<string>(
    optional((value) => /^[\w-]{1,60}$/.test(value)),
    oneOf("", "acme-metaflow", "flows_2"),
    oneOf("acme.flows", "a b", "é", "*", "a".repeat(61)),
  ),
  stepFunctionsRoleArns: arns("arn:aws:iam::123456789012:role/states", "arn:aws:iam::123456789012:user/states"),
  userRolePrincipals: arns("arn:aws:iam::123456789012:role/data-science", "*"),
  datastoreS3BucketKmsKeyArn: arnOf(
    (value) => aws.isArn(value, "kms", "key/"),
    "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-west-2:123456789012:alias/metaflow",
  ),
  s3BucketArn: arnOf(
    (value) => aws.isArn(value) && value.includes(":s3:::"),
    "arn:aws:s3:::acme",
    "arn:aws-us-gov:s3:::acme.metaflow",
  ),
  standardTags: tags((value) => aws.areIamTags(value, "aws:")),
};
