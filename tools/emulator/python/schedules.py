"""Rules of EventBridge that fire by a schedule, as the role of their target: they start executions of Step Functions.

    POST /_emulator/schedules {"rule": NAME}        fires a rule now, whatever its schedule says
    GET  /_emulator/schedules                       the rules that have a schedule, and when they have fired

Targets of other services are told in the log and left alone.
"""

from __future__ import annotations

import datetime
import threading
import time
from typing import Any

from cron import NoSchedule, is_due
from roles import NotTrusted, Sessions

SERVICE = "events.amazonaws.com"


class Schedules:
    def __init__(self, locked: Any, sessions: Sessions) -> None:
        self.emulator, self.locked, self.sessions = "", locked, sessions
        self.since: dict[str, datetime.datetime] = {}
        self.fired: dict[str, list[dict[str, str]]] = {}
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        """Looks once in each minute."""
        looked = utc()
        while True:
            time.sleep(1)
            moment = utc()
            if moment.minute == looked.minute and (moment - looked).total_seconds() < 60:
                for rule in self.rules():
                    self.since.setdefault(rule.arn, moment)
                continue
            looked = moment
            for rule in self.rules():
                try:
                    due = rule.state == "ENABLED" and is_due(rule.scheduled_expression, moment, self.since.setdefault(rule.arn, moment))
                except NoSchedule as failure:
                    print(f"{rule.arn}: {failure}", flush=True)
                    continue
                if due:
                    threading.Thread(target=self.fire, args=(rule,), daemon=True).start()

    def rules(self) -> list[Any]:
        """Those that have a schedule."""
        from moto.events.models import events_backends

        with self.locked:
            backends = [backend for account in list(events_backends.values()) for backend in list(account.values())]
            buses = [bus for backend in backends for bus in backend.event_buses.values()]
            return [rule for bus in buses for rule in bus.rules.values() if rule.scheduled_expression]

    def fire(self, rule: Any) -> None:
        for target in list(rule.targets):
            outcome = self.send(rule, target)
            print(f"{time.strftime('%H:%M:%S')} rule {rule.name}: {outcome}", flush=True)
            self.fired.setdefault(rule.arn, []).append({"at": utc().isoformat(), "target": target["Arn"], "outcome": outcome})

    def send(self, rule: Any, target: dict[str, Any]) -> str:
        """Starts an execution. @returns what came of it"""
        import boto3
        from botocore.exceptions import ClientError

        service, region = target["Arn"].split(":")[2:4]
        if service != "states":
            return f"the emulated EventBridge starts executions of Step Functions alone, not {target['Arn']}"
        session = None
        try:
            session = self.sessions.open(rule.account_id, target.get("RoleArn", ""), SERVICE, rule.name[:64], rule.arn)
            keys = {"aws_access_key_id": session.key, "aws_secret_access_key": session.secret, "aws_session_token": session.token}
            states = boto3.client("stepfunctions", region_name=region, endpoint_url=self.emulator, **keys)
            return str(states.start_execution(stateMachineArn=target["Arn"], input=target.get("Input", "{}"))["executionArn"])
        except (NotTrusted, ClientError) as failure:
            return str(failure)
        finally:
            self.sessions.close(session)

    def state(self) -> list[dict[str, Any]]:
        return [
            {"rule": rule.name, "schedule": rule.scheduled_expression, "state": rule.state, "fired": self.fired.get(rule.arn, [])}
            for rule in self.rules()
        ]

    def now(self, settings: dict[str, Any]) -> list[dict[str, Any]]:
        """Fires a rule that is asked for."""
        found = [rule for rule in self.rules() if rule.name == settings.get("rule")]
        if not found:
            raise ValueError(f"no rule with a schedule has the name {settings.get('rule')}")
        self.fire(found[0])
        return self.fired[found[0].arn][-len(found[0].targets) :] if found[0].targets else []


def utc() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.timezone.utc)
