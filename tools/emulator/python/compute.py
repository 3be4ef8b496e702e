"""Where moto 5.2.5 answers otherwise than AWS for what computes: launch templates."""


def apply():
    launch_templates()


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
