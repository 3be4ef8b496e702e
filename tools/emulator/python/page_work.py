"""What works on the emulated AWS, for the page: tasks of ECS services, jobs of Batch, executions of Step Functions, and their logs."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

from job_surroundings import LOG_GROUP

#: Of a log, the last lines.
LINES = 2000
#: Of an execution, the last events; of all executions, the last ones.
EVENTS, EXECUTIONS = 500, 200


class Work:
    def __init__(self, locked: Any, tasks: Any, jobs: Any, machines: Any) -> None:
        self.locked, self.tasks, self.jobs, self.machines = locked, tasks, jobs, machines

    def services(self) -> list[dict[str, Any]]:
        """The task of each ECS service, and where its containers write."""
        if not self.tasks:
            return []
        with self.tasks.lock:
            running = {key[3]: task for key, task in self.tasks.running.items() if task}
            return [{**one, "logs": task_logs(running[one["service"]])} for one in self.tasks.state() if one["service"] in running]

    def all_jobs(self) -> list[dict[str, Any]]:
        """The newest first."""
        kept = ("jobId", "jobName", "status", "statusReason", "createdAt", "startedAt", "stoppedAt", "attempts", "container")
        jobs = [
            {
                **{name: job[name] for name in kept if name in job},
                "queue": job["jobQueue"].rpartition("/")[2],
                "log": {"group": LOG_GROUP, "stream": job["logStreamName"]} if job["logStreamName"] else None,
            }
            for job in (self.jobs.state() if self.jobs else [])
        ]
        return sorted(jobs, key=lambda job: -int(job["createdAt"]))

    def executions(self) -> list[dict[str, Any]]:
        with self.locked:
            found = [execution_row(execution) for execution in executions()]
        return sorted(found, key=lambda one: -one["began"])[:EXECUTIONS]

    def execution(self, arn: str) -> dict[str, Any] | None:
        """With what has happened in it: names and reasons. Inputs and outputs hold the environment of jobs, and with it keys."""
        with self.locked:
            found = next((one for one in executions() if one.exec_arn == arn), None)
            if found is None:
                return None
            events = found.to_history_output()["events"] if found.exec_worker else []
            return {**execution_row(found), "events": [event_row(event) for event in events[-EVENTS:]]}

    def log(self, group: str, stream: str = "") -> dict[str, Any]:
        """The last lines of a log stream, or of a whole group. One that nobody has written to has none."""
        with self.locked:
            events = sorted(
                (event for one in log_groups(group) for name, found in one.streams.items() if stream in ("", name) for event in found.events),
                key=lambda event: event.timestamp,
            )
            lines = [{"time": int(event.timestamp), "message": event.message} for event in events[-LINES:]]
        return {"left": max(0, len(events) - LINES), "lines": lines}


def log_groups(name: str) -> list[Any]:
    from moto.logs.models import logs_backends

    return [backend.groups[name] for account in list(logs_backends.values()) for backend in list(account.values()) if name in backend.groups]


def task_logs(task: Any) -> list[dict[str, str]]:
    options = [(one["name"], (one.get("logConfiguration") or {}).get("options") or {}) for one in task.definition.container_definitions]
    return [
        {"group": given["awslogs-group"], "stream": f"{given.get('awslogs-stream-prefix', 'ecs')}/{name}/{task.id}"}
        for name, given in options
        if "awslogs-group" in given
    ]


def executions() -> list[Any]:
    """None where nobody has used Step Functions: the engine takes seconds to load."""
    models = sys.modules.get("moto.stepfunctions.parser.models")
    backends = getattr(models, "stepfunctions_parser_backends", {})
    machines = [machine for account in list(backends.values()) for backend in list(account.values()) for machine in backend.state_machines]
    return [execution for machine in machines for execution in machine.executions]


def execution_row(execution: Any) -> dict[str, Any]:
    status = execution.status
    return {
        "arn": execution.exec_arn,
        "name": execution.name,
        "machine": execution.state_machine.name,
        "status": str(getattr(status, "value", status)),
        "began": milliseconds(execution.start_date),
        "ended": milliseconds(execution.stop_date),
        "error": execution.error,
        "cause": cause_of(execution.cause),
    }


def event_row(event: dict[str, Any]) -> dict[str, Any]:
    details = next((value for name, value in event.items() if name.endswith("EventDetails") and isinstance(value, dict)), {})
    row = {
        "id": event["id"],
        "time": milliseconds(event["timestamp"]),
        "type": str(getattr(event["type"], "value", event["type"])),
        "name": details.get("name"),
        "job": job_of(details.get("output")),
        "error": details.get("error"),
        "cause": cause_of(details.get("cause")),
    }
    return {name: value for name, value in row.items() if value is not None}


def job_of(output: Any) -> str | None:
    """The job of Batch that a state has submitted."""
    try:
        job = json.loads(output).get("JobId")
        return None if job is None else str(job)
    except (AttributeError, TypeError, ValueError):
        return None


def cause_of(cause: Any) -> str | None:
    """The reason in a cause. That of a job's failure is the whole job, with its environment."""
    if not cause:
        return None
    try:
        job = json.loads(cause)
        reasons = [job.get("StatusReason"), (job.get("Container") or {}).get("Reason")]
        return ": ".join(one for one in reasons if one) or str(job.get("Status") or "failed")
    except (AttributeError, TypeError, ValueError):
        return str(cause)[:1000]


def milliseconds(date: Any) -> int | None:
    """Of a date, a time in seconds, or a text such as `2026-11-26T15:37:06.312Z`."""
    if isinstance(date, str):
        date = datetime.datetime.fromisoformat(date.replace("Z", "+00:00"))
    return None if date is None else int((date.timestamp() if isinstance(date, datetime.datetime) else date) * 1000)
