"""What IAM's policies say."""

import json
import unittest

from emulated import trusting
from policies import trusts, verdict


def statement(effect="Allow", **more):
    return {"Effect": effect, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **more}


def says(*statements, action="s3:GetObject", resource="arn:aws:s3:::b/k", **context):
    return verdict([{"Version": "2012-10-17", "Statement": list(statements)}], action, resource, {name.replace("__", ":"): value for name, value in context.items()})


class Verdicts(unittest.TestCase):
    def test_actions_and_resources(self):
        for given, action, resource, expected in (
            (statement(), "s3:GetObject", "arn:aws:s3:::b/k/more", "Allow"),
            (statement(), "s3:PutObject", "arn:aws:s3:::b/k", None),
            (statement(), "s3:GetObject", "arn:aws:s3:::b", None),
            (statement(Action="S3:get*"), "s3:GetObject", "arn:aws:s3:::b/k", "Allow"),
            (statement(Action=["s3:List?ucket", "s3:Put*"]), "s3:ListBucket", "arn:aws:s3:::b/k", "Allow"),
            (statement(Resource=["arn:aws:s3:::a", "arn:aws:s3:::b.c"]), "s3:GetObject", "arn:aws:s3:::b-c", None),
            ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "s3:GetObject", "x", None),
            ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "sts:AssumeRole", "x", "Allow"),
            ({"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*"}, "s3:GetObject", "arn:aws:s3:::c/k", "Deny"),
            (statement(Resource="arn:aws:s3:::${aws:PrincipalAccount}/*"), "s3:GetObject", "arn:aws:s3:::123/k", None),
        ):
            with self.subTest(given=given, action=action, resource=resource):
                self.assertEqual(expected, says(given, action=action, resource=resource))

    def test_a_deny_wins(self):
        self.assertEqual("Deny", says(statement(), statement("Deny")))
        self.assertEqual("Deny", verdict([json.dumps({"Statement": statement("Deny")}), {"Statement": [statement()]}], "s3:GetObject", "arn:aws:s3:::b/k", {}))

    def test_conditions(self):
        for condition, context, expected in (
            ({"StringEquals": {"aws:SourceAccount": "1"}}, {"aws__sourceaccount": "1"}, "Allow"),
            ({"StringEquals": {"aws:SourceAccount": ["2", "3"]}}, {"aws__sourceaccount": "1"}, None),
            ({"StringEquals": {"aws:SourceAccount": "1"}}, {}, None),
            ({"StringEqualsIfExists": {"aws:SourceAccount": "1"}}, {}, "Allow"),
            ({"StringNotEquals": {"s3:authType": "REST-HEADER"}}, {"s3__authtype": "REST-HEADER"}, None),
            ({"StringNotEquals": {"s3:authType": "REST-HEADER"}}, {}, "Allow"),
            ({"StringLike": {"kms:ViaService": "s3.us-west-2.*"}}, {"kms__viaservice": "s3.us-west-2.amazonaws.com"}, "Allow"),
            ({"StringLike": {"kms:ViaService": "s3.us-west-2.*"}}, {"kms__viaservice": "dynamodb.us-west-2.amazonaws.com"}, None),
            ({"StringNotLike": {"s3:prefix": "private/*"}}, {"s3__prefix": "private/a"}, None),
            ({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:1:*"}}, {"aws__sourcearn": "arn:aws:ecs:us-west-2:1:task/x"}, "Allow"),
            ({"ArnNotLike": {"aws:SourceArn": "arn:aws:ecs:*:1:*"}}, {"aws__sourcearn": "arn:aws:ecs:us-west-2:1:task/x"}, None),
            ({"Bool": {"aws:SecureTransport": False}}, {"aws__securetransport": "true"}, None),
            ({"Bool": {"aws:SecureTransport": "true"}}, {"aws__securetransport": "true"}, "Allow"),
            ({"Null": {"aws:TokenIssueTime": "true"}}, {}, "Allow"),
            ({"Null": {"aws:TokenIssueTime": "true"}}, {"aws__tokenissuetime": "now"}, None),
            ({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, {"aws__sourceip": "127.0.0.1"}, "Allow"),
            ({"NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, {"aws__sourceip": "127.0.0.1"}, None),
            ({"NumericLessThanEquals": {"s3:max-keys": "10"}}, {"s3__max-keys": "11"}, None),
            ({"StringEquals": {"a": "1"}, "Bool": {"b": "true"}}, {"a": "1", "b": "false"}, None),
        ):
            with self.subTest(condition=condition, context=context):
                self.assertEqual(expected, says(statement(Condition=condition), **context))

    def test_trust(self):
        self.assertTrue(trusts(trusting("ecs-tasks.amazonaws.com", "ec2.amazonaws.com"), "ec2.amazonaws.com", {}))
        self.assertFalse(trusts(trusting("ecs-tasks.amazonaws.com"), "states.amazonaws.com", {}))
        of_account = json.loads(trusting("states.amazonaws.com"))
        of_account["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceAccount": "1"}}
        self.assertEqual([True, False], [trusts(json.dumps(of_account), "states.amazonaws.com", {"aws:sourceaccount": one}) for one in "12"])


if __name__ == "__main__":
    unittest.main()
