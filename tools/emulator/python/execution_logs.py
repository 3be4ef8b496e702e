"""The logs of AWS Step Functions' executions, in the log group that a state machine names, as far as its role may deliver them.

Source: "Using CloudWatch Logs to log execution history in Step Functions" in the AWS Step Functions Developer Guide.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from typing import Any

from roles import allows

#: What a state machine's role needs for any log, on all resources.
DELIVERIES = (
    "CreateLogDelivery",
    "GetLogDelivery",
    "UpdateLogDelivery",
    "DeleteLogDelivery",
    "ListLogDeliveries",
    "PutResourcePolicy",
    "DescribeResourcePolicies",
    "DescribeLogGroups",
)


def refusal(role: str, configuration: Any) -> tuple[str, str] | None:
    """(code, message) of AWS where a state machine of this role cannot have this log, or None."""
    from moto.logs.models import logs_backends

    if not configuration or configuration.get("level", "OFF") == "OFF":
        return None
    destinations = [(one.get("cloudWatchLogsLogGroup") or {}).get("logGroupArn") or "" for one in configuration.get("destinations") or []]
    if len(destinations) != 1 or not destinations[0].endswith(":*"):
        return "InvalidLoggingConfiguration", "Invalid Logging Configuration: Must specify exactly one Log Destination."
    account = role.split(":")[4]
    _, _, _, region, owner, _, group, _ = destinations[0].split(":")
    denied = [action for action in DELIVERIES if not allows(account, role, f"logs:{action}", "*")]
    if denied:
        print(f"{time.strftime('%H:%M:%S')} {role} is not authorized to perform: logs:{denied[0]} on resource: *", flush=True)
    if denied or group not in logs_backends[owner][region].groups:
        return "AccessDeniedException", "The state machine IAM Role is not authorized to access the Log Destination"
    return None


def write_logs(execution: Any, locked: Any) -> None:
    """Has executions write their events."""
    from moto.stepfunctions.parser.asl.eval.event import logging

    # An execution holds its own lock while it tells of an event, and may not wait for that of the emulated AWS.
    events: queue.SimpleQueue[tuple[Any, str, str, int, str]] = queue.SimpleQueue()

    def write() -> None:
        while True:
            backend, group, name, stamp, message = events.get()
            with locked:
                if group in backend.groups:
                    backend.ensure_log_stream(group, name)
                    backend.put_log_events(group, name, [{"timestamp": stamp, "message": message}])

    threading.Thread(target=write, daemon=True).start()

    class Session(logging.CloudWatchLoggingSession):
        def publish_history_log(self, history_log: Any) -> None:
            stamp = int(time.time() * 1000)
            event = {**history_log, "type": str(getattr(history_log["type"], "value", history_log["type"])), "event_timestamp": str(stamp)}
            message = json.dumps(event, default=str)
            events.put((self._logs_client, self.configuration.log_group_name, stream(self.execution_arn), stamp, message))

    begin = execution.__init__

    def begin_logged(self: Any, *given: Any, **more: Any) -> None:
        machine = more["state_machine"]
        configuration = logging.CloudWatchLoggingConfiguration.from_logging_configuration(
            machine.arn, {"includeExecutionData": False, **(machine.loggingConfiguration or {})}
        )
        if configuration:
            more["cloud_watch_logging_session"] = Session(more["exec_arn"], configuration)
        begin(self, *given, **more)

    execution.__init__ = begin_logged


def stream(execution: str) -> str:
    """The log stream of an execution; AWS's name begins in the same way, and ends with a time and a hash."""
    _, _, _, _, _, _, machine, name = execution.split(":")
    return f"states/{machine}/{name}"
