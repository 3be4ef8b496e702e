"""What moto's Resource Groups Tagging API leaves out of GetResources: API Gateway, Batch, user pools, launch templates, VPC endpoints, listeners with their rules, the groups of RDS and flow logs."""

from correcting import after


def apply():
    from moto.apigateway.models import APIGatewayBackend
    from moto.batch.models import BatchBackend
    from moto.cognitoidp.models import CognitoIdpBackend
    from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
    from moto.ec2.models import EC2Backend
    from moto.elbv2.models import ELBv2Backend
    from moto.rds.models import RDSBackend

    def takes_part(backend, namespace, resources):
        backend.__bases__ += (TaggableResourcesMixin,)
        backend.SERVICE_NAMESPACE, backend.iter_tagged_resources = namespace, resources

    def resources_of_api_gateway(self):
        root = f"arn:{self.partition}:apigateway:{self.region_name}::"
        for kind, held in (("restapis", self.apis), ("apikeys", self.keys), ("usageplans", self.usage_plans), ("vpclinks", self.vpc_links)):
            for name, one in held.items():
                yield TaggedResource(f"{root}/{kind}/{name}", one.tags or {}, f"apigateway:{kind}")
        for api, one in self.apis.items():
            for stage in one.stages.values():
                yield TaggedResource(f"{root}/restapis/{api}/stages/{stage.name}", stage.tags or {}, "apigateway:restapis/stages")

    takes_part(APIGatewayBackend, "apigateway", resources_of_api_gateway)

    def resources_of_batch(self):
        for kind, held in (("compute-environment", self._compute_environments), ("job-queue", self._job_queues)):
            for arn in held:
                yield TaggedResource(arn, self.list_tags_for_resource(arn), f"batch:{kind}")

    takes_part(BatchBackend, "batch", resources_of_batch)

    def resources_of_cognito(self):
        for pool in self.user_pools.values():
            yield TaggedResource(pool.arn, pool.extended_config.get("UserPoolTags") or {}, "cognito-idp:userpool")

    takes_part(CognitoIdpBackend, "cognito-idp", resources_of_cognito)

    @after(ELBv2Backend, "iter_tagged_resources")
    def with_listeners(answer, self):
        yield from answer
        for balancer in self.load_balancers.values():
            for listener in balancer.listeners.values():
                tags = self.tagging_service.get_tag_dict_for_resource(listener.arn)
                yield TaggedResource(listener.arn, tags, "elasticloadbalancing:listener")
                for rule in listener.rules.values():
                    tags = self.tagging_service.get_tag_dict_for_resource(rule.arn)
                    yield TaggedResource(rule.arn, tags, "elasticloadbalancing:listener-rule")

    @after(EC2Backend, "iter_tagged_resources")
    def with_names_of_aws(answer, self):
        """moto names flow logs in ARNs otherwise than AWS, and leaves launch templates and VPC endpoints out."""
        for one in answer:
            yield TaggedResource(one.arn.replace(":flow-logs/", ":vpc-flow-log/"), one.tags, one.resource_type, one.extra)
        for kind, held in (("launch-template", self.launch_templates), ("vpc-endpoint", self.vpc_end_points)):
            for name in held:
                arn = f"arn:{self.partition}:ec2:{self.region_name}:{self.account_id}:{kind}/{name}"
                yield TaggedResource(arn, dict(self.tags.get(name, {})), f"ec2:{kind}")

    @after(RDSBackend, "iter_tagged_resources")
    def with_groups(answer, self):
        yield from answer
        groups = {
            "rds:subgrp": self.subnet_groups,
            "rds:pg": self.db_parameter_groups,
            "rds:cluster-pg": self.db_cluster_parameter_groups,
        }
        for kind, held in groups.items():
            for group in held.values():
                yield TaggedResource(group.arn, {tag["Key"]: tag["Value"] for tag in group.tags or []}, kind)
