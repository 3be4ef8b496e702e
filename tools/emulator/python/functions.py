"""Lambda functions that really run, without Docker: a Python function's handler in a process of this Python, with the function's
environment variables and credentials that lead to this emulator. Other runtimes answer with the event they were given."""

import atexit
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from typing import Any

from roles import NotTrusted

# Runs in the function's process. A load balancer's name resolves nowhere here: connections to it go to the emulator, also those that
# a function makes itself, heeding no proxy. The answer goes to the file descriptor that is its second argument, prints stay the log.
BOOTSTRAP = """
import base64, http.client, importlib, json, os, re, socket, sys, traceback
from urllib.parse import urlsplit
connect, put_request, proxy = http.client.HTTPConnection.connect, http.client.HTTPConnection.putrequest, urlsplit(os.environ["HTTP_PROXY"])
def is_balancer(connection):
    return re.search(r"[.]elb[.].*amazonaws[.]com", connection.host)
def connect_to_proxy(self):
    if not is_balancer(self):
        return connect(self)
    self.sock = socket.create_connection((proxy.hostname, proxy.port), self.timeout)
def put_request_to_proxy(self, *args, **options):
    put_request(self, *args, **options)
    if is_balancer(self):
        self.putheader("Proxy-Authorization", "Basic " + base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode())
http.client.HTTPConnection.connect, http.client.HTTPConnection.putrequest = connect_to_proxy, put_request_to_proxy
handler, answer = sys.argv[1], os.fdopen(int(sys.argv[2]), "w")
sys.path.insert(0, os.getcwd())
class Context:
    function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
    function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
    memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
    invoked_function_arn = os.environ["EMULATOR_FUNCTION_ARN"]
    aws_request_id = "00000000-0000-0000-0000-000000000000"
    log_group_name, log_stream_name = "/aws/lambda/" + function_name, "emulated"
    def get_remaining_time_in_millis(self):
        return int(float(os.environ["EMULATOR_TIMEOUT"]) * 1000)
try:
    module, _, name = handler.rpartition(".")
    function = getattr(importlib.import_module(module.replace("/", ".")), name)
    text = json.dumps(function(json.load(sys.stdin), Context()))
except BaseException as error:
    traceback.print_exc()
    trace = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    json.dump({"errorMessage": str(error), "errorType": type(error).__name__, "requestId": Context.aws_request_id, "stackTrace": trace}, answer)
    answer.flush()
    os._exit(1)
answer.write(text)
answer.flush()
"""

running: set[Any] = set()


def environment(function, port, session=None):
    """What Lambda sets, then the function's own variables. A load balancer's name resolves nowhere here: the emulator is its proxy."""
    keys = {"AWS_ACCESS_KEY_ID": function.account_id, "AWS_SECRET_ACCESS_KEY": "emulated"}
    if session:
        keys = {"AWS_ACCESS_KEY_ID": session.key, "AWS_SECRET_ACCESS_KEY": session.secret, "AWS_SESSION_TOKEN": session.token}
    emulator = f"http://127.0.0.1:{port}"
    proxy = f"http://{function.account_id}:emulated@127.0.0.1:{port}"
    return {
        **{name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ},
        "_HANDLER": function.handler,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_REGION": function.region,
        "AWS_DEFAULT_REGION": function.region,
        **keys,
        "AWS_ENDPOINT_URL": emulator,
        "HTTP_PROXY": proxy,
        "HTTPS_PROXY": proxy,
        "NO_PROXY": "127.0.0.1,localhost",
        "EMULATOR_FUNCTION_ARN": function.function_arn,
        "EMULATOR_TIMEOUT": str(function.timeout),
        **{name: str(value) for name, value in function.environment_vars.items()},
    }


def run(function, event, port, session=None):
    """(answer, failed, log) of one invocation."""
    with tempfile.TemporaryDirectory(prefix="lambda-") as folder, tempfile.TemporaryFile("w+") as answer:
        zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
        process = subprocess.Popen(
            [sys.executable, "-B", "-c", BOOTSTRAP, function.handler, str(answer.fileno())],
            cwd=folder,
            env=environment(function, port, session),
            pass_fds=[answer.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        running.add(process.pid)
        try:
            log, _ = process.communicate(json.dumps(event), timeout=float(function.timeout))
        except subprocess.TimeoutExpired:
            stop(process.pid)
            log, _ = process.communicate()
            return json.dumps({"errorMessage": f"Task timed out after {float(function.timeout):.2f} seconds"}), True, log
        finally:
            running.discard(process.pid)
        answer.seek(0)
        text = answer.read()
        if not text:
            message = f"RequestId: 00000000-0000-0000-0000-000000000000 Error: Runtime exited with error: exit status {process.returncode}"
            text = json.dumps({"errorMessage": message, "errorType": "Runtime.ExitError"})
        return text, process.returncode != 0, log


def stop(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run_functions_here(port, sessions=None):
    """With sessions, a function has those of its role."""
    from moto.awslambda.models import LambdaFunction

    def invoke_lambda(self, event=None):
        event = {} if event in (None, "{}") else event
        self.logs_backend.ensure_log_group(self.logs_group_name)
        if not str(self.run_time).startswith("python") or not getattr(self, "code_bytes", None):
            return json.dumps(event), False, ""
        try:
            session = sessions.open(self.account_id, self.role, "lambda.amazonaws.com", self.function_name, self.function_arn) if sessions else None
        except NotTrusted as failure:
            message = f"The role defined for the function cannot be assumed by Lambda. ({failure})"
            return json.dumps({"errorMessage": message, "errorType": "AccessDeniedException"}), True, ""
        try:
            answer, failed, log = run(self, event, port, session)
        finally:
            if session:
                sessions.close(session)
        self.save_logs(log)
        return answer, failed, log

    original = LambdaFunction.invoke

    def invoke(self, body, request_headers, response_headers):
        answer = original(self, body, request_headers, response_headers)
        if "x-amz-function-error" in response_headers:
            response_headers["x-amz-function-error"] = "Unhandled"
        return answer

    LambdaFunction._invoke_lambda = invoke_lambda
    LambdaFunction.invoke = invoke
    atexit.register(lambda: [stop(pid) for pid in list(running)])
