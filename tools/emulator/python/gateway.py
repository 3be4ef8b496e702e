"""Emulated REST APIs that carry requests: what API Gateway does between a client and the VPC link of a deployed stage.

    http://127.0.0.1:PORT/execute-api/API/STAGE/…        what https://API.execute-api.REGION.amazonaws.com/STAGE/… is on AWS

A deployment is a snapshot: what changes of the API, its policy apart, is not heard before the next deployment. In AWS's order: the resource
and method (403), the API's policy (403), the key (403), the usage plan (429), the integration (HTTP_PROXY over a VPC link).
"""

import ipaddress
import json
import re
import threading
import time

from correcting import after

PATH = re.compile(r"^/execute-api/(?P<api>[a-z0-9]+)/(?P<stage>[^/]+)(?P<path>/.*)?$")


class Gateway:
    def __init__(self, balancers):
        self.balancers = balancers
        self.buckets, self.lock = {}, threading.Lock()

    def serves(self, path):
        return path.startswith("/execute-api/")

    def __call__(self, environ, start_response):
        status, kind, body = self.answer(environ)
        if status in (403, 429) and isinstance(body, str):
            message = json.loads(body)
            environ["emulator.denied"] = f"The REST API: {message.get('message') or message.get('Message')}"
        body = body if isinstance(body, bytes) else body.encode()
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *environ.get("emulator.headers", [])]
        start_response(f"{status} {REASONS.get(status, '')}".strip(), headers)
        return [body]

    def answer(self, environ):
        found = PATH.match(environ["PATH_INFO"])
        method, path = environ["REQUEST_METHOD"], (found and found["path"]) or "/"
        environ["emulator.call"] = f"execute-api {method} {path}"
        backend, api = find_api(found["api"]) if found else (None, None)
        stage = api.stages.get(found["stage"]) if found and api else None
        snapshot = getattr(api.deployments.get(stage.deployment_id), "snapshot", None) if api and stage else None
        route, values = match(snapshot, method, path) if snapshot else (None, {})
        if not (found and backend and api and snapshot and route):
            return refused(403, {"message": "Missing Authentication Token"})
        source = environ.get("REMOTE_ADDR", "")
        arn = f"arn:aws:execute-api:{backend.region_name}:********{backend.account_id[-4:]}:{api.id}/{found['stage']}/{method}{path}"
        if not invokes(snapshot["policy"], source):
            message = f"User: anonymous is not authorized to perform: execute-api:Invoke on resource: {arn}"
            return refused(403, {"Message": f"{message} with an explicit deny" if snapshot["policy"] else message})
        if route["keyed"]:
            plan, key = self.plan_of(backend, api.id, found["stage"], environ.get("HTTP_X_API_KEY"))
            if plan is None:
                return refused(403, {"message": "Forbidden"})
            if not self.takes(plan, key):
                return refused(429, {"message": "Too Many Requests"})
        return self.integrate(backend, route["integration"], values, environ)

    def plan_of(self, backend, api, stage, value):
        """The usage plan by which a key opens a stage."""
        key = next((key for key in backend.keys.values() if value and key.value == value and key.enabled), None)
        if key is None:
            return None, None
        for plan in backend.usage_plans.values():
            opens = any(one.get("apiId") == api and one.get("stage") == stage for one in plan.api_stages)
            if opens and key.id in backend.usage_plan_keys.get(plan.id, {}):
                return plan, key
        return None, None

    def takes(self, plan, key):
        """Whether the plan's throttle lets one more request of this key pass: a bucket of tokens."""
        rate, burst = float(plan.throttle.get("rateLimit") or 0), float(plan.throttle.get("burstLimit") or 0)
        if not rate:
            return True
        with self.lock:
            tokens, then = self.buckets.get((plan.id, key.id), (burst, time.monotonic()))
            now = time.monotonic()
            tokens = min(burst, tokens + (now - then) * rate)
            passes = tokens >= 1
            self.buckets[plan.id, key.id] = (tokens - 1 if passes else tokens, now)
        return passes

    def integrate(self, backend, integration, values, environ):
        link = backend.vpc_links.get(integration["link"]) if integration["link"] else None
        if integration["type"] != "HTTP_PROXY" or link is None:
            print(f"the integration {integration} is none that the emulated API Gateway carries out", flush=True)
            return refused(500, {"message": "Internal server error"})
        uri = integration["uri"]
        for name, source in integration["parameters"].items():
            place = re.fullmatch(r"integration\.request\.path\.(.+)", name)
            origin = re.fullmatch(r"method\.request\.path\.(.+)", source)
            if place and origin:
                uri = uri.replace("{" + place[1] + "}", values.get(origin[1], ""))
        answer = self.balancers.request(backend.account_id, link.target_arns, uri, environ)
        if isinstance(answer, str):
            print(f"{uri}: {answer}", flush=True)
            return refused(500, {"message": "Internal server error"})
        status, kind, body, headers = answer
        environ["emulator.headers"] = headers
        return status, kind, body


REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict", 429: "Too Many Requests", 500: "Internal Server Error"}


def refused(status, body):
    return status, "application/json", json.dumps(body)


def find_api(api_id):
    from moto.apigateway.models import apigateway_backends

    for account in list(apigateway_backends.values()):
        for backend in list(account.values()):
            if api_id in backend.apis:
                return backend, backend.apis[api_id]
    return None, None


def snapshot_of(api):
    """What a deployment keeps of an API."""
    routes = []
    for resource in api.resources.values():
        for verb, method in resource.resource_methods.items():
            integration = method.method_integration
            if integration is None:
                continue
            kept = {
                "type": integration.integration_type,
                "uri": integration.uri,
                "link": getattr(integration, "connection_id", None),
                "parameters": dict(integration.request_parameters or {}),
            }
            routes.append({"path": resource.get_path(), "verb": verb, "keyed": is_true(method.api_key_required), "integration": kept})
    return {"routes": routes, "policy": json.loads(api.policy) if api.policy else None}


def is_true(value):
    return value is True or value == "true"


def match(snapshot, method, path):
    """The route of a request, and the values of its path's parameters. What is exact comes before a parameter, that before {proxy+}."""
    found = []
    for route in snapshot["routes"]:
        if route["verb"] not in ("ANY", method):
            continue
        pattern = "".join(
            f"(?P<{part[1:-2]}>.+)" if part.endswith("+}") else f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part)
            for part in re.split(r"(\{[^}]+\})", route["path"])
        )
        matched = re.fullmatch(pattern, path) or (re.fullmatch(pattern, path.rstrip("/")) if path != "/" else None)
        if matched:
            rank = (route["path"].count("+}"), route["path"].count("{"), route["verb"] == "ANY")
            found.append((rank, route, matched.groupdict()))
    if not found:
        return None, {}
    _, route, values = min(found, key=lambda one: one[0])
    return route, values


def invokes(policy, source):
    """Whether an API's policy lets an anonymous caller at this address invoke it."""
    if not policy:
        return True
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    verdicts = [statement["Effect"] for statement in statements if applies(statement, source)]
    return "Allow" in verdicts and "Deny" not in verdicts


def applies(statement, source):
    for operator, conditions in statement.get("Condition", {}).items():
        for name, ranges in conditions.items():
            if name.lower() != "aws:sourceip" or operator not in ("IpAddress", "NotIpAddress"):
                return False
            within = any(ipaddress.ip_address(source) in ipaddress.ip_network(one, strict=False) for one in listed(ranges))
            if within != (operator == "IpAddress"):
                return False
    return True


def listed(value):
    return value if isinstance(value, list) else [value]


def keep_snapshots():
    from moto.apigateway.models import RestAPI

    @after(RestAPI, "create_deployment")
    def keep(deployment, self, *args, **kwargs):
        deployment.snapshot = snapshot_of(self)
        return deployment
