"""A job of AWS Batch: what was submitted, what its definition says, and what became of it."""

from __future__ import annotations

import fnmatch
import re
import subprocess
import threading
import time
import uuid
from typing import Any

from roles import Session


class Job:
    """A job as Batch keeps it. The names that moto's Batch reads of its own jobs are the same."""

    def __init__(self, backend: Any, definition: Any, queue: Any, submitted: dict[str, Any]) -> None:
        self.backend, self.job_definition, self.job_queue, self.submitted = backend, definition, queue, submitted
        self.job_name, self.job_id = submitted["jobName"], str(uuid.uuid4())
        self.arn = self.arn_of("batch", f"job/{self.job_id}")
        self.status, self.reason = "SUBMITTED", ""
        self.created, self.started, self.stopped = now(), 0, 0
        self.attempts: list[dict[str, Any]] = []
        self.environment: Any = None
        self.process: subprocess.Popen[bytes] | None = None
        self.session: Session | None = None
        self.is_cancelled = self.is_terminated = False
        # Set when the folder of its last attempt is gone.
        self.is_removed = threading.Event()
        self._child_jobs: list[Any] = []
        properties, overrides = definition.container_properties, submitted.get("containerOverrides", {})
        given = {entry["name"]: entry.get("value", "") for entry in [*properties.get("environment", []), *overrides.get("environment", [])]}
        self.variables = {name: value for name, value in given.items() if not name.startswith("AWS_BATCH_")}
        required = [*properties.get("resourceRequirements", []), *overrides.get("resourceRequirements", [])]
        self.resources = {one["type"]: one["value"] for one in required}
        self.vcpus = float(self.resources.get("VCPU") or overrides.get("vcpus") or properties.get("vcpus") or 1)
        self.parameters = {**(definition.parameters or {}), **submitted.get("parameters", {})}
        command = overrides.get("command") or properties.get("command", [])
        self.command = [re.sub(r"Ref::([\w.-]+)", lambda found: self.parameters.get(found[1], found[0]), part) for part in command]
        self.timeout = (submitted.get("timeout") or definition.timeout or {}).get("attemptDurationSeconds")
        self.retry_strategy = submitted.get("retryStrategy") or definition.retry_strategy or {"attempts": 1}

    def arn_of(self, service: str, resource: str) -> str:
        _, partition, _, region, account, *_ = self.job_definition.arn.split(":")
        return f"arn:{partition}:{service}:{region}:{account}:{resource}"

    @property
    def dependencies(self) -> list[str]:
        return [one["jobId"] for one in self.submitted.get("dependsOn") or [] if one.get("jobId")]

    @property
    def role(self) -> str | None:
        role: str | None = self.job_definition.container_properties.get("jobRoleArn")
        return role

    @property
    def log_stream(self) -> str | None:
        return self.attempts[-1]["container"].get("logStreamName") if self.attempts else None

    def tags(self) -> dict[str, str]:
        found: dict[str, str] = self.backend.list_tags_for_resource(self.arn)
        return found

    def describe_short(self) -> dict[str, Any]:
        container = {key: value for key, value in self.outcome().items() if key in ("exitCode", "reason")}
        times = {"startedAt": self.started, "stoppedAt": self.stopped}
        return {
            "jobArn": self.arn,
            "jobId": self.job_id,
            "jobName": self.job_name,
            "createdAt": self.created,
            "status": self.status,
            "jobDefinition": self.job_definition.arn,
            **({"statusReason": self.reason} if self.reason else {}),
            **{name: value for name, value in times.items() if value},
            **({"container": container} if container else {}),
        }

    def outcome(self) -> dict[str, Any]:
        """Of the last attempt."""
        return self.attempts[-1]["container"] if self.attempts else {}

    def describe(self) -> dict[str, Any]:
        properties = self.job_definition.container_properties
        kept = ("image", "jobRoleArn", "executionRoleArn", "volumes", "mountPoints", "ulimits", "secrets", "linuxParameters", "logConfiguration", "privileged")
        return {
            **self.describe_short(),
            "jobQueue": self.job_queue.arn,
            "attempts": [dict(attempt) for attempt in self.attempts],
            "retryStrategy": self.retry_strategy,
            "dependsOn": self.submitted.get("dependsOn") or [],
            "parameters": self.parameters,
            "container": {
                **{key: properties[key] for key in kept if key in properties},
                "command": self.command,
                "environment": [{"name": name, "value": value} for name, value in self.variables.items()],
                "resourceRequirements": [{"type": kind, "value": value} for kind, value in self.resources.items()],
                "networkInterfaces": [],
                **self.outcome(),
            },
            **({"timeout": {"attemptDurationSeconds": self.timeout}} if self.timeout else {}),
            "tags": self.tags(),
            "propagateTags": bool(self.submitted.get("propagateTags") or self.job_definition.propagate_tags),
            "platformCapabilities": self.job_definition.platform_capabilities or ["EC2"],
            "isCancelled": self.is_cancelled,
            "isTerminated": self.is_terminated,
        }

    def tries_again(self, exit_code: int | None, reason: str) -> bool:
        """Whether a failed attempt is followed by another one."""
        if len(self.attempts) >= int(self.retry_strategy.get("attempts") or 1):
            return False
        for rule in self.retry_strategy.get("evaluateOnExit") or []:
            seen = {"onExitCode": str(exit_code), "onReason": reason, "onStatusReason": self.reason}
            if all(fnmatch.fnmatchcase(seen[name], pattern) for name, pattern in rule.items() if name in seen):
                return str(rule["action"]).upper() == "RETRY"
        return True


def now() -> int:
    return int(time.time() * 1000)
