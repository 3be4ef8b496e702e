"""Emulated load balancers: a request for a load balancer's DNS name, which an emulated Lambda function sends here as to a proxy.

What stands behind them is the Metaflow metadata service: with --tasks the tasks of the emulated ECS (tasks.py), which a listener's target
group leads to. Without it no task runs, and a stand-in answers as the service does: its migration API on the port 8082 (a database that wants
one upgrade), /ping everywhere. A test's own service takes its place with

    POST /_emulator/targets {"123456789012": {"8082": "http://127.0.0.1:8082"}}      (account, a listener's port, where to go)
"""

import base64
import http.client
import json
import re
import threading
from urllib.parse import urlsplit

HOST = re.compile(r"^(?P<name>[^:]+\.elb\.[^:]*amazonaws\.com(?:\.cn)?|[^:]+\.[^:.]+\.elb\.amazonaws\.com(?:\.cn)?)(?::(?P<port>\d+))?$")
PASSED_ON = {"METADATA_SERVICE_VERSION", "X-NEXT-CURSOR", "X-LIMIT"}
MIGRATIONS = ["1", "20200603104139", "20211202100726", "20220503175500", "20230118020300"]


class Balancers:
    def __init__(self, tasks=None):
        self.lock = threading.Lock()
        self.tasks = tasks
        self.targets = {}
        self.upgraded = set()

    def serves(self, host):
        return bool(HOST.match(host))

    def configure(self, settings):
        if settings is not None:
            for account, targets in settings.items():
                for port, url in targets.items():
                    if not port.isdigit() or urlsplit(url).scheme != "http":
                        raise ValueError(f"a target is a port and an http URL, not {port!r}: {url!r}")
                with self.lock:
                    self.targets[account] = dict(targets)
        return self.targets

    def __call__(self, environ, start_response):
        found = HOST.match(environ["HTTP_HOST"])
        assert found, "who is served is asked before"
        name, port, account = found["name"], found["port"] or "80", caller(environ)
        environ["emulator.call"] = f"{environ['REQUEST_METHOD']} http://{name}:{port}{environ['PATH_INFO']}"
        target = self.targets.get(account, {}).get(port)
        listener = listener_of(account, name, port)
        if listener is None:
            status, kind, body = 502, "text/plain", f"no emulated load balancer {name} listens on port {port}\n"
        elif target:
            status, kind, body, _ = forward(target, environ)
        elif self.tasks:
            status, kind, body, _ = self.to_task(account, listener, environ)
        else:
            status, kind, body = self.metadata_service((account, name), port, environ["REQUEST_METHOD"], environ["PATH_INFO"])
        content = body if isinstance(body, bytes) else body.encode()
        reason = http.client.responses.get(status, "")
        start_response(f"{status} {reason}", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def to_task(self, account, listener, environ, path=None):
        """The answer of a task that the listener's target group leads to."""
        group = listener.default_actions[0].data["TargetGroupArn"]
        port = self.tasks.target(account, group)
        if port is None:
            return 503, "text/plain", f"no task of the target group {group} answers: see /_emulator/tasks\n", []
        return forward(f"http://127.0.0.1:{port}", environ, path)

    def request(self, account, balancer_arns, uri, environ):
        """The answer to a request that a VPC link sends to its balancer, or why there is none."""
        url = urlsplit(uri)
        found = [one for one in balancers_of(account) if one.dns_name == url.hostname]
        if not found:
            return f"no emulated load balancer has the name {url.hostname}"
        if found[0].arn not in balancer_arns:
            return f"the VPC link does not lead to {url.hostname}"
        port = str(url.port or 80)
        listener = listener_of(account, url.hostname, port)
        if listener is None:
            return f"{url.hostname} does not listen on port {port}"
        if not self.tasks:
            return "no task runs: this emulated AWS was started without --tasks"
        status, kind, body, headers = self.to_task(account, listener, environ, url.path or "/")
        return body.decode() if status == 503 and isinstance(body, bytes) else body if status == 503 else (status, kind, body, headers)

    def metadata_service(self, database, port, method, path):
        if (method, path) == ("GET", "/ping"):
            return 200, "text/plain", "pong"
        if port == "8082" and (method, path) == ("GET", "/db_schema_status"):
            done = database in self.upgraded
            status = {
                "is_up_to_date": done,
                "current_version": MIGRATIONS[-1] if done else MIGRATIONS[0],
                "migration_in_progress": False,
                "db_schema_versions": MIGRATIONS if done else MIGRATIONS[:1],
                "unapplied_migrations": [] if done else MIGRATIONS[1:],
            }
            return 200, "application/json", json.dumps(status)
        if port == "8082" and (method, path) == ("PATCH", "/upgrade"):
            with self.lock:
                self.upgraded.add(database)
            return 200, "text/plain", "upgrade success"
        return 404, "text/plain", "404: Not Found"


def caller(environ):
    """The account of the function that calls: its name at the proxy (functions.py)."""
    try:
        return base64.b64decode(environ.get("HTTP_PROXY_AUTHORIZATION", "").removeprefix("Basic ")).decode().partition(":")[0]
    except ValueError:
        return ""


def balancers_of(account):
    from moto.elbv2.models import elbv2_backends

    return [balancer for backend in elbv2_backends[account].values() for balancer in list(backend.load_balancers.values())]


def listener_of(account, name, port):
    listeners = [one for balancer in balancers_of(account) if balancer.dns_name == name for one in balancer.listeners.values()]
    return next((listener for listener in listeners if str(listener.port) == port), None)


def forward(target, environ, path=None):
    """(status, content type, body, further headers) of what answers at the target."""
    url = urlsplit(target)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = {"Content-Type": environ["CONTENT_TYPE"]} if environ.get("CONTENT_TYPE") else {}
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    connection = http.client.HTTPConnection(url.hostname, url.port or 80, timeout=60)
    try:
        connection.request(environ["REQUEST_METHOD"], url.path.rstrip("/") + (path or environ["PATH_INFO"]) + query, body, headers)
        response = connection.getresponse()
        kept = [(name, value) for name, value in response.getheaders() if name.upper() in PASSED_ON]
        return response.status, response.headers.get("Content-Type", "text/plain"), response.read(), kept
    except OSError as error:
        return 503, "text/plain", f"{target} does not answer: {error}\n", []
    finally:
        connection.close()
