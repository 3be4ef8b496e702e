"""Which operations of AWS make, and which change, a resource of which CloudFormation type.

Most parameters are properties of the same name in another case, which template.py finds by the type's schema. `shape` gives those that
are elsewhere, or called otherwise, their places.
"""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Operation:
    """An operation upon resources of a type. It makes one, or changes the one of which `by` has identifiers."""

    type: str
    shape: Callable = lambda parameters: [parameters]
    by: tuple = ()


def renamed(**names):
    """Parameters under other names."""
    return lambda parameters: [{names.get(key, key): value for key, value in parameters.items()}]


def lifted(name):
    """What a parameter has as properties of their own."""
    return lambda parameters: [{**parameters.pop(name, {}), **parameters}]


def key(parameters):
    tags = [{"Key": tag["TagKey"], "Value": tag["TagValue"]} for tag in parameters.get("Tags", [])]
    return renamed(Policy="KeyPolicy", CustomerMasterKeySpec="KeySpec")({**parameters, "Tags": tags})


def bucket(parameters):
    """A canned ACL is written as one word in CloudFormation: `private` is `Private`, `public-read` is `PublicRead`."""
    acl = {"ACL": "".join(word.capitalize() for word in parameters["ACL"].split("-"))} if "ACL" in parameters else {}
    return renamed(Bucket="BucketName", ACL="AccessControl")({**parameters, **acl})


def bucket_encryption(parameters):
    default = {"ApplyServerSideEncryptionByDefault": "ServerSideEncryptionByDefault"}
    rules = parameters.pop("ServerSideEncryptionConfiguration")["Rules"]
    rules = [{default.get(name, name): value for name, value in rule.items()} for rule in rules]
    return [{**parameters, "BucketEncryption": {"ServerSideEncryptionConfiguration": rules}}]


def lifecycle(parameters):
    """In CloudFormation a rule has what S3 keeps in its filter and its expiration."""
    expiration = {"Days": "ExpirationInDays", "Date": "ExpirationDate"}
    rules = []
    for rule in parameters["LifecycleConfiguration"]["Rules"]:
        where, expires = rule.pop("Filter", {}), rule.pop("Expiration", {})
        rules.append({**rule, **where, **{expiration.get(name, name): value for name, value in expires.items()}})
    return [{**parameters, "LifecycleConfiguration": {"Rules": rules}}]


def notifications(parameters):
    """S3 sends events to EventBridge where the configuration has an element for it, though that is empty."""
    configuration = parameters["NotificationConfiguration"]
    events = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}} if "EventBridgeConfiguration" in configuration else {}
    return [{**parameters, "NotificationConfiguration": {**configuration, **events}}]


def table(parameters):
    encryption = parameters.pop("SSESpecification", {})
    return [{**parameters, "SSESpecification": {{"Enabled": "SSEEnabled"}.get(name, name): value for name, value in encryption.items()}}]


def launch_template(parameters):
    """The tags of the template itself, of which template.py makes those of other resources."""
    tags = parameters.pop("Tags", [])
    return [{**parameters, "TagSpecifications": [{"ResourceType": "launch-template", "Tags": tags}]}]


def flow_logs(parameters):
    ids = parameters.pop("ResourceIds")
    return [{**parameters, "ResourceId": one} for one in ids]


def rules(peer):
    """A rule of a security group for each peer of each permission."""
    places = {"IpRanges": {}, "Ipv6Ranges": {}, "UserIdGroupPairs": {"GroupId": f"{peer}SecurityGroupId"}, "PrefixListIds": {"PrefixListId": f"{peer}PrefixListId"}}

    def shape(parameters):
        permissions = parameters.pop("IpPermissions")
        for permission in permissions:
            peers = [({names.get(name, name): value for name, value in one.items()}) for place, names in places.items() for one in permission.pop(place, [])]
            yield from ({**parameters, **permission, **one} for one in peers)

    return shape


# A patch of a stage's settings for methods: /{path}/{method}/{group}/{setting}
METHOD_SETTINGS = {
    "metrics/enabled": "MetricsEnabled",
    "logging/loglevel": "LoggingLevel",
    "logging/dataTrace": "DataTraceEnabled",
    "throttling/burstLimit": "ThrottlingBurstLimit",
    "throttling/rateLimit": "ThrottlingRateLimit",
}


def patched(parameters):
    """Patches of API Gateway as the properties that they set; those of methods are one element of `MethodSettings`."""
    settings, properties = {}, {}
    for patch in parameters.pop("patchOperations"):
        path = patch["path"].strip("/").split("/")
        if len(path) == 4:
            where = {"ResourcePath": f"/{path[0]}", "HttpMethod": path[1]}
            name = "/".join(path[2:])
            settings.setdefault(tuple(path[:2]), where)[METHOD_SETTINGS.get(name, name)] = patch["value"]
        else:
            place = properties
            for part in path[:-1]:
                place = place.setdefault({"accessLogSettings": "accessLogSetting"}.get(part, part), {})
            place[path[-1]] = patch["value"]
    methods = {"MethodSettings": list(settings.values())} if settings else {}
    return [{**parameters, **properties, **methods}]


def under(place, listed=False):
    """What is said of a method, without what says of which, as a property of it, or as one element of a property."""

    def shape(parameters):
        which = {name: parameters.pop(name) for name in METHOD}
        inner = [parameters] if listed else parameters
        for part in reversed(place.split(".")):
            inner = {part: inner}
        return [{**which, **inner}]

    return shape


METHOD = ("restApiId", "resourceId", "httpMethod")

OPERATIONS = {
    "apigateway:CreateApiKey": Operation("AWS::ApiGateway::ApiKey"),
    "apigateway:CreateDeployment": Operation("AWS::ApiGateway::Deployment"),
    "apigateway:CreateRequestValidator": Operation("AWS::ApiGateway::RequestValidator"),
    "apigateway:CreateResource": Operation("AWS::ApiGateway::Resource"),
    "apigateway:CreateRestApi": Operation("AWS::ApiGateway::RestApi"),
    "apigateway:CreateStage": Operation("AWS::ApiGateway::Stage"),
    "apigateway:CreateUsagePlan": Operation("AWS::ApiGateway::UsagePlan", renamed(name="UsagePlanName")),
    "apigateway:CreateUsagePlanKey": Operation("AWS::ApiGateway::UsagePlanKey"),
    "apigateway:CreateVpcLink": Operation("AWS::ApiGateway::VpcLink"),
    "apigateway:PutIntegration": Operation("AWS::ApiGateway::Method", under("Integration"), by=METHOD),
    "apigateway:PutIntegrationResponse": Operation(
        "AWS::ApiGateway::Method", under("Integration.IntegrationResponses", listed=True), by=METHOD
    ),
    "apigateway:PutMethod": Operation("AWS::ApiGateway::Method"),
    "apigateway:PutMethodResponse": Operation("AWS::ApiGateway::Method", under("MethodResponses", listed=True), by=METHOD),
    "apigateway:UpdateAccount": Operation("AWS::ApiGateway::Account", patched),
    "apigateway:UpdateRestApi": Operation("AWS::ApiGateway::RestApi", patched, by=("restApiId",)),
    "apigateway:UpdateStage": Operation("AWS::ApiGateway::Stage", patched, by=("restApiId", "stageName")),
    "batch:CreateComputeEnvironment": Operation("AWS::Batch::ComputeEnvironment"),
    "batch:CreateJobQueue": Operation("AWS::Batch::JobQueue"),
    "dynamodb:CreateTable": Operation("AWS::DynamoDB::Table", table),
    "dynamodb:UpdateContinuousBackups": Operation("AWS::DynamoDB::Table", by=("TableName",)),
    "dynamodb:UpdateTimeToLive": Operation("AWS::DynamoDB::Table", by=("TableName",)),
    "ec2:AssociateRouteTable": Operation("AWS::EC2::SubnetRouteTableAssociation"),
    "ec2:AttachInternetGateway": Operation("AWS::EC2::VPCGatewayAttachment"),
    "ec2:AuthorizeSecurityGroupEgress": Operation("AWS::EC2::SecurityGroupEgress", rules("Destination")),
    "ec2:AuthorizeSecurityGroupIngress": Operation("AWS::EC2::SecurityGroupIngress", rules("Source")),
    "ec2:CreateFlowLogs": Operation("AWS::EC2::FlowLog", flow_logs),
    "ec2:CreateLaunchTemplate": Operation("AWS::EC2::LaunchTemplate", launch_template),
    "ec2:CreateInternetGateway": Operation("AWS::EC2::InternetGateway"),
    "ec2:CreateRoute": Operation("AWS::EC2::Route"),
    "ec2:CreateRouteTable": Operation("AWS::EC2::RouteTable"),
    "ec2:CreateSecurityGroup": Operation("AWS::EC2::SecurityGroup", renamed(Description="GroupDescription")),
    "ec2:CreateSubnet": Operation("AWS::EC2::Subnet"),
    "ec2:CreateVpc": Operation("AWS::EC2::VPC"),
    "ec2:CreateVpcEndpoint": Operation("AWS::EC2::VPCEndpoint"),
    "ec2:ModifyVpcAttribute": Operation(
        "AWS::EC2::VPC",
        lambda parameters: [{name: value["Value"] if isinstance(value, dict) else value for name, value in parameters.items()}],
        by=("VpcId",),
    ),
    "ecs:CreateCluster": Operation("AWS::ECS::Cluster", renamed(settings="ClusterSettings")),
    "ecs:CreateService": Operation("AWS::ECS::Service"),
    "ecs:RegisterTaskDefinition": Operation("AWS::ECS::TaskDefinition"),
    "elbv2:CreateListener": Operation("AWS::ElasticLoadBalancingV2::Listener"),
    "elbv2:CreateLoadBalancer": Operation("AWS::ElasticLoadBalancingV2::LoadBalancer"),
    "elbv2:CreateTargetGroup": Operation("AWS::ElasticLoadBalancingV2::TargetGroup"),
    "elbv2:ModifyLoadBalancerAttributes": Operation(
        "AWS::ElasticLoadBalancingV2::LoadBalancer", renamed(Attributes="LoadBalancerAttributes"), by=("LoadBalancerArn",)
    ),
    "elbv2:ModifyTargetGroupAttributes": Operation(
        "AWS::ElasticLoadBalancingV2::TargetGroup", renamed(Attributes="TargetGroupAttributes"), by=("TargetGroupArn",)
    ),
    "elbv2:SetSecurityGroups": Operation("AWS::ElasticLoadBalancingV2::LoadBalancer", by=("LoadBalancerArn",)),
    "iam:AddRoleToInstanceProfile": Operation(
        "AWS::IAM::InstanceProfile",
        lambda given: [{"InstanceProfileName": given["InstanceProfileName"], "Roles": [given["RoleName"]]}],
        by=("InstanceProfileName",),
    ),
    "iam:AttachRolePolicy": Operation(
        "AWS::IAM::Role", lambda given: [{"RoleName": given["RoleName"], "ManagedPolicyArns": [given["PolicyArn"]]}], by=("RoleName",)
    ),
    "iam:CreateInstanceProfile": Operation("AWS::IAM::InstanceProfile"),
    "iam:CreateRole": Operation("AWS::IAM::Role"),
    "iam:PutRolePolicy": Operation("AWS::IAM::RolePolicy"),
    "kms:CreateKey": Operation("AWS::KMS::Key", key),
    "kms:EnableKeyRotation": Operation("AWS::KMS::Key", lambda given: [{**given, "EnableKeyRotation": True}], by=("KeyId",)),
    "lambda:CreateFunction": Operation("AWS::Lambda::Function"),
    "logs:CreateLogGroup": Operation("AWS::Logs::LogGroup"),
    "logs:PutRetentionPolicy": Operation("AWS::Logs::LogGroup", by=("logGroupName",)),
    "rds:CreateDBCluster": Operation("AWS::RDS::DBCluster"),
    "rds:CreateDBInstance": Operation("AWS::RDS::DBInstance", renamed(VpcSecurityGroupIds="VPCSecurityGroups")),
    "rds:CreateDBSubnetGroup": Operation("AWS::RDS::DBSubnetGroup"),
    "s3:CreateBucket": Operation("AWS::S3::Bucket", bucket),
    "s3:PutBucketEncryption": Operation("AWS::S3::Bucket", bucket_encryption, by=("Bucket",)),
    "s3:PutBucketLifecycleConfiguration": Operation("AWS::S3::Bucket", lifecycle, by=("Bucket",)),
    "s3:PutBucketNotificationConfiguration": Operation("AWS::S3::Bucket", notifications, by=("Bucket",)),
    "s3:PutBucketPolicy": Operation("AWS::S3::BucketPolicy", renamed(Policy="PolicyDocument")),
    "s3:PutBucketTagging": Operation(
        "AWS::S3::Bucket", lambda given: [{"Bucket": given["Bucket"], "Tags": given["Tagging"]["TagSet"]}], by=("Bucket",)
    ),
    "s3:PutBucketVersioning": Operation("AWS::S3::Bucket", by=("Bucket",)),
    "s3:PutPublicAccessBlock": Operation("AWS::S3::Bucket", by=("Bucket",)),
    "secretsmanager:CreateSecret": Operation("AWS::SecretsManager::Secret"),
    "secretsmanager:PutSecretValue": Operation("AWS::SecretsManager::Secret", by=("SecretId",)),
    "sqs:CreateQueue": Operation("AWS::SQS::Queue", lifted("Attributes")),
}

# Operations that only read.
READS = ("Describe", "Get", "Head", "List")
