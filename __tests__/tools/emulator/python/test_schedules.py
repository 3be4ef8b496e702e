"""Schedules of the emulated EventBridge."""

import datetime
import json
import unittest
import urllib.request
from urllib.error import HTTPError

from cron import NoSchedule, is_due
from emulated import Emulated, allowing

UTC = datetime.timezone.utc
SINCE = datetime.datetime(2026, 1, 1, tzinfo=UTC)


class Cron(unittest.TestCase):
    def test_minutes_of_a_schedule(self):
        for expression, moment, expected in (
            # 2026-11-27 is a Friday.
            ("cron(0 * * * ? *)", "2026-11-27T10:00", True),
            ("cron(0 * * * ? *)", "2026-11-27T10:01", False),
            ("cron(0/15 * * * ? *)", "2026-11-27T10:45", True),
            ("cron(5/15 * * * ? *)", "2026-11-27T10:45", False),
            ("cron(0 0 ? * SUN *)", "2026-11-29T00:00", True),
            ("cron(0 0 ? * 1 *)", "2026-11-29T00:00", True),
            ("cron(0 0 ? * 1 *)", "2026-11-27T00:00", False),
            ("cron(0 9-17 ? * MON-FRI *)", "2026-11-27T17:00", True),
            ("cron(0 9-17 ? * mon-fri *)", "2026-11-28T17:00", False),
            ("cron(0 12 1,27 11 ? 2026)", "2026-11-27T12:00", True),
            ("cron(0 12 1,27 NOV ? 2025)", "2026-11-27T12:00", False),
            ("cron(0 12 L * ? *)", "2026-11-30T12:00", True),
            ("cron(0 12 28W * ? *)", "2026-11-27T12:00", True),
            ("cron(0 12 1W * ? *)", "2026-11-02T12:00", True),
            ("cron(0 12 ? * 6L *)", "2026-11-27T12:00", True),
            ("cron(0 12 ? * FRI#4 *)", "2026-11-27T12:00", True),
            ("cron(0 12 ? * 6#3 *)", "2026-11-27T12:00", False),
            ("cron(0 12 ? * L *)", "2026-11-28T12:00", True),
            ("rate(5 minutes)", "2026-01-01T00:10", True),
            ("rate(5 minutes)", "2026-01-01T00:11", False),
            ("rate(1 day)", "2026-01-02T00:00", True),
            ("rate(1 minute)", "2026-01-01T00:00", False),
        ):
            with self.subTest(expression=expression, moment=moment):
                self.assertEqual(expected, is_due(expression, datetime.datetime.fromisoformat(moment).replace(tzinfo=UTC), SINCE))

    def test_what_is_no_schedule(self):
        for expression in ("cron(0 * * * *)", "rate(5)", "hourly", "cron(x * * * ? *)"):
            with self.subTest(expression=expression), self.assertRaises(NoSchedule):
                is_due(expression, SINCE, SINCE)


class Rules(Emulated):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.events, cls.states = cls.client("events"), cls.client("stepfunctions")
        machine_role = cls.role("machine", "states.amazonaws.com", allowing("logs:DescribeLogGroups"))
        cls.starter = cls.role("starter", "events.amazonaws.com", allowing("states:StartExecution"))
        definition = {"StartAt": "pass", "States": {"pass": {"Type": "Pass", "End": True}}}
        cls.machine = cls.states.create_state_machine(name="scheduled", definition=json.dumps(definition), roleArn=machine_role)["stateMachineArn"]
        cls.rule("rule", "cron(0 0 1 1 ? 2199)", cls.machine)

    @classmethod
    def rule(cls, name, schedule, target, state="ENABLED"):
        cls.events.put_rule(Name=name, ScheduleExpression=schedule, State=state)
        cls.events.put_targets(Rule=name, Targets=[{"Id": name, "Arn": target, "Input": '{"by": "%s"}' % name, "RoleArn": cls.starter}])

    def fire(self, name):
        request = urllib.request.Request(f"{self.endpoint}/_emulator/schedules", json.dumps({"rule": name}).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)[0]["outcome"]

    def started_by(self, name):
        found = self.states.list_executions(stateMachineArn=self.machine)["executions"]
        described = [self.states.describe_execution(executionArn=one["executionArn"]) for one in found]
        return [one for one in described if json.loads(one["input"]) == {"by": name}]

    def test_a_rule_starts_an_execution(self):
        execution = self.fire("rule")
        self.assertEqual([execution], [one["executionArn"] for one in self.started_by("rule")])

    def test_a_rule_fires_when_its_time_has_come_and_it_is_enabled(self):
        self.rule("each-minute", "cron(* * * * ? *)", self.machine)
        self.rule("disabled", "cron(* * * * ? *)", self.machine, "DISABLED")
        self.addCleanup(self.events.disable_rule, Name="each-minute")
        self.until(lambda: self.started_by("each-minute"), lambda found: len(found) == 1, 70)
        self.assertEqual([], self.started_by("disabled"))

    def test_a_rule_starts_what_its_role_may(self):
        self.addCleanup(self.grant, "starter", allowing("states:StartExecution"))
        self.grant("starter", allowing("states:StartExecution", "arn:aws:states:us-west-2:123456789012:stateMachine:other"))
        self.assertRegex(self.fire("rule"), "assumed-role/starter/rule is not authorized to perform: states:StartExecution")
        self.rule("untrusted", "rate(1 day)", self.machine)
        self.events.put_targets(Rule="untrusted", Targets=[{"Id": "untrusted", "Arn": self.machine, "RoleArn": self.job_role}])
        self.assertIn("events.amazonaws.com cannot assume the role", self.fire("untrusted"))

    def test_an_unknown_rule_is_refused(self):
        with self.assertRaises(HTTPError):
            self.fire("unknown")


if __name__ == "__main__":
    unittest.main()
