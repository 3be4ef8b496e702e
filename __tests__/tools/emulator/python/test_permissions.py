"""What calls need, and what roles may."""

import io
import json
import unittest
import urllib.request
import zipfile

from botocore.exceptions import ClientError
from emulated import ACCOUNT, REGION, Emulated, allowing, trusting
from permissions import Place, needs
from service_models import Request

PLACE = Place("1", "us-west-2")


def needed(service, operation, **parameters):
    return [f"{need.action} {need.resource}" for need in needs(Request(service, operation, parameters), PLACE)]


class Needs(unittest.TestCase):
    def test_each_operation_needs_its_permissions(self):
        queue, definition = "arn:aws:batch:us-west-2:1:job-queue/q", "arn:aws:batch:us-west-2:1:job-definition/d"
        for call, expected in (
            (("s3", "HeadObject", {"Bucket": "b", "Key": "k"}), ["s3:GetObject arn:aws:s3:::b/k"]),
            (("s3", "GetObject", {"Bucket": "b", "Key": "k", "VersionId": "1"}), ["s3:GetObjectVersion arn:aws:s3:::b/k"]),
            (("s3", "UploadPart", {"Bucket": "b", "Key": "k/l"}), ["s3:PutObject arn:aws:s3:::b/k/l"]),
            (("s3", "ListObjectsV2", {"Bucket": "b", "Prefix": "p"}), ["s3:ListBucket arn:aws:s3:::b"]),
            (("s3", "ListBuckets", {}), ["s3:ListAllMyBuckets *"]),
            (("s3", "CopyObject", {"Bucket": "b", "Key": "k", "CopySource": "/c/k?versionId=1"}), ["s3:PutObject arn:aws:s3:::b/k", "s3:GetObject arn:aws:s3:::c/k"]),
            (("s3", "DeleteObjects", {"Bucket": "b", "Delete": {"Objects": [{"Key": "k"}, {"Key": "l"}]}}), ["s3:DeleteObject arn:aws:s3:::b/k", "s3:DeleteObject arn:aws:s3:::b/l"]),
            (("batch", "SubmitJob", {"jobQueue": queue, "jobDefinition": "d"}), [f"batch:SubmitJob {queue}", f"batch:SubmitJob {definition}"]),
            (("batch", "TerminateJob", {"jobId": "j"}), ["batch:TerminateJob arn:aws:batch:us-west-2:1:job/j"]),
            (("batch", "DescribeJobs", {"jobs": ["j"]}), ["batch:DescribeJobs *"]),
            (
                ("batch", "RegisterJobDefinition", {"jobDefinitionName": "d", "containerProperties": {"jobRoleArn": "arn:aws:iam::1:role/r"}}),
                [f"batch:RegisterJobDefinition {definition}", "iam:PassRole arn:aws:iam::1:role/r"],
            ),
            (("dynamodb", "GetItem", {"TableName": "t"}), ["dynamodb:GetItem arn:aws:dynamodb:us-west-2:1:table/t"]),
            (("stepfunctions", "StartExecution", {"stateMachineArn": "arn:aws:states:us-west-2:1:stateMachine:s"}), ["states:StartExecution arn:aws:states:us-west-2:1:stateMachine:s"]),
            (("stepfunctions", "CreateStateMachine", {"name": "s", "roleArn": "arn:aws:iam::1:role/r"}), ["states:CreateStateMachine arn:aws:states:us-west-2:1:stateMachine:s", "iam:PassRole arn:aws:iam::1:role/r"]),
            (("logs", "PutLogEvents", {"logGroupName": "g", "logStreamName": "s"}), ["logs:PutLogEvents arn:aws:logs:us-west-2:1:log-group:g:log-stream:s"]),
            (("events", "PutRule", {"Name": "r"}), ["events:PutRule arn:aws:events:us-west-2:1:rule/r"]),
            (("sts", "GetCallerIdentity", {}), []),
            (("ec2", "DescribeVpcs", {}), ["ec2:DescribeVpcs *"]),
        ):
            with self.subTest(call=call):
                service, operation, parameters = call
                self.assertEqual(expected, needed(service, operation, **parameters))


class Roles(Emulated):
    def as_role(self, name):
        """A client's maker, of a session of a role."""
        found = self.client("sts").assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{name}", RoleSessionName="test")["Credentials"]
        return lambda service: self.client(service, found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"])

    def test_what_was_asked_of_a_role_can_be_read(self):
        self.role("asked", "ecs-tasks.amazonaws.com", allowing("s3:PutObject", "arn:aws:s3:::data/a"))
        s3 = self.as_role("asked")("s3")
        for _ in range(2):
            s3.put_object(Bucket="data", Key="a", Body=b"")
        with self.assertRaises(ClientError):
            s3.put_object(Bucket="data", Key="b", Body=b"")
        with urllib.request.urlopen(f"{self.endpoint}/_emulator/permissions") as page:
            found = [one for one in json.load(page) if one["role"] == "asked"]
        resources = ["arn:aws:s3:::data/a", "arn:aws:s3:::data/b"]
        self.assertEqual([{"account": ACCOUNT, "role": "asked", "action": "s3:PutObject", "allowed": 2, "denied": 1, "resources": resources}], found)

    def test_a_key_of_the_bucket_needs_its_permission(self):
        key = self.client("kms").create_key()["KeyMetadata"]["Arn"]
        self.s3.create_bucket(Bucket="encrypted", CreateBucketConfiguration={"LocationConstraint": REGION})
        default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
        self.s3.put_bucket_encryption(Bucket="encrypted", ServerSideEncryptionConfiguration={"Rules": [default]})
        objects = allowing(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::encrypted/*")
        through = {"Condition": {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}}
        self.role("encrypting", "ecs-tasks.amazonaws.com", objects, allowing("kms:GenerateDataKey", key, **through))
        s3 = self.as_role("encrypting")("s3")
        s3.put_object(Bucket="encrypted", Key="k", Body=b"text")
        with self.assertRaisesRegex(ClientError, f"AccessDenied.*kms:Decrypt on resource: {key}"):
            s3.get_object(Bucket="encrypted", Key="k")
        self.grant("encrypting", objects, allowing("kms:*", key, Condition={"StringEquals": {"kms:ViaService": f"dynamodb.{REGION}.amazonaws.com"}}))
        with self.assertRaisesRegex(ClientError, "kms:GenerateDataKey"):
            s3.put_object(Bucket="encrypted", Key="k", Body=b"text")

    def test_each_protocol_answers_its_own_denial(self):
        self.role("nothing", "ecs-tasks.amazonaws.com", allowing("logs:DescribeLogGroups", "*"))
        client = self.as_role("nothing")
        self.assertIn("logGroups", client("logs").describe_log_groups())
        for service, operation, code in (
            ("s3", "list_buckets", "AccessDenied"),
            ("batch", "describe_jobs", "AccessDeniedException"),
            ("dynamodb", "list_tables", "AccessDeniedException"),
            ("stepfunctions", "list_state_machines", "AccessDeniedException"),
            ("ec2", "describe_vpcs", "UnauthorizedOperation"),
            ("iam", "list_roles", "AccessDenied"),
        ):
            with self.subTest(service=service), self.assertRaises(ClientError) as raised:
                getattr(client(service), operation)(**({"jobs": ["j"]} if service == "batch" else {}))
            self.assertEqual(code, raised.exception.response["Error"]["Code"])
        self.assertIn("assumed-role/nothing/test", client("sts").get_caller_identity()["Arn"])

    def test_managed_policies_count_and_a_boundary_bounds(self):
        document = json.dumps({"Version": "2012-10-17", "Statement": [allowing("s3:*")]})
        managed = self.iam.create_policy(PolicyName="all", PolicyDocument=document)["Policy"]["Arn"]
        bounds = json.dumps({"Version": "2012-10-17", "Statement": [allowing("s3:ListAllMyBuckets")]})
        boundary = self.iam.create_policy(PolicyName="bounds", PolicyDocument=bounds)["Policy"]["Arn"]
        self.iam.create_role(RoleName="bounded", AssumeRolePolicyDocument=trusting("ecs-tasks.amazonaws.com"), PermissionsBoundary=boundary)
        self.iam.attach_role_policy(RoleName="bounded", PolicyArn=managed)
        s3 = self.as_role("bounded")("s3")
        s3.list_buckets()
        with self.assertRaisesRegex(ClientError, "s3:ListBucket"):
            s3.list_objects_v2(Bucket="data")
        self.iam.delete_role_permissions_boundary(RoleName="bounded")
        s3.list_objects_v2(Bucket="data")

    def test_a_function_acts_as_its_role(self):
        role = self.role("function", "lambda.amazonaws.com", allowing("s3:GetObject", "arn:aws:s3:::data/*"))
        code = "import boto3\ndef handler(event, context):\n    boto3.client('s3').put_object(Bucket='data', Key='k', Body=b'')\n    return 'done'\n"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("index.py", code)
        function = self.client("lambda")
        function.create_function(FunctionName="f", Runtime="python3.13", Role=role, Handler="index.handler", Code={"ZipFile": file.getvalue()}, Timeout=20)
        self.assertRegex(function.invoke(FunctionName="f")["Payload"].read().decode(), "AccessDenied.*assumed-role/function/f is not authorized to perform: s3:PutObject")
        self.grant("function", allowing("s3:PutObject", "arn:aws:s3:::data/*"))
        self.assertEqual(b'"done"', function.invoke(FunctionName="f")["Payload"].read())
        self.iam.update_assume_role_policy(RoleName="function", PolicyDocument=trusting("ecs-tasks.amazonaws.com"))
        self.assertIn("cannot be assumed by Lambda", function.invoke(FunctionName="f")["Payload"].read().decode())


if __name__ == "__main__":
    unittest.main()
