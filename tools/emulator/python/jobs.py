"""AWS Batch whose jobs run: processes on this machine, with the environment, the role and the log that their job definition gives them.

As many run at a time as the vCPUs of a queue's compute environments allow, and as this machine can take (AT_ONCE); the others wait as
RUNNABLE. Images are not run: see interpreters.py for a job's Python, container.py for its end. Array and multi-node jobs are refused.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from typing import Any

from batch_job import Job, now
from interpreters import Interpreters
from job_surroundings import LOG_GROUP, NotStarted, Surroundings
from roles import Sessions

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = max(4, 2 * (os.cpu_count() or 1))
KILLED = 137
# Seconds that the last words of an ended job and the removal of its folder may take.
REMOVED_AFTER = 15
BEFORE_START = ("SUBMITTED", "PENDING", "RUNNABLE")
DONE = ("SUCCEEDED", "FAILED")
EXITED = "Essential container in task exited"
TIMED_OUT = "Job attempt duration exceeded timeout"


class Jobs:
    """Starts jobs as their turn comes, and ends them. All that is known of them is held by one lock, that of the emulated AWS."""

    def __init__(self, locked: Any, sessions: Sessions, folder: str, python: str | None = None) -> None:
        self.locked, self.sessions, self.folder = locked, sessions, folder
        self.around = Surroundings(locked, sessions)
        self.interpreters = Interpreters(os.path.join(folder, "interpreters"), python)
        self.waiting: list[Job] = []
        self.running: list[Job] = []
        atexit.register(self.reset)

    def submit(self, backend: Any, submitted: dict[str, Any]) -> Job:
        from moto.batch.exceptions import ClientException

        definition = backend.get_job_definition(submitted["jobDefinition"])
        if definition is None or definition.status != "ACTIVE":
            raise ClientException(f"JobDefinition with identifier {submitted['jobDefinition']} does not exist.")
        queue = backend.get_job_queue(submitted["jobQueue"])
        if queue is None:
            raise ClientException(f"JobQueue {submitted['jobQueue']} does not exist.")
        if queue.state != "ENABLED":
            raise ClientException(f"JobQueue {queue.arn} is DISABLED.")
        if definition.type != "container" or definition.container_properties is None or submitted.get("arrayProperties", {}).get("size"):
            raise ClientException("The emulated Batch runs jobs of one container: no array, no multi-node and no EKS job.")
        job = Job(backend, definition, queue, submitted)
        unknown = [one for one in job.dependencies if one not in backend._jobs]
        if unknown:
            raise ClientException(f"Job {unknown[0]} does not exist.")
        backend.tag_resource(job.arn, {**(definition_tags(definition) if job.submitted.get("propagateTags") else {}), **submitted.get("tags", {})})
        backend._jobs[job.job_id] = job
        queue.jobs.append(job)
        self.waiting.append(job)
        self.schedule()
        return job

    def schedule(self) -> None:
        """Starts what can be started, in the order in which it was submitted."""
        with self.locked:
            for job in list(self.waiting):
                states = [job.backend._jobs[one].status for one in job.dependencies]
                if "FAILED" in states:
                    self.waiting.remove(job)
                    self.finish(job, "FAILED", "Dependent Job failed")
                elif any(state not in DONE for state in states):
                    job.status = "PENDING"
                else:
                    job.status = "RUNNABLE"
                    environment = self.place(job)
                    if environment is not None:
                        self.waiting.remove(job)
                        self.running.append(job)
                        job.environment, job.status = environment, "STARTING"
                        job.is_removed.clear()
                        threading.Thread(target=self.attempt, args=(job,), daemon=True).start()

    def place(self, job: Job) -> Any:
        """The first environment of the job's queue that has room for it."""
        if len(self.running) >= AT_ONCE or job.job_queue.state != "ENABLED":
            return None
        for environment in job.job_queue.environments:
            used = sum(one.vcpus for one in self.running if one.environment is environment)
            if environment.state == "ENABLED" and used + job.vcpus <= float((environment.compute_resources or {}).get("maxvCpus", 0)):
                return environment
        return None

    def attempt(self, job: Job) -> None:
        """Runs a job once, in a thread of its own."""
        name = f"{job.job_id}-{len(job.attempts) + 1}"
        folder = os.path.join(self.folder, name)
        container: dict[str, Any] = {"taskArn": job.arn_of("ecs", f"task/{uuid.uuid4().hex}"), "networkInterfaces": []}
        began, reason, exit_code = now(), "", None
        try:
            process, write = self.start(job, container, folder)
            exit_code, reason = self.watch(job, process, write)
        except NotStarted as failure:
            reason = str(failure)
        except Exception as failure:  # noqa: BLE001 - a job never hangs for what the emulator does wrong
            reason = f"EmulatorFailure: {failure!r}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            job.is_removed.set()
        with self.locked:
            self.sessions.close(job.session)
            job.process = job.session = None
            if job in self.running:
                self.running.remove(job)
            if not job.attempts or job.attempts[-1]["container"] is not container:
                job.attempts.append({"container": container})
            container.update({"exitCode": exit_code} if exit_code is not None else {}, **({"reason": reason} if reason not in ("", TIMED_OUT) else {}))
            status_reason = EXITED if exit_code is not None and reason != TIMED_OUT else reason if reason == TIMED_OUT else "Task failed to start"
            job.attempts[-1].update(startedAt=began, stoppedAt=now(), statusReason=status_reason)
            if exit_code == 0 and not job.is_terminated:
                self.finish(job, "SUCCEEDED", status_reason)
            elif job.is_terminated or reason == TIMED_OUT or not job.tries_again(exit_code, reason):
                self.finish(job, "FAILED", job.reason if job.is_terminated else status_reason)
            else:
                job.status = "RUNNABLE"
                self.waiting.insert(0, job)
        self.schedule()

    def start(self, job: Job, container: dict[str, Any], folder: str) -> tuple[subprocess.Popen[bytes], Any]:
        """Starts the container of a job."""
        with self.locked:
            if job.is_terminated:
                raise NotStarted(job.reason)
            job.attempts.append({"container": container})
            stream = f"{job.job_definition.name}/default/{container['taskArn'].rpartition('/')[2]}"
            write = self.around.log_of(job, stream)
            container["logStreamName"] = stream
            secrets = self.around.secrets_of(job)
            self.around.open_session(job, stream.rpartition("/")[2])
        interpreter = self.interpreters.of(job.job_definition.container_properties["image"])
        if interpreter.note:
            write([interpreter.note])
        os.makedirs(folder)
        environment = {**self.around.surroundings(job, folder), **interpreter.environment, **job.variables, **secrets, **self.around.own_variables(job)}
        environment["PATH"] = os.pathsep.join([interpreter.folder, environment["PATH"]])
        command = [sys.executable, "-I", "-S", "-B", os.path.join(HERE, "container.py"), *job.command]
        with self.locked:
            if job.is_terminated:
                raise NotStarted(job.reason)
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
            )
            job.process, job.status = process, "RUNNING"
            job.started = job.started or now()
        return process, write

    def watch(self, job: Job, process: subprocess.Popen[bytes], write: Any) -> tuple[int, str]:
        """Waits for a container's end, which comes when the job's time is over. @returns its exit code, and a reason where there is one"""
        pump = threading.Thread(target=pump_lines, args=(process.stdout, write), daemon=True)
        pump.start()
        reason = ""
        try:
            process.wait(job.timeout)
        except subprocess.TimeoutExpired:
            reason = TIMED_OUT
        end(process)
        pump.join(5)
        return KILLED if reason or process.returncode < 0 else process.returncode, reason

    def terminate(self, job: Job, reason: str, only_before_start: bool = False) -> None:
        """Ends a job, whatever it does."""
        with self.locked:
            if job.status in DONE or (only_before_start and job.status not in BEFORE_START):
                return
            job.reason = reason
            job.is_cancelled, job.is_terminated = only_before_start, not only_before_start
            if job in self.waiting:
                self.waiting.remove(job)
                self.finish(job, "FAILED", reason)
            process = job.process
        if process:
            # Who waits for it (watch) sees it end.
            close(process)
        self.schedule()

    def finish(self, job: Job, status: str, reason: str) -> None:
        job.status, job.reason, job.stopped = status, reason, now()
        print(f"{time.strftime('%H:%M:%S')} job {job.job_name} [{job.job_id}] {status}: {reason}{container_reason(job)}", flush=True)

    def reset(self) -> None:
        """Ends all jobs, and waits until nothing of them is left."""
        with self.locked:
            self.waiting.clear()
            running = list(self.running)
            for job in running:
                job.is_terminated, job.reason = True, "The emulated AWS ends."
            processes = [job.process for job in running if job.process]
        for process in processes:
            close(process)
        for process in processes:
            end(process)
        for job in running:
            job.is_removed.wait(REMOVED_AFTER)

    def state(self) -> list[dict[str, Any]]:
        """All jobs, for whoever looks."""
        from moto.batch.models import batch_backends

        with self.locked:
            backends = [backend for account in list(batch_backends.values()) for backend in list(account.values())]
            jobs = [job for backend in backends for job in backend._jobs.values() if isinstance(job, Job)]
            return [{**job.describe_short(), "jobQueue": job.job_queue.arn, "logStreamName": job.log_stream, "attempts": len(job.attempts)} for job in jobs]

    def metadata(self, job_id: str) -> dict[str, Any] | None:
        """What ECS tells a container of itself."""
        for job in list(self.running):
            if job.job_id == job_id:
                image = job.job_definition.container_properties["image"]
                log = {"awslogs-group": LOG_GROUP, "awslogs-region": job.backend.region_name, "awslogs-stream": job.log_stream}
                return {"DockerId": job_id, "Name": "default", "Image": image, "LogDriver": "awslogs", "LogOptions": log}
        return None


def container_reason(job: Job) -> str:
    reason = job.outcome().get("reason")
    return f" ({reason})" if reason else ""


def definition_tags(definition: Any) -> dict[str, str]:
    found: dict[str, str] = definition.backend.tagger.get_tag_dict_for_resource(definition.arn)
    return found


def pump_lines(stream: Any, write: Any) -> None:
    """Passes on what a container prints, as much at a time as there is."""
    rest = b""
    while chunk := os.read(stream.fileno(), 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            write([line.decode(errors="replace") for line in lines])
    if rest:
        write([rest.decode(errors="replace")])


def close(process: subprocess.Popen[bytes]) -> None:
    try:
        if process.stdin:
            process.stdin.close()
    except OSError:
        pass


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a container, by its standard input (container.py)."""
    close(process)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_jobs(jobs: Jobs) -> None:
    """Has moto's Batch keep these jobs in place of its own."""
    from moto.batch.exceptions import ClientException
    from moto.batch.models import BatchBackend
    from moto.batch.responses import BatchResponse

    def submit(self: Any) -> str:
        job = jobs.submit(self.batch_backend, json.loads(self.body))
        return json.dumps({"jobArn": job.arn, "jobId": job.job_id, "jobName": job.job_name})

    def terminate(only_before_start: bool) -> Any:
        def ended(self: Any, job_id: str, reason: str) -> None:
            job = self._jobs.get(job_id.rpartition("/")[2])
            if job is None:
                raise ClientException(f"Job {job_id} does not exist.")
            jobs.terminate(job, reason, only_before_start)

        return ended

    def describe(self: Any, asked: list[str] | None) -> list[dict[str, Any]]:
        found = (self._jobs.get(one.rpartition("/")[2]) for one in asked or [])
        return [job.describe() for job in found if job]

    def reset(self: Any) -> None:
        jobs.reset()
        self._jobs.clear()
        original_reset(self)

    original_reset = BatchBackend.reset
    BatchResponse.submitjob = submit
    BatchBackend.describe_jobs = describe
    BatchBackend.terminate_job, BatchBackend.cancel_job = terminate(False), terminate(True)
    BatchBackend.reset = reset
