"""Where moto 5.2.5 answers otherwise than AWS for what computes: Batch and launch templates."""

from corrections import after


def apply():
    batch()
    launch_templates()


def batch():
    from moto.batch.models import BatchBackend

    @after(BatchBackend, "update_compute_environment")
    def resize(answer, self, compute_environment_name, compute_resources, **others):
        """moto takes other numbers of vCPUs and drops them."""
        environment = self.get_compute_environment(compute_environment_name)
        environment.compute_resources = {**(environment.compute_resources or {}), **(compute_resources or {})}
        return answer


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
