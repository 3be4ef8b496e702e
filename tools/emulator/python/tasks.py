"""The tasks of emulated ECS services: processes on this machine, with what their task definition gives them.

Images are not run. An image whose name is known here has a program that stands for it (PROGRAMS); a task of another image counts as
running and answers nothing. A task's ports are free ones of 127.0.0.1; a balancer's target group leads to them.
"""

import atexit
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid

from correcting import after
from roles import NotTrusted, allows
from secret_values import NoSecret, secret_value

HERE = os.path.dirname(os.path.abspath(__file__))
START_SECONDS = 20
RESTART_SECONDS = 5


def metadata_service(ports, emulator):
    """Netflix's image: the service on 8080, the migration of its database on 8082."""
    environment = {"MF_METADATA_PORT": str(ports.get(8080, 0)), "MF_MIGRATION_PORT": str(ports.get(8082, 0))}
    return [sys.executable, "-B", os.path.join(HERE, "metadata_service.py"), emulator], environment


PROGRAMS = [(re.compile(r"(^|/)metaflow[_-]metadata[_-]service([:@]|$)"), metadata_service)]


class NoStart(Exception):
    """Why a task does not start, in the words of ECS."""


class Task:
    """One task of a service."""

    def __init__(self, service, definition, emulator, account, region, locked, sessions=None):
        self.id = uuid.uuid4().hex
        self.sessions, self.session = sessions, None
        self.service, self.definition = service, definition
        self.account, self.region, self.locked = account, region, locked
        self.ports, self.reason, self.processes = {}, None, []
        try:
            self.open_session()
            for container in definition.container_definitions:
                self.start(container, emulator)
        except NoStart as failure:
            self.reason = str(failure)
            self.stop()

    def start(self, container, emulator):
        program = next((program for image, program in PROGRAMS if image.search(container["image"])), None)
        # A command of its own starts another program of the image, such as the web interface's backend.
        if program is None or container.get("command"):
            return
        ports = {mapping["containerPort"]: free_port() for mapping in container.get("portMappings", [])}
        command, given = program(ports, emulator)
        environment = {entry["name"]: entry["value"] for entry in container.get("environment", [])}
        environment.update({entry["name"]: self.secret(entry["valueFrom"]) for entry in container.get("secrets", [])})
        if self.session:
            environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = f"{emulator}/_emulator/credentials/{self.session.id}"
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        write = self.log_of(container)
        process = subprocess.Popen(
            command,
            env={**kept, **environment, **given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        self.ports.update({(container["name"], port): here for port, here in ports.items()})
        threading.Thread(target=pump, args=(process.stdout, write), daemon=True).start()

    def open_session(self):
        """Has the task act as its role, where sessions are heeded."""
        role = getattr(self.definition, "task_role_arn", None)
        if role and self.sessions:
            arn = f"{self.definition.arn.partition(':task-definition/')[0]}:task/{self.id}"
            try:
                self.session = self.sessions.open(self.account, role, "ecs-tasks.amazonaws.com", self.id, arn)
            except NotTrusted as failure:
                raise NoStart(f"ECS was unable to assume the role '{role}' that was provided for this task. ({failure})") from failure

    def secret(self, source):
        """A secret's value, as the execution role may read it."""
        try:
            return secret_value(self.account, self.definition.execution_role_arn, source, self.locked)
        except NoSecret as failure:
            raise NoStart(str(failure)) from failure

    def log_of(self, container):
        """Where a container's lines go: its log group, as the execution role may write to it."""
        from moto.logs.models import logs_backends

        settings = container.get("logConfiguration") or {}
        if settings.get("logDriver") != "awslogs":
            return lambda line: None
        options = settings["options"]
        region, group = options.get("awslogs-region", self.region), options["awslogs-group"]
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{container['name']}/{self.id}"
        backend, role = logs_backends[self.account][region], self.definition.execution_role_arn
        if group not in backend.groups:
            raise NoStart(f"ResourceInitializationError: failed to validate logger args: the log group {group} does not exist")
        if not allows(self.account, role, "logs:CreateLogStream", f"{backend.groups[group].arn}:log-stream:{stream}"):
            raise NoStart(f"ResourceInitializationError: failed to create the log stream: {role} may not logs:CreateLogStream in {group}")

        def write(line):
            with self.locked:
                if group in backend.groups:
                    backend.ensure_log_stream(group, stream)
                    backend.put_log_events(group, stream, [{"timestamp": int(time.time() * 1000), "message": line}])

        return write

    def is_running(self):
        return self.reason is None and all(process.poll() is None for process in self.processes)

    def stopped_reason(self):
        return self.reason or (None if self.is_running() else "Essential container in task exited")

    def answers(self):
        return self.is_running() and all(listens(port) for port in self.ports.values())

    def stop(self):
        if self.session:
            self.sessions.close(self.session)
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


class Tasks:
    """Keeps the tasks of every service as it wants them: started, started again when they end, replaced by a new definition."""

    def __init__(self, locked, sessions=None):
        self.emulator, self.locked, self.sessions = None, locked, sessions
        self.lock = threading.RLock()
        self.running = {}
        self.services = {}
        atexit.register(self.stop)
        threading.Thread(target=self.watch, daemon=True).start()

    def settle(self, backend, service, anew=False):
        """Gives a service the task that it wants now: the one that it has, unless a new one is asked for."""
        key = (backend.account_id, backend.region_name, service.cluster_name, service.name)
        with self.lock:
            self.services[key] = (backend, service)
            before = self.running.get(key)
            wanted = service.desired_count > 0 and service.status == "ACTIVE"
            if before and wanted and not anew and before.definition.arn == service.task_definition and before.is_running():
                return
            after = None
            if wanted:
                definition = backend.describe_task_definition(service.task_definition)
                after = Task(service, definition, self.emulator, backend.account_id, backend.region_name, self.locked, self.sessions)
                event(service, f"has started 1 tasks: (task {after.id})." if after.reason is None else f"was unable to start a task: {after.reason}")
            if before and after and after.reason is None and before.is_running():
                threading.Thread(target=self.replace, args=(key, before, after), daemon=True).start()
                return
            if before:
                before.stop()
            self.running[key] = after

    def replace(self, key, before, after):
        """The old task goes when the new one answers; it stays where the new one does not."""
        deadline = time.monotonic() + START_SECONDS
        while not after.answers() and after.is_running() and time.monotonic() < deadline:
            time.sleep(0.1)
        with self.lock:
            is_wanted = self.running.get(key) is before
            if is_wanted and after.answers():
                self.running[key] = after
                event(after.service, f"has stopped 1 running tasks: (task {before.id}).")
                before.stop()
            else:
                after.stop()

    def forget(self, backend, service):
        with self.lock:
            key = (backend.account_id, backend.region_name, service.cluster_name, service.name)
            self.services.pop(key, None)
            task = self.running.pop(key, None)
            if task:
                task.stop()

    def watch(self):
        """A task that has ended is started again, as ECS does."""
        while True:
            time.sleep(RESTART_SECONDS)
            # A request that changes a service holds both, in this order.
            with self.locked, self.lock:
                ended = [key for key, task in self.running.items() if task and not task.is_running()]
                for key in ended:
                    backend, service = self.services[key]
                    event(service, f"has stopped 1 running tasks: (task {self.running[key].id}): {self.running[key].stopped_reason()}.")
                    self.settle(backend, service)

    def target(self, account, group_arn, patience=START_SECONDS):
        """The ports of this machine that a target group leads to; a task that starts is waited for."""
        deadline = time.monotonic() + patience
        while True:
            with self.lock:
                starting = False
                for key, task in self.running.items():
                    for balancer in self.services[key][1].load_balancers if task and key[0] == account else []:
                        port = task.ports.get((balancer["containerName"], int(balancer["containerPort"])))
                        if balancer["targetGroupArn"] == group_arn and port:
                            if listens(port):
                                return port
                            starting = starting or task.is_running()
            if not starting or time.monotonic() > deadline:
                return None
            time.sleep(0.05)

    def reset(self):
        with self.lock:
            for task in self.running.values():
                if task:
                    task.stop()
            self.running.clear()
            self.services.clear()

    stop = reset

    def state(self):
        with self.lock:
            return [
                {
                    "service": key[3],
                    "taskDefinition": task.definition.arn,
                    "status": "RUNNING" if task.answers() else "PENDING" if task.is_running() else "STOPPED",
                    "stoppedReason": task.stopped_reason(),
                }
                for key, task in self.running.items()
                if task
            ]


def event(service, what):
    message = f"(service {service.name}) {what}"
    service.events.insert(0, {"id": str(uuid.uuid4()), "createdAt": time.time(), "message": message})
    print(f"{time.strftime('%H:%M:%S')} {message}", flush=True)


def pump(lines, write):
    for line in lines:
        write(line.rstrip("\n"))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def listens(port):
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def follow_services(tasks):
    """Lets every change of a service reach its tasks."""
    from moto.ecs.models import EC2ContainerServiceBackend

    @after(EC2ContainerServiceBackend, "create_service")
    def start(service, self, *args, **kwargs):
        tasks.settle(self, service)
        return service

    @after(EC2ContainerServiceBackend, "update_service")
    def update(service, self, settings):
        tasks.settle(self, service, bool(settings.get("force_new_deployment")))
        return service

    @after(EC2ContainerServiceBackend, "delete_service")
    def forget(service, self, *args, **kwargs):
        tasks.forget(self, service)
        return service
