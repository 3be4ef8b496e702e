"""What surrounds the container of a job: its environment, its role's credentials, its log, its secrets."""

from __future__ import annotations

import os
import time
from typing import Any

from batch_job import Job
from roles import NotTrusted, Sessions, allows
from secret_values import NoSecret, secret_value

LOG_GROUP = "/aws/batch/job"


class NotStarted(Exception):
    """Why the container of a job does not start, in the words of ECS."""


class Surroundings:
    def __init__(self, locked: Any, sessions: Sessions) -> None:
        self.emulator, self.locked, self.sessions = "", locked, sessions

    def open_session(self, job: Job, name: str) -> None:
        """Has the job act as its role, if it has one."""
        if job.role is None:
            return
        try:
            job.session = self.sessions.open(job.backend.account_id, job.role, "ecs-tasks.amazonaws.com", name, job.arn_of("ecs", f"task/{name}"))
        except NotTrusted as failure:
            raise NotStarted(
                f"ECS was unable to assume the role '{job.role}' that was provided for this task. Please verify that the role being passed "
                f"has the proper trust relationship and permissions: {failure}."
            ) from failure

    def surroundings(self, job: Job, folder: str) -> dict[str, str]:
        """What a container has of its image and of the network: a balancer's name leads to the emulator, as to a proxy."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        proxy = self.emulator.replace("://", f"://{job.backend.account_id}:emulated@")
        return {
            **kept,
            "HOME": folder,
            "AWS_ENDPOINT_URL": self.emulator,
            "AWS_EC2_METADATA_DISABLED": "true",
            "HTTP_PROXY": proxy,
            "http_proxy": proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            # Metaflow installs nothing where it finds this: boto3 and requests are here (interpreters.py).
            "METAFLOW_SKIP_INSTALL_DEPENDENCIES": "1",
        }

    def own_variables(self, job: Job) -> dict[str, str]:
        """What Batch and ECS set."""
        on_fargate = str((job.environment.compute_resources or {}).get("type", "")).startswith("FARGATE")
        role = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self.emulator}/_emulator/credentials/{job.session.id}"} if job.session else {}
        return {
            **role,
            "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE" if on_fargate else "AWS_ECS_EC2",
            "AWS_BATCH_JOB_ID": job.job_id,
            "AWS_BATCH_JOB_ATTEMPT": str(len(job.attempts)),
            "AWS_BATCH_JQ_NAME": job.job_queue.name,
            "AWS_BATCH_CE_NAME": job.environment.name,
            "ECS_CONTAINER_METADATA_URI_V4": f"{self.emulator}/_emulator/jobs/{job.job_id}",
        }

    def starter(self, job: Job) -> str | None:
        """The role by which ECS starts a job: that of the environment's instances, on Fargate the execution role."""
        instance_profile = (job.environment.compute_resources or {}).get("instanceRole")
        if not instance_profile:
            role: str | None = job.job_definition.container_properties.get("executionRoleArn")
            return role
        for profile in job.backend.iam_backend.instance_profiles.values():
            if instance_profile in (profile.arn, profile.name) and profile.roles:
                return str(profile.roles[0].arn)
        return None

    def secrets_of(self, job: Job) -> dict[str, str]:
        role = job.job_definition.container_properties.get("executionRoleArn") or self.starter(job)
        try:
            secrets = job.job_definition.container_properties.get("secrets") or []
            return {entry["name"]: secret_value(job.backend.account_id, role, entry["valueFrom"], self.locked) for entry in secrets}
        except NoSecret as failure:
            raise NotStarted(str(failure)) from failure

    def log_of(self, job: Job, stream: str) -> Any:
        """Writes lines to the job's log stream, as the role that starts it may."""
        backend, role, account = job.backend.logs_backend, self.starter(job), job.backend.account_id
        settings = job.job_definition.container_properties.get("logConfiguration") or {}
        if settings.get("logDriver", "awslogs") != "awslogs":
            return lambda lines: None
        options = settings.get("options") or {}
        group = options.get("awslogs-group", LOG_GROUP)
        arn = job.arn_of("logs", f"log-group:{group}:log-stream:{stream}")
        for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            if not allows(account, role, action, arn):
                raise NotStarted(
                    "CannotStartContainerError: failed to initialize logging driver: failed to create Cloudwatch log stream: "
                    f"AccessDeniedException: {role} is not authorized to perform: {action} on resource: {arn}"
                )
        if group == LOG_GROUP:
            backend.ensure_log_group(group)
        elif group not in backend.groups:
            raise NotStarted(f"CannotStartContainerError: failed to initialize logging driver: the log group {group} does not exist")
        backend.ensure_log_stream(group, stream)

        def write(lines: list[str]) -> None:
            stamp = int(time.time() * 1000)
            with self.locked:
                if group in backend.groups and stream in backend.groups[group].streams:
                    backend.put_log_events(group, stream, [{"timestamp": stamp, "message": line} for line in lines])

        return write
