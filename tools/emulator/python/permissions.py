"""What a call needs of the role of its caller: actions, each with a resource and with what is known for conditions.

Operations of S3, and those that need another permission beside their own, are told one by one (Service Authorization Reference). Every other
operation needs the action of its name on the resources that its parameters name; where they name none, on everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policies import Context
from roles import Session

#: Where IAM calls a service otherwise than botocore.
PREFIXES = {"stepfunctions": "states", "elbv2": "elasticloadbalancing", "resourcegroupstaggingapi": "tag", "apigatewayv2": "apigateway"}
#: Nobody needs a permission for these.
FREE = {("sts", "GetCallerIdentity")}


@dataclass(frozen=True)
class Need:
    action: str
    resource: str
    context: Context = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a call is made."""

    account: str
    region: str
    partition: str = "aws"

    def arn(self, service: str, resource: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"


def denied(session: Session, request: Any, place: Place) -> str | None:
    """What AWS answers a caller whose role lacks a permission, or None."""
    context = {"aws:requestedregion": place.region, "aws:sourceip": "127.0.0.1", "aws:securetransport": "true"}
    for need in needs(request, place):
        if not session.may(need.action, need.resource, {**context, **need.context}):
            return (
                f"User: {session.arn} is not authorized to perform: {need.action} on resource: {need.resource} "
                f"because no identity-based policy allows the {need.action} action"
            )
    return None


def needs(request: Any, place: Place) -> Iterator[Need]:
    if (request.service, request.operation) in FREE:
        return
    prefix = PREFIXES.get(request.service, request.service)
    special = {"s3": s3, "batch": batch, "dynamodb": dynamodb, "logs": logs, "events": events, "stepfunctions": states}.get(request.service)
    found = list(special(request.operation, request.parameters, place)) if special else []
    if not found:
        resources = list(named(request.parameters, place, prefix)) or ["*"]
        found = [Need(f"{prefix}:{request.operation}", resource) for resource in resources]
    yield from found


def named(parameters: Mapping[str, Any], place: Place, prefix: str) -> Iterator[str]:
    """The resources that parameters name."""
    if prefix == "kms" and "KeyId" in parameters:
        yield key_arn(parameters["KeyId"], place)
    elif prefix == "secretsmanager" and "SecretId" in parameters:
        yield secret_arn(parameters["SecretId"], place)
    else:
        for name, value in parameters.items():
            if name.lower().endswith("arn") and isinstance(value, str) and value.startswith("arn:"):
                yield value


def secret_arn(given: str, place: Place) -> str:
    from moto.secretsmanager.models import secretsmanager_backends

    secrets = secretsmanager_backends[place.account][place.region].secrets
    return next((secret.arn for secret in list(secrets.values()) if given in (secret.arn, secret.name)), place.arn("secretsmanager", f"secret:{given}"))


def key_arn(given: str, place: Place) -> str:
    from moto.kms.models import kms_backends

    backend = kms_backends[place.account][place.region]
    return given if ":key/" in given else place.arn("kms", f"key/{backend.get_key_id(backend.get_key_id_from_alias(given) or given)}")


# S3

#: The action of an operation that has another name; of all others it is the operation's.
S3_ACTIONS = {
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "DeleteObjects": "DeleteObject",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListParts": "ListMultipartUploadParts",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
}


def s3(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    action = S3_ACTIONS.get(operation, operation)
    bucket = given.get("Bucket")
    arn = f"arn:{place.partition}:s3:::{bucket}" if bucket else "*"
    # Calls whose signature is in their URL do not come here.
    signed = {"s3:authtype": "REST-HEADER", "s3:signatureversion": "AWS4-HMAC-SHA256"}
    context = {**signed, **{f"s3:{name.lower()}": str(given[name]) for name in ("Prefix", "Delimiter") if name in given}}
    if operation == "DeleteObjects":
        keys = [one.get("Key", "") for one in given.get("Delete", {}).get("Objects", [])]
        yield from (Need("s3:DeleteObject", f"{arn}/{key}", context) for key in keys)
        return
    if given.get("VersionId") and action in ("GetObject", "DeleteObject", "GetObjectTagging"):
        action = f"{action}Version" if action != "GetObjectTagging" else "GetObjectVersionTagging"
    yield Need(f"s3:{action}", f"{arn}/{given['Key']}" if "Key" in given else arn, context)
    if operation in ("CopyObject", "UploadPartCopy"):
        source = str(given.get("CopySource", "")).partition("?")[0].lstrip("/")
        yield Need("s3:GetObject", f"arn:{place.partition}:s3:::{source}", signed)
    if "Key" in given and action in ("GetObject", "GetObjectVersion", "PutObject"):
        key = bucket_key(str(bucket), given, place)
        if key:
            through = {"kms:viaservice": f"s3.{place.region}.amazonaws.com"}
            yield Need("kms:GenerateDataKey" if action == "PutObject" else "kms:Decrypt", key, through)


def bucket_key(bucket: str, given: Mapping[str, Any], place: Place) -> str | None:
    """The customer's key that encrypts an object: its own, or else the bucket's."""
    from moto.s3.models import s3_backends

    found = s3_backends[place.account][place.partition].buckets.get(bucket)
    rules = ((found.encryption or {}).get("Rule") if found else None) or []
    rule: Mapping[str, Any] = next(iter(rules if isinstance(rules, list) else [rules]), {})
    default = rule.get("ApplyServerSideEncryptionByDefault", {})
    if given.get("ServerSideEncryption") not in (None, "aws:kms") or default.get("SSEAlgorithm") != "aws:kms":
        return None
    key = given.get("SSEKMSKeyId") or default.get("KMSMasterKeyID")
    return key_arn(key, place) if key else None


# Services of flows


def batch(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    def arn(kind: str, name: str) -> str:
        return name if name.startswith("arn:") else place.arn("batch", f"{kind}/{name}")

    if operation == "SubmitJob":
        definition = arn("job-definition", given["jobDefinition"])
        resources = [arn("job-queue", given["jobQueue"]), definition]
        yield from (Need("batch:SubmitJob", resource) for resource in resources)
        if given.get("tags"):
            yield from (Need("batch:TagResource", resource) for resource in (definition, place.arn("batch", "job/new")))
    elif operation in ("TerminateJob", "CancelJob"):
        yield Need(f"batch:{operation}", arn("job", given["jobId"]))
    elif operation == "RegisterJobDefinition":
        yield Need("batch:RegisterJobDefinition", arn("job-definition", given["jobDefinitionName"]))
        roles = {given.get("containerProperties", {}).get(name) for name in ("jobRoleArn", "executionRoleArn")}
        yield from (Need("iam:PassRole", role, {"iam:passedtoservice": "ecs-tasks.amazonaws.com"}) for role in sorted(roles - {None}))


def states(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    if operation in ("CreateStateMachine", "UpdateStateMachine"):
        yield Need(f"states:{operation}", given.get("stateMachineArn") or place.arn("states", f"stateMachine:{given['name']}"))
        if "roleArn" in given:
            yield Need("iam:PassRole", given["roleArn"], {"iam:passedtoservice": "states.amazonaws.com"})


def dynamodb(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    tables = [given["TableName"]] if "TableName" in given else list(given.get("RequestItems", {}))
    for table in tables:
        yield Need(f"dynamodb:{operation}", table if table.startswith("arn:") else place.arn("dynamodb", f"table/{table}"))
        key = table_key(table.rpartition("/")[2], place)
        if key and operation.endswith(("Item", "Items", "Query", "Scan")):
            yield Need("kms:Decrypt", key, {"kms:viaservice": f"dynamodb.{place.region}.amazonaws.com"})


def table_key(name: str, place: Place) -> str | None:
    """The customer's key that encrypts a table; DynamoDB's own asks nobody for a permission."""
    from moto.dynamodb.models import dynamodb_backends
    from moto.kms.models import kms_backends

    table = dynamodb_backends[place.account][place.region].tables.get(name)
    key = ((table.sse_specification if table else None) or {}).get("KMSMasterKeyId")
    found = kms_backends[place.account][place.region].keys.get(key.rpartition("/")[2]) if key else None
    return found.arn if found and not any(alias.startswith("alias/aws/") for alias in found.aliases) else None


def logs(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    group, stream = given.get("logGroupName"), given.get("logStreamName")
    if group:
        yield Need(f"logs:{operation}", place.arn("logs", f"log-group:{group}:{f'log-stream:{stream}' if stream else '*'}"))


def events(operation: str, given: Mapping[str, Any], place: Place) -> Iterator[Need]:
    rule = given.get("Rule") or (given.get("Name") if operation != "ListRules" else None)
    if rule:
        yield Need(f"events:{operation}", place.arn("events", f"rule/{rule}"))
    for target in given.get("Targets", []) if operation == "PutTargets" else []:
        if target.get("RoleArn"):
            yield Need("iam:PassRole", target["RoleArn"], {"iam:passedtoservice": "events.amazonaws.com"})
