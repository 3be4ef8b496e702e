"""Where moto's API Gateway answers otherwise than AWS (see corrections.py)."""

import json
from urllib.parse import unquote

from correcting import after


def apply():
    from moto.apigateway.exceptions import NotFoundException
    from moto.apigateway.models import APIGatewayBackend, Integration, RestAPI, UsagePlan
    from moto.apigateway.responses import APIGatewayResponse
    from moto.apigateway.urls import url_paths
    from moto.core.utils import camelcase_to_underscores

    @after(APIGatewayResponse, "put_integration")
    def keep_connection_id(answer, self):
        """moto drops the VPC link of an integration."""
        integration = method_of(self).method_integration
        integration.connection_id = self._get_param("connectionId")
        return 201, {"status": 201}, json.dumps(integration.to_json())

    @after(Integration, "to_json")
    def show_connection_id(answer, self):
        return {**answer, "connectionId": getattr(self, "connection_id", None)}

    def patch(self, thing):
        """Neither UpdateMethod nor UpdateIntegration is implemented in moto."""
        for operation in self._get_param("patchOperations"):
            _, setting, *key = operation["path"].replace("~1", "/").split("/", 2)
            attribute = {"passthroughBehavior": "passthrough_behaviour"}.get(setting, camelcase_to_underscores(setting))
            value, held = operation.get("value"), getattr(thing, attribute, None)
            if not key:
                typed = {"true": True, "false": False}.get(value, value)
                setattr(thing, attribute, int(value) if attribute == "timeout_in_millis" else typed)
            elif isinstance(held, list):
                setattr(thing, attribute, [one for one in held if one != key[0]] + ([key[0]] if operation["op"] == "add" else []))
            elif operation["op"] == "remove":
                setattr(thing, attribute, {name: one for name, one in (held or {}).items() if name != key[0]})
            else:
                setattr(thing, attribute, {**(held or {}), key[0]: value})
        return json.dumps(thing.to_json())

    def method_of(self):
        _, _, api, _, resource, _, method, *_ = self.path.split("/")
        return self.backend.get_method(api, resource, method)

    APIGatewayResponse.update_method = lambda self: patch(self, method_of(self))
    APIGatewayResponse.update_integration = lambda self: patch(self, method_of(self).method_integration)

    def tagged(self):
        """moto changes the tags of stages alone; everything of API Gateway has them."""
        _, kind, name, *rest = unquote(self.path.split("/tags/")[1]).split("/")
        held = {"restapis": "apis", "apikeys": "keys", "usageplans": "usage_plans", "vpclinks": "vpc_links"}[kind]
        one = getattr(self.backend, held)[name]
        return one.stages[rest[1]] if rest else one

    def tag(self):
        one = tagged(self)
        one.tags = {**(one.tags or {}), **self._get_param("tags")}
        return 204, {}, ""

    def untag(self):
        one, gone = tagged(self), self.querystring.get("tagKeys") or []
        one.tags = {key: value for key, value in (one.tags or {}).items() if key not in gone}
        return 204, {}, ""

    APIGatewayResponse.tag_resource, APIGatewayResponse.untag_resource = tag, untag
    url_paths["{0}/tags/(?P<arn>.+)$"] = APIGatewayResponse.dispatch

    @after(UsagePlan, "apply_patch_operations")
    def numbers(answer, self, operations):
        """moto keeps a changed quota as the text that the change has it in."""
        self.quota.update({name: int(value) for name, value in self.quota.items() if name != "period"})

    @after(APIGatewayBackend, "delete_integration")
    @after(APIGatewayBackend, "get_integration")
    @after(APIGatewayBackend, "get_method_response")
    def found_or_not(answer, self, *args):
        """moto crashes where a method has no such response or no integration."""
        if answer is None:
            raise NotFoundException("Invalid identifier specified")
        return answer

    @after(RestAPI, "to_dict")
    def escape_policy(answer, self):
        """AWS gives an API's policy as a JSON string, escaped once more."""
        policy = answer["policy"]
        return {**answer, "policy": json.dumps(policy)[1:-1] if policy else policy}
