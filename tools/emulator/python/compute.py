"""Where moto 5.2.5 answers otherwise than AWS for what computes: Batch and launch templates."""

import json

from correcting import after


def apply():
    batch()
    launch_templates()


BATCH = "batch.amazonaws.com"
SERVICE_LINKED_ROLE = "AWSServiceRoleForBatch"


def batch():
    from moto.batch.models import BatchBackend

    create = BatchBackend.create_compute_environment

    def create_with_service_linked_role(self, *given, **named):
        """moto demands a role; AWS takes its service-linked one, which it makes, and the security groups of the launch template."""
        resources = named.get("compute_resources") or {}
        if not named.get("service_role"):
            named["service_role"] = service_linked_role(self)
        if "securityGroupIds" not in resources and "launchTemplate" in resources:
            groups = security_groups(self, resources["launchTemplate"])
            environment = create(self, *given, **{**named, "compute_resources": {**resources, "securityGroupIds": groups}})
            environment.compute_resources = resources
            return environment
        return create(self, *given, **named)

    BatchBackend.create_compute_environment = create_with_service_linked_role

    @after(BatchBackend, "update_compute_environment")
    def resize(answer, self, compute_environment_name, compute_resources, **others):
        """moto takes other numbers of vCPUs and drops them."""
        environment = self.get_compute_environment(compute_environment_name)
        environment.compute_resources = {**(environment.compute_resources or {}), **(compute_resources or {})}
        return answer


def service_linked_role(batch_backend):
    """The ARN of Batch's service-linked role, which is made where there is none. (moto spells its name in another way.)"""
    iam = batch_backend.iam_backend
    for role in iam.roles.values():
        if role.name == SERVICE_LINKED_ROLE:
            return role.arn
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": BATCH}}
    role = iam.create_role(
        SERVICE_LINKED_ROLE,
        json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        f"/aws-service-role/{BATCH}/",
        permissions_boundary=None,
        description=None,
        tags=[],
        max_session_duration="3600",
        linked_service=BATCH,
    )
    return role.arn


def security_groups(batch_backend, launch_template):
    """The security groups of a launch template's first network interface."""
    ec2 = batch_backend.ec2_backend
    template = ec2.get_launch_template(launch_template["launchTemplateId"])
    version = template.get_version(launch_template.get("version") or "$Default")
    return version.data["NetworkInterfaces"][0]["Groups"]


def launch_templates():
    from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend

    create = LaunchTemplateBackend.create_launch_template

    def create_without_own_tags(self, name, description, template_data, tag_spec):
        """moto puts the tags of the template itself among those that the template gives to what is launched."""
        given = template_data.pop("TagSpecifications", [])
        launched = [tags for tags in given if tags["ResourceType"] != "launch-template"]
        data = {**template_data, "TagSpecifications": launched} if launched else template_data
        return create(self, name, description, data, tag_spec)

    LaunchTemplateBackend.create_launch_template = create_without_own_tags
    # moto keeps showing the tags that a template was created with.
    LaunchTemplate.tags = property(lambda self: self.get_tags(), lambda self, tags: None)
