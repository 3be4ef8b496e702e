"""Where moto 5.2.5 answers otherwise than AWS, so that Terraform would see a difference that is none: each answer put right."""

import json
import os
import sys
import types

import api_gateway_corrections
import dynamodb_corrections
import rds_corrections
from correcting import after


def before_import():
    """Settings that moto reads once."""
    # AWS's own policies exist in every account.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # moto imports an OpenAPI validator that only an API given as an OpenAPI document needs: 12 packages less to install.
    for name in ("openapi_spec_validator", "openapi_spec_validator.validation", "openapi_spec_validator.validation.exceptions"):
        sys.modules[name] = types.ModuleType(name)
    vars(sys.modules["openapi_spec_validator"])["validate"] = lambda document: None
    vars(sys.modules["openapi_spec_validator.validation.exceptions"])["OpenAPIValidationError"] = ValueError


def apply():
    api_gateway_corrections.apply()
    application_auto_scaling()
    cognito()
    dynamodb_corrections.apply()
    ecs()
    kms()
    lambda_functions()
    logs()
    rds_corrections.apply()
    s3()
    sagemaker()


def application_auto_scaling():
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    def tags_of(self, arn):
        """moto has no tags of targets; Terraform reads those of every target."""
        backend = self.applicationautoscaling_backend
        if not hasattr(backend, "tags_of_targets"):
            backend.tags_of_targets = {}
        return backend.tags_of_targets.setdefault(arn, {})

    def tag(self):
        tags_of(self, self._get_param("ResourceARN")).update(self._get_param("Tags"))
        return json.dumps({})

    def untag(self):
        for key in self._get_param("TagKeys"):
            tags_of(self, self._get_param("ResourceARN")).pop(key, None)
        return json.dumps({})

    @after(ApplicationAutoScalingResponse, "register_scalable_target")
    def keep_tags(answer, self):
        tags_of(self, json.loads(answer)["ScalableTargetARN"]).update(self._get_param("Tags") or {})
        return answer

    ApplicationAutoScalingResponse.tag_resource, ApplicationAutoScalingResponse.untag_resource = tag, untag
    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps(
        {"Tags": tags_of(self, self._get_param("ResourceARN"))}
    )


def cognito():
    from moto.cognitoidp.models import CognitoIdpBackend, CognitoIdpUserPoolDomain

    @after(CognitoIdpBackend, "create_user_pool_domain")
    def keep_account(answer, self, *args, **kwargs):
        """moto makes up another account in every answer."""
        answer.account_id = self.account_id
        return answer

    @after(CognitoIdpUserPoolDomain, "to_json")
    def show_account(answer, self, *args, **kwargs):
        return {**answer, "AWSAccountId": self.account_id} if "AWSAccountId" in answer else answer


def ecs():
    from moto.core.utils import camelcase_to_underscores
    from moto.ecs.models import EC2ContainerServiceBackend, Service
    from moto.ecs.responses import EC2ContainerServiceResponse

    dropped = (
        "availabilityZoneRebalancing",
        "capacityProviderStrategy",
        "deploymentConfiguration",
        "enableECSManagedTags",
        "enableExecuteCommand",
        "healthCheckGracePeriodSeconds",
        "placementConstraints",
        "placementStrategy",
    )
    Service.availability_zone_rebalancing = "ENABLED"

    @after(EC2ContainerServiceResponse, "create_service")
    def keep_settings(answer, self):
        """moto drops these settings when a service is created, and keeps them when it is updated."""
        service = answer.result["service"]
        for name in dropped:
            value = self._get_param(name)
            if value is not None:
                setattr(service, camelcase_to_underscores(name), value)
        return answer

    def settle(answer, self, *args, **kwargs):
        """No task runs here: a service has at once what it desires, or Terraform's wait_for_steady_state would never end."""
        cluster, desired = self._get_cluster(answer.cluster_name), answer.desired_count
        self.update_cluster_resources(cluster, desired - answer.running_count, task_state="RUNNING")
        self.update_cluster_resources(cluster, -answer.pending_count, task_state="PENDING")
        answer.running_count, answer.pending_count = desired, 0
        for deployment in answer.deployments:
            deployment.update(desiredCount=desired, runningCount=desired, pendingCount=0, taskDefinition=answer.task_definition)
            deployment.update(rolloutState="COMPLETED", rolloutStateReason=f"ECS deployment {deployment['id']} completed.")
        return answer

    def starts(self, task_definition):
        """Where an image has this tag, its task does not start, and ECS rolls the service back."""
        containers = self.describe_task_definition(task_definition).container_definitions
        return not any(container["image"].endswith(":does-not-start") for container in containers)

    replace_settings = EC2ContainerServiceBackend.update_service

    def merge_settings(self, settings):
        """What an update leaves out of the deployment configuration stays as it is."""
        service = self._get_service(settings.get("cluster", "default"), settings["service"].split("/")[-1])
        held, given = getattr(service, "deployment_configuration", None), settings.get("deployment_configuration")
        merged = {"deployment_configuration": {**held, **given}} if held and given else {}
        wanted = settings.get("task_definition")
        if wanted and not starts(self, wanted):
            merged["task_definition"] = service.task_definition
        return replace_settings(self, {**settings, **merged})

    EC2ContainerServiceBackend.update_service = merge_settings
    after(EC2ContainerServiceBackend, "create_service")(settle)
    after(EC2ContainerServiceBackend, "update_service")(settle)


def kms():
    from moto.kms.responses import KmsResponse

    def key_of(self):
        return self.kms_backend.keys[self.kms_backend.get_key_id(self._get_param("KeyId"))]

    @after(KmsResponse, "enable_key_rotation")
    def keep_period(answer, self):
        key_of(self).rotation_period = self._get_param("RotationPeriodInDays") or 365
        return answer

    @after(KmsResponse, "get_key_rotation_status")
    def show_period(answer, self):
        status = json.loads(answer)
        period = {"RotationPeriodInDays": key_of(self).rotation_period} if status["KeyRotationEnabled"] else {}
        return json.dumps({**status, **period})


def lambda_functions():
    from moto.awslambda.models import LambdaFunction

    @after(LambdaFunction, "__init__")
    def keep_logging(answer, self, spec, *args, **kwargs):
        self.logging_config, self.dead_letter_config = spec.get("LoggingConfig"), spec.get("DeadLetterConfig")

    @after(LambdaFunction, "update_configuration")
    def update_more(answer, self, updates):
        """moto changes half of a function's settings."""
        self.kms_key_arn = updates.get("KMSKeyArn", self.kms_key_arn)
        self.logging_config = updates.get("LoggingConfig", self.logging_config)
        self.dead_letter_config = updates.get("DeadLetterConfig", self.dead_letter_config)
        self.tracing_config = updates.get("TracingConfig", self.tracing_config)
        return self.get_configuration()

    @after(LambdaFunction, "get_configuration")
    def show_logging(answer, self, *args, **kwargs):
        group = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}", **(self.logging_config or {})}
        dead_letters = {"DeadLetterConfig": self.dead_letter_config} if (self.dead_letter_config or {}).get("TargetArn") else {}
        return {**answer, "LoggingConfig": group, **dead_letters}


def logs():
    from moto.logs.responses import LogsResponse

    def change_key(self):
        """Not implemented in moto: a log group's key is changed or taken away."""
        self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = self._get_param("kmsKeyId")
        return ""

    LogsResponse.associate_kms_key = LogsResponse.disassociate_kms_key = change_key


def s3():
    import xmltodict
    from moto.iam.access_control import IAMPolicyStatement, PermissionResult
    from moto.s3.exceptions import BucketAlreadyExists
    from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend, s3_backends
    from moto.s3.responses import S3Response

    # moto deletes a version as it does an object with a content, which a delete marker has not.
    FakeDeleteMarker.dispose = lambda self: None

    @after(S3Backend, "put_bucket_lifecycle")
    def keep_rules(answer, self, bucket_name, rules):
        self.get_bucket(bucket_name).lifecycle_rules = rules
        return answer

    @after(S3Response, "get_bucket_lifecycle")
    def show_rules(answer, self):
        """moto forgets parts of a rule (newer_noncurrent_versions); what was put is what AWS gives."""
        rules = self.backend.get_bucket(self.bucket_name).lifecycle_rules
        xmlns = "http://s3.amazonaws.com/doc/2006-03-01/"
        headers = {"x-amz-transition-default-minimum-object-size": "all_storage_classes_128K"}
        return 200, headers, xmltodict.unparse({"LifecycleConfiguration": {"@xmlns": xmlns, "Rule": rules}})

    @after(S3Response, "get_bucket_notification")
    def show_event_bridge(answer, self):
        """moto keeps that a bucket's events go to EventBridge, and does not tell."""
        status, headers, body = answer
        configuration = self.backend.get_bucket(self.bucket_name).notification_configuration
        if configuration is None or configuration.event_bridge is None:
            return answer
        parsed = xmltodict.parse(body)
        parsed["NotificationConfiguration"] = {**(parsed["NotificationConfiguration"] or {}), "EventBridgeConfiguration": None}
        return status, headers, xmltodict.unparse(parsed)

    @after(IAMPolicyStatement, "is_action_permitted")
    def skip_unmet_conditions(answer, self, action, resource="*", principal=None, *_):
        """In a bucket's policy a statement whose condition is not met says nothing; moto lets it deny (aws:SecureTransport)."""
        unmet = answer is PermissionResult.DENIED and principal is None and self._statement.get("Condition")
        return PermissionResult.NEUTRAL if unmet else answer

    def listed(value):
        return value if isinstance(value, list) else [value]

    def grants_log_delivery(target_bucket, target_prefix):
        """moto crashes on Principal "*" and overlooks lists."""
        statements = listed(json.loads(target_bucket.policy.decode())["Statement"]) if target_bucket.policy else []
        return any(
            statement["Effect"] == "Allow"
            and isinstance(statement.get("Principal"), dict)
            and "logging.s3.amazonaws.com" in listed(statement["Principal"].get("Service"))
            and {"s3:PutObject", "s3:*"} & set(listed(statement.get("Action")))
            for statement in statements
        )

    FakeBucket._log_permissions_enabled_policy = staticmethod(grants_log_delivery)

    get_bucket = S3Backend.get_bucket
    # A flow log's destination is a bucket with a prefix; moto looks for a bucket of that name.
    S3Backend.get_bucket = lambda self, bucket_name: get_bucket(self, bucket_name.split("/")[0])

    create_bucket = S3Backend.create_bucket

    def create_own_bucket(self, bucket_name, *args, **kwargs):
        """Two accounts may have buckets of one name here, so that tests run side by side; in one account a name stays unique."""
        if bucket_name in self.buckets:
            raise BucketAlreadyExists(bucket=bucket_name)
        return create_bucket(self, bucket_name, *args, **kwargs)

    class NoNames(dict):
        def __setitem__(self, name, account):
            pass

    S3Backend.create_bucket = create_own_bucket
    s3_backends.bucket_accounts = NoNames()


def sagemaker():
    from moto.core.responses import EmptyResult
    from moto.sagemaker.models import FakeSagemakerNotebookInstance, SageMakerModelBackend
    from moto.sagemaker.responses import SageMakerResponse

    kept = ("PlatformIdentifier", "InstanceMetadataServiceConfiguration")

    @after(SageMakerResponse, "create_notebook_instance")
    def keep(answer, self):
        """moto drops the platform of a notebook and which version of IMDS it has."""
        notebook = self.sagemaker_backend.get_notebook_instance(self._get_param("NotebookInstanceName"))
        notebook.kept = {name: self._get_param(name) for name in kept if self._get_param(name) is not None}
        return answer

    @after(FakeSagemakerNotebookInstance, "to_dict")
    def show(answer, self):
        return {**answer, **getattr(self, "kept", {})}

    @after(SageMakerResponse, "create_notebook_instance_lifecycle_config")
    def keep_tags(answer, self):
        """moto knows no tags of lifecycle configurations."""
        name = self._get_param("NotebookInstanceLifecycleConfigName")
        self.sagemaker_backend.notebook_instance_lifecycle_configurations[name].tags = self._get_param("Tags") or []
        return answer

    find = SageMakerModelBackend._get_resource_from_arn

    def found(self, arn):
        kind, name = arn.split(":")[-1].split("/")
        if kind == "notebook-instance-lifecycle-config":
            return self.notebook_instance_lifecycle_configurations[name]
        return find(self, arn)

    SageMakerModelBackend._get_resource_from_arn = found

    def update_notebook_instance_lifecycle_config(self):
        """Not implemented in moto."""
        name = self._get_param("NotebookInstanceLifecycleConfigName")
        configuration = self.sagemaker_backend.notebook_instance_lifecycle_configurations[name]
        configuration.on_create, configuration.on_start = self._get_param("OnCreate"), self._get_param("OnStart")
        return EmptyResult()

    SageMakerResponse.update_notebook_instance_lifecycle_config = update_notebook_instance_lifecycle_config
