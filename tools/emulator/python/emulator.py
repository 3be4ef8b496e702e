"""The emulated AWS: moto's server on 127.0.0.1, with its wrong answers put right (corrections.py, compute.py), requests refused that
AWS's service models do not allow (service_models.py), Lambda functions that run (functions.py) and load balancers that answer
(balancers.py). With --tasks the tasks of ECS services run, too (tasks.py), and the REST APIs before them carry requests (gateway.py). With
--jobs the jobs of Batch and the executions of Step Functions run (jobs.py, state_machines.py), schedules fire (schedules.py), and
roles are heeded (roles.py).

    python emulator.py --instance ID [--port PORT] [--ready FILE] [--log FILE] [--parent PID | --starter PID]
        [--tasks FOLDER] [--jobs FOLDER [--job-python PYTHON]] [--page FOLDER --stack FOLDER]

An access key of twelve digits names the account it acts in; every other key acts in 123456789012. Beside AWS it answers
GET /_emulator (who is this), POST /_emulator/claim (stay when the starter ends), GET and POST /_emulator/faults (faults.py),
GET and POST /_emulator/calls (recording.py), POST /_emulator/targets (balancers.py), GET /_emulator/tasks (tasks.py), GET /_emulator/jobs
(jobs.py), GET and POST /_emulator/schedules (schedules.py), GET /_emulator/permissions (asked.py), GET /_emulator/credentials/ID (roles.py),
POST /_emulator/database (databases.py) and moto's own POST /moto-api/reset. With --page a browser has a page at / (page.py).
"""

import argparse
import contextlib
import gc
import io
import json
import os
import re
import signal
import sys
import threading
import time
import traceback
from urllib.parse import parse_qs

import permissions
import service_models
from asked import asked
from databases import Databases
from faults import Faults, error
from gateway import Gateway
from recording import Recording
from repeated import Repeated
from seen import seen

SERVICE = "cdktf-metaflow-emulator"
# The code of a call that a role may not make.
DENIED = {"s3": "AccessDenied", "sts": "AccessDenied", "iam": "AccessDenied", "ec2": "UnauthorizedOperation"}
CREDENTIAL = re.compile(r"Credential=(?P<key>[^/,]+)/\d{8}/(?P<region>[^/,]*)/(?P<service>[^/,]+)/aws4_request")


class Call:
    """What a request asks of AWS: whose account, which service, which action."""

    def __init__(self, environ):
        found = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        self.service = found["service"].lower() if found else ""
        self.key, self.region = (found["key"], found["region"]) if found else ("", "")
        self.session = None
        self.account = found["key"] if found and re.fullmatch(r"\d{12}", found["key"]) else None
        self.target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        self.form = form_action(environ)
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        self.action = self.target or self.form or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{query}"

    def act_as(self, session):
        """It is a call of somebody who has assumed a role."""
        if session:
            self.session, self.account = session, session.account

    def __str__(self):
        return f"{self.service}:{self.action}" if self.service else self.action


def form_action(environ):
    """The Action of a query-protocol request; the body stays readable."""
    if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return ""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    found = re.search(rb"(?:^|&)Action=(\w+)", body)
    return found[1].decode() if found else ""


class Application:
    """WSGI: the emulator's own pages, then REST APIs, then load balancers, then what was answered before, then faults, then AWS."""

    def __init__(self, aws, identity, faults, balancers, claimed, one_at_a_time, tasks=None, databases=None, jobs=None, sessions=None, schedules=None, page=None):
        self.one_at_a_time, self.tasks, self.databases, self.page = one_at_a_time, tasks, databases, page
        self.jobs, self.sessions, self.schedules = jobs, sessions, schedules
        self.gateway, self.recording, self.repeated = Gateway(balancers), Recording(), Repeated()
        self.aws, self.identity, self.faults, self.balancers, self.claimed = aws, identity, faults, balancers, claimed

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if self.page and self.page.serves(environ):
            return self.page(environ, start_response)
        if path == "/_emulator" or path.startswith("/_emulator/"):
            return self.control(path, environ, start_response)
        host = environ.get("HTTP_HOST", "")
        if self.gateway.serves(path):
            return self.gateway(environ, start_response)
        if self.balancers.serves(host):
            return self.balancers(environ, start_response)
        if environ["REQUEST_METHOD"] == "CONNECT" or not re.match(r"(127\.0\.0\.1|localhost)(:|$)", host):
            start_response("502 Bad Gateway", [("Content-Type", "text/plain")])
            return [b"The emulated AWS leads to no other host.\n"]
        call = Call(environ)
        environ["emulator.call"] = str(call)
        if self.sessions:
            call.act_as(self.sessions.of(call.key))
        environ["emulator.who"] = call.session.arn.rpartition("assumed-role/")[2] if call.session else call.account or ""
        if call.account:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = call.account
        answer = self.repeated.answer(environ) or self.faults.answer(call)
        if self.sessions and call.key in self.sessions.closed:
            answer = error(call, "400 Bad Request", "ExpiredToken" if call.service in DENIED else "ExpiredTokenException", "The provided token has expired.")
        try:
            answer = answer or self.refusal(call, environ)
        except Exception as failure:
            answer = failed(call, failure)
        if not answer:
            # A function runs for as long as it likes, and may call AWS itself.
            turn = contextlib.nullcontext() if call.service == "lambda" else self.one_at_a_time
            try:
                with turn:
                    return self.repeated.answered(self.asked_of_aws, environ, start_response)
            except Exception as failure:
                answer = failed(call, failure)
        status, headers, body = answer
        start_response(status, [*headers.items(), ("Content-Length", str(len(body)))])
        return [body]

    def asked_of_aws(self, environ, start_response):
        return self.recording.answered(environ.pop("emulator.noted", None), self.aws, environ, start_response)

    def refusal(self, call, environ):
        """What AWS answers to a request that its service's model does not allow, or None."""
        request = service_models.read(call.service, environ) if call.service else None
        if request is None:
            return None
        environ["emulator.noted"] = self.recording.note(call.account, request)
        denial = call.session and permissions.denied(call.session, request, permissions.Place(call.session.account, call.region))
        if denial:
            environ["emulator.denied"] = denial
            print(f"{time.strftime('%H:%M:%S')} denied {denial}", flush=True)
            return error(call, "403 Forbidden" if call.service == "s3" else "400 Bad Request", DENIED.get(call.service, "AccessDeniedException"), denial)
        if not request.problems:
            return None
        message = f"{request.operation}: {'; '.join(request.problems)}."
        print(f"{time.strftime('%H:%M:%S')} refused {call.service}:{message}", flush=True)
        return error(call, "400 Bad Request", "ValidationException", message)

    def control(self, path, environ, start_response):
        status, answer = "200 OK", None
        try:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) if environ["REQUEST_METHOD"] == "POST" else None
            settings = json.loads(body) if body else {} if body is not None else None
            if path == "/_emulator":
                answer = self.identity
            elif path == "/_emulator/claim":
                self.claimed.set()
                answer = self.identity
            elif path == "/_emulator/faults":
                answer = self.faults.configure(settings) if settings is not None else self.faults.state()
            elif path == "/_emulator/calls":
                account = parse_qs(environ.get("QUERY_STRING", "")).get("account", [""])[0]
                answer = self.recording.begin(settings) if settings is not None else self.recording.of(account)
            elif path == "/_emulator/permissions":
                answer = asked.state()
            elif path == "/_emulator/targets":
                answer = self.balancers.configure(settings)
            elif path == "/_emulator/tasks" and self.tasks:
                answer = self.tasks.state()
            elif path == "/_emulator/jobs" and self.jobs:
                answer = self.jobs.state()
            elif path.startswith("/_emulator/jobs/") and self.jobs:
                answer = self.jobs.metadata(path.split("/")[3]) or {}
            elif path == "/_emulator/schedules" and self.schedules:
                answer = self.schedules.state() if settings is None else self.schedules.now(settings)
            elif path.startswith("/_emulator/credentials/") and self.sessions:
                session = self.sessions.at(path.split("/")[3])
                status, answer = (status, session.credentials()) if session else ("404 Not Found", {"error": "no such session"})
            elif path == "/_emulator/database" and self.databases and settings:
                with self.one_at_a_time:
                    answer = self.databases.open(settings)
            else:
                status, answer = "404 Not Found", {"error": f"no such page: {path}"}
        except (TypeError, ValueError, re.error) as error:
            print(f"{time.strftime('%H:%M:%S')} {path}: {error}", flush=True)
            status, answer = "400 Bad Request", {"error": str(error)}
        text = json.dumps(answer, default=str).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]


def failed(call, failure):
    """What moto cannot do. As a server's error (500) it would be tried again for minutes, so only what may pass is one."""
    from botocore.model import OperationNotFoundError

    if isinstance(failure, (NotImplementedError, OperationNotFoundError)):
        return error(call, "501 Not Implemented", "NotImplemented", f"The emulated AWS does not know {call}.")
    traceback.print_exception(failure)
    status = "500 Internal Server Error" if isinstance(failure, RuntimeError) else "501 Not Implemented"
    return error(call, status, "EmulatorFailure", f"The emulated AWS failed at {call}: {failure!r}")


def make_server(port, application):
    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import make_server

    class Handler(MotoRequestHandler):
        # Headers and body leave in one piece. In two, the second would wait for the client's delayed acknowledgement (40 ms a call),
        # and a client in Go that has not yet ended its sending loop when the headers come may close before the body comes: it
        # then asks again, and what was created is there already.
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def handle_expect_100(self):
            return True  # Werkzeug says "100 Continue", too

        def make_environ(self):
            self.wfile.flush()  # "100 Continue", for which the client waits
            return super().make_environ()

        def run_wsgi(self):
            self.began = time.monotonic()
            super().run_wsgi()

        def log_request(self, code="-", size="-"):
            environ = getattr(self, "environ", {})
            what = environ.get("emulator.call") or f"{self.command} {self.path}"
            took = (time.monotonic() - getattr(self, "began", time.monotonic())) * 1000
            seen.note(environ, code, took)
            if "emulator.page" in environ:
                return  # it asks every second
            attempt = re.match(r"attempt=(?!1\b)\d+", self.headers.get("Amz-Sdk-Request", "")) if hasattr(self, "headers") else None
            print(f"{time.strftime('%H:%M:%S')} {code} {took:5.0f} ms {what}{f' ({attempt[0]})' if attempt else ''}", flush=True)

        def log(self, kind, message, *args):
            print(f"{time.strftime('%H:%M:%S')} {kind}: {message % args}", flush=True)

    return make_server("127.0.0.1", port, application, threaded=True, request_handler=Handler)


def exit_with(parent, claimed):
    """End this process soon after its parent has ended, however that ended, unless it was claimed before."""
    is_child = os.getppid() == parent

    def gone():
        if is_child:
            return os.getppid() != parent
        try:
            os.kill(parent, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def watch():
        while not gone():
            if claimed.wait(0.5):
                return
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def announce(path, identity):
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w") as file:
        json.dump(identity, file)
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser(description="An emulated AWS for Terraform.")
    parser.add_argument("--instance", required=True, help="identifies this emulator in the answer of GET /_emulator")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--ready", help="file to write the identity to once requests are answered")
    parser.add_argument("--log", default=os.devnull, help="file for the access log and everything else that would be printed")
    parser.add_argument("--parent", type=int, help="exit when this process is gone")
    parser.add_argument("--starter", type=int, help="exit when this process is gone, unless POST /_emulator/claim came before")
    parser.add_argument("--tasks", help="run the tasks of ECS services; a folder for the rows of their databases")
    parser.add_argument("--jobs", help="run the jobs of Batch; a folder for them while they run")
    parser.add_argument("--job-python", help="the Python of jobs (default: that of the job's image, as far as this machine has it)")
    parser.add_argument("--page", help="show a page at /; a folder with the page's files")
    parser.add_argument("--stack", default=".", help="the folder of Terraform's state, for the page")
    options = parser.parse_args()

    # What is loaded stays: to look through it for garbage again and again, as it grows, takes a fifth of the start.
    gc.disable()
    log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    claimed = threading.Event()
    if options.parent or options.starter:
        exit_with(options.parent or options.starter, claimed)

    import certificates
    import compute
    import corrections
    import known
    import tagged

    corrections.before_import()
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    from balancers import Balancers
    from functions import run_functions_here
    from gateway import keep_snapshots
    from jobs import Jobs, run_jobs
    from page import Page
    from roles import Sessions
    from schedules import Schedules
    from state_machines import StateMachines, run_state_machines
    from tasks import Tasks, follow_services

    corrections.apply()
    compute.apply()
    tagged.apply()
    known.apply()
    identity = {"service": SERVICE, "instance": options.instance, "pid": os.getpid()}
    # moto's tables are not made for several threads: one that changes while another goes through it fails a call half-way.
    one_at_a_time = threading.RLock()
    sessions = Sessions() if options.jobs else None
    tasks = Tasks(one_at_a_time, sessions) if options.tasks else None
    if tasks:
        follow_services(tasks)
        certificates.all_are_there()
    jobs = Jobs(one_at_a_time, sessions, options.jobs, options.job_python) if sessions else None
    machines = StateMachines(one_at_a_time, sessions) if sessions else None
    schedules = Schedules(one_at_a_time, sessions) if sessions else None
    if jobs and machines:
        run_jobs(jobs)
        run_state_machines(machines)
    keep_snapshots()
    page = Page(options.page, options.stack, one_at_a_time, options.tasks, tasks, jobs, machines) if options.page else None
    application = Application(
        DomainDispatcherApplication(create_backend_app),
        identity,
        Faults(),
        Balancers(tasks),
        claimed if options.starter else threading.Event(),
        one_at_a_time,
        tasks,
        Databases(options.tasks) if options.tasks else None,
        jobs,
        sessions,
        schedules,
        page,
    )
    server = make_server(options.port, application)
    identity["port"] = server.server_port
    for runner in (tasks, jobs and jobs.around, machines, schedules):
        if runner:
            runner.emulator = f"http://127.0.0.1:{server.server_port}"
    run_functions_here(server.server_port, sessions)
    gc.freeze()
    gc.enable()
    if options.ready:
        announce(options.ready, identity)
    try:
        server.serve_forever()
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
