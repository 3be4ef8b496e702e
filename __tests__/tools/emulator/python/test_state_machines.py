"""Executions of the emulated AWS Step Functions."""

import json
import time
import unittest

from botocore.exceptions import ClientError
from emulated import Emulated, allowing, trusting

GRANTS = [
    allowing(["batch:SubmitJob", "batch:TagResource", "batch:TerminateJob", "batch:DescribeJobs"]),
    allowing("dynamodb:GetItem", "arn:aws:dynamodb:us-west-2:123456789012:table/state"),
    allowing(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::data/*"),
    allowing("states:StartExecution", "arn:aws:states:us-west-2:123456789012:stateMachine:*"),
]
PASS = {"StartAt": "pass", "States": {"pass": {"Type": "Pass", "End": True}}}


def job(script, environment=(), **more):
    """A state as Metaflow writes it."""
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Parameters": {
            "JobDefinition": "job",
            "JobName": "step",
            "JobQueue": "queue",
            "ContainerOverrides": {"Command": ["bash", "-c", script], "Environment": list(environment)},
            "Parameters": {"run.$": "$$.Execution.Name"},
            "Tags": {"of": "a state machine"},
            "RetryStrategy": {"Attempts": 1},
            "Timeout": {"AttemptDurationSeconds": 60},
        },
        **more,
    }


class StateMachines(Emulated):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.states = cls.client("stepfunctions")
        cls.machine_role = cls.role("machine", "states.amazonaws.com", *GRANTS)
        dynamodb = cls.client("dynamodb")
        key = {"AttributeName": "pathspec", "KeyType": "HASH"}
        dynamodb.create_table(TableName="state", KeySchema=[key], AttributeDefinitions=[{"AttributeName": "pathspec", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
        dynamodb.put_item(TableName="state", Item={"pathspec": {"S": "one"}, "cardinality": {"NS": ["0", "1", "2"]}})

    def machine(self, states, name=None, **more):
        definition = {"StartAt": next(iter(states)), "States": states, **more}
        name = name or self.id().rpartition(".")[2][:80]
        return self.states.create_state_machine(name=name, definition=json.dumps(definition), roleArn=self.machine_role)["stateMachineArn"]

    def start(self, states, given=None, **more):
        return self.states.start_execution(stateMachineArn=self.machine(states, **more), input=json.dumps(given or {}))["executionArn"]

    def finished(self, execution, seconds=30):
        return self.until(lambda: self.states.describe_execution(executionArn=execution), lambda found: found["status"] != "RUNNING", seconds)

    def output(self, states, given=None):
        found = self.finished(self.start(states, given))
        self.assertEqual("SUCCEEDED", found["status"], found.get("cause"))
        return json.loads(found["output"])

    def jobs(self, *status):
        return [one for state in status for one in self.batch.list_jobs(jobQueue="queue", jobStatus=state)["jobSummaryList"]]


class Definitions(StateMachines):
    def test_a_state_machine_is_made_once(self):
        arn = self.machine(PASS["States"])
        self.assertEqual(arn, self.machine(PASS["States"]))
        other = {"other": {"Type": "Succeed"}}
        with self.assertRaisesRegex(ClientError, f"StateMachineAlreadyExists.*'{arn}'"):
            self.machine(other)
        definition = json.dumps({"StartAt": "other", "States": other})
        self.states.update_state_machine(stateMachineArn=arn, definition=definition, roleArn=self.machine_role)
        self.assertEqual(arn, self.machine(other))
        with self.assertRaisesRegex(ClientError, "StateMachineAlreadyExists"):
            logging = {"level": "ALL", "includeExecutionData": True, "destinations": []}
            self.states.create_state_machine(name=arn.rpartition(":")[2], definition=definition, roleArn=self.machine_role, loggingConfiguration=logging)


class Logs(StateMachines):
    DELIVERIES = ["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries", "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"]

    def logged(self, group="executions", level="ALL", data=True):
        arn = f"arn:aws:logs:us-west-2:123456789012:log-group:{group}:*"
        logging = {"level": level, "includeExecutionData": data, "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": arn}}]}
        name = self.id().rpartition(".")[2][:80]
        return self.states.create_state_machine(name=name, definition=json.dumps(PASS), roleArn=self.machine_role, loggingConfiguration=logging)["stateMachineArn"]

    def granted(self, *without):
        self.addCleanup(self.grant, "machine", *GRANTS)
        self.grant("machine", *GRANTS, allowing([f"logs:{one}" for one in self.DELIVERIES if one not in without]))

    def test_an_execution_writes_its_events(self):
        self.granted()
        self.logs.create_log_group(logGroupName="executions")
        self.addCleanup(self.logs.delete_log_group, logGroupName="executions")
        execution = self.states.start_execution(stateMachineArn=self.logged(), input='{"a": 1}')["executionArn"]
        self.assertEqual("SUCCEEDED", self.finished(execution)["status"])
        events = self.until(lambda: [json.loads(one["message"]) for one in self.logs.filter_log_events(logGroupName="executions")["events"]], lambda found: len(found) == 4)
        self.assertEqual(["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"], [one["type"] for one in events])
        self.assertEqual((execution, "1", "0", '{"a": 1}'), tuple([events[0][key] for key in ("execution_arn", "id", "previous_event_id")] + [events[0]["details"]["input"]]))

    def test_a_role_that_lacks_one_permission_has_no_log(self):
        self.logs.create_log_group(logGroupName="executions")
        self.addCleanup(self.logs.delete_log_group, logGroupName="executions")
        for one in self.DELIVERIES:
            with self.subTest(one):
                self.granted(one)
                with self.assertRaisesRegex(ClientError, "AccessDenied.*The state machine IAM Role is not authorized to access the Log Destination"):
                    self.logged()

    def test_a_log_group_that_is_not_there_is_refused(self):
        self.granted()
        with self.assertRaisesRegex(ClientError, "not authorized to access the Log Destination"):
            self.logged("none")


class Runs(StateMachines):
    def test_a_state_runs_a_job_as_the_machines_role(self):
        output = self.output({"one": job("echo $RUN", [{"Name": "RUN", "Value.$": "$$.Execution.Name"}], OutputPath="$.['JobId', 'Parameters', 'Absent']", End=True)})
        self.assertEqual({"JobId", "Parameters"}, set(output))
        done = self.job(output["JobId"])
        self.assertEqual([output["Parameters"]["run"]], self.lines(done))
        self.assertRegex(output["Parameters"]["run"], r"^[0-9a-f-]{36}$")
        self.assertEqual(({"of": "a state machine"}, 60), (done["tags"], done["timeout"]["attemptDurationSeconds"]))
        self.assertIn({"name": "MANAGED_BY_AWS", "value": "STARTED_BY_STEP_FUNCTIONS"}, done["container"]["environment"])

    def test_a_map_over_a_number_set_of_a_table(self):
        table = {"Key": {"pathspec": {"S.$": "$.Id"}}, "TableName": "state", "ProjectionExpression": "cardinality"}
        inner = {"StartAt": "each", "States": {"each": job('test "$INDEX" = "$EXPECTED"', [{"Name": "INDEX", "Value.$": "$.Index"}, {"Name": "EXPECTED", "Value.$": "$.Index"}], OutputPath="$.['JobId']", End=True)}}
        inner["States"]["each"] = {"Type": "Pass", "End": True}
        states = {
            "read": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": table, "ResultPath": "$.Result", "Next": "map"},
            "map": {
                "Type": "Map",
                "ItemsPath": "$.Result.Item.cardinality.NS",
                "Parameters": {"Index.$": "$$.Map.Item.Value", "Id.$": "$.Id"},
                "Iterator": inner,
                "OutputPath": "$.[0]",
                "Next": "after",
            },
            "after": {"Type": "Pass", "Parameters": {"Index.$": "$.Index", "Id.$": "$.['Id']"}, "End": True},
        }
        self.assertEqual({"Index": "0", "Id": "one"}, self.output(states, {"Id": "one"}))

    def test_branches_run_side_by_side(self):
        branch = {name: {"StartAt": name, "States": {name: job("sleep 0.3", OutputPath="$.['JobId', 'Parameters']", End=True)}} for name in ("a", "b")}
        states = {
            "split": {"Type": "Parallel", "Branches": list(branch.values()), "Next": "joined"},
            "joined": {"Type": "Pass", "Parameters": {"a.$": "$.[0].JobId", "b.$": "$.[1].JobId", "run.$": "$.[0].Parameters.['run']"}, "End": True},
        }
        output = self.output(states)
        self.assertEqual(["SUCCEEDED"] * 2, [self.job(output[name])["status"] for name in "ab"])

    def test_a_distributed_map_writes_its_results(self):
        inner = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, **PASS}
        states = {
            "map": {"Type": "Map", "ItemsPath": "$.items", "Iterator": inner, "MaxConcurrency": 2, "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "data", "Prefix": "maps"}}, "Next": "manifest"},
            "manifest": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Parameters": {"Bucket.$": "$.ResultWriterDetails.Bucket", "Key.$": "$.ResultWriterDetails.Key"},
                "ResultSelector": {"Body.$": "States.StringToJson($.Body)"},
                "Next": "results",
            },
            "results": {
                "Type": "Map",
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"}, "Parameters": {"Bucket.$": "$.Body.DestinationBucket", "Key.$": "$.Body.ResultFiles.SUCCEEDED[0].Key"}},
                "Iterator": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "read",
                    "States": {"read": {"Type": "Pass", "Parameters": {"Output.$": "States.StringToJson($.Output)"}, "OutputPath": "$.Output", "End": True}},
                },
                "OutputPath": "$.[0]",
                "End": True,
            },
        }
        self.assertEqual({"n": 1}, self.output(states, {"items": [{"n": 1}, {"n": 2}]}))

    def test_executions_are_listed_and_named_once(self):
        machine = self.machine({"pass": {"Type": "Pass", "End": True}}, name="listed")
        first = [self.states.start_execution(stateMachineArn=machine, input="{}")["executionArn"] for _ in range(2)]
        self.assertEqual(2, len(set(first)))
        for execution in first:
            self.finished(execution)
        self.assertEqual(2, len(self.states.list_executions(stateMachineArn=machine, statusFilter="SUCCEEDED")["executions"]))


class Ends(StateMachines):
    def running(self, count):
        return self.until(lambda: self.jobs("RUNNING"), lambda found: len(found) == count)

    def assert_jobs_end(self, jobs):
        for one in jobs:
            found = self.ended(one["jobId"], 10)
            self.assertEqual(("FAILED", 137), (found["status"], found["container"]["exitCode"]))
            self.assertIn("execution", found["statusReason"])

    def test_jobs_end_with_a_stopped_execution(self):
        branch = [{"StartAt": name, "States": {name: job("sleep 600", End=True)}} for name in ("a", "b")]
        execution = self.start({"split": {"Type": "Parallel", "Branches": branch, "End": True}})
        jobs = self.running(2)
        self.states.stop_execution(executionArn=execution)
        self.assertEqual("ABORTED", self.states.describe_execution(executionArn=execution)["status"])
        self.assert_jobs_end(jobs)
        self.assertEqual("ABORTED", self.states.describe_execution(executionArn=execution)["status"])

    def test_jobs_of_a_map_end_with_a_stopped_execution(self):
        inner = {"StartAt": "each", "States": {"each": job("sleep 600", End=True)}}
        for mode in ("INLINE", "DISTRIBUTED"):
            with self.subTest(mode=mode):
                iterator = {"ProcessorConfig": {"Mode": mode, **({"ExecutionType": "STANDARD"} if mode == "DISTRIBUTED" else {})}, **inner}
                execution = self.start({"map": {"Type": "Map", "ItemsPath": "$.items", "Iterator": iterator, "End": True}}, {"items": [1, 2]}, name=f"map-{mode}")
                jobs = self.running(2)
                self.states.stop_execution(executionArn=execution)
                self.assert_jobs_end(jobs)

    def test_jobs_end_with_a_branch_that_fails(self):
        branch = [{"StartAt": name, "States": {name: job(script, End=True)}} for name, script in (("a", "sleep 600"), ("b", "sleep 1; exit 1"))]
        execution = self.start({"split": {"Type": "Parallel", "Branches": branch, "End": True}})
        jobs = [one for one in self.running(2)]
        found = self.finished(execution)
        self.assertEqual("FAILED", found["status"])
        states = {self.ended(one["jobId"], 10)["container"]["exitCode"] for one in jobs}
        self.assertEqual({1, 137}, states)

    def test_jobs_end_with_an_execution_whose_time_is_over(self):
        execution = self.start({"one": job("sleep 600", End=True)}, TimeoutSeconds=3)
        jobs = self.running(1)
        self.assertEqual("TIMED_OUT", self.finished(execution)["status"])
        self.assert_jobs_end(jobs)

    def test_a_failing_job_fails_the_execution_with_what_batch_says(self):
        found = self.finished(self.start({"one": job("exit 7", End=True)}))
        self.assertEqual(("FAILED", "States.TaskFailed"), (found["status"], found["error"]))
        self.assertEqual(7, json.loads(found["cause"])["Container"]["ExitCode"])

    def test_a_distributed_map_fails_with_its_items(self):
        inner = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "each", "States": {"each": job("exit 1", End=True)}}
        states = {"map": {"Type": "Map", "ItemsPath": "$.items", "Iterator": inner, "End": True}}
        found = self.finished(self.start(states, {"items": [1]}))
        self.assertEqual(("FAILED", "States.ExceedToleratedFailureThreshold"), (found["status"], found.get("error")))


class Roles(StateMachines):
    def fails(self, states, *grants):
        self.addCleanup(self.grant, "machine", *GRANTS)
        self.grant("machine", *grants)
        return self.finished(self.start(states, {"items": [1]}))

    def test_jobs_are_submitted_as_the_role_may(self):
        states = {"one": job("true", End=True)}
        found = self.fails(states, allowing(["batch:SubmitJob", "batch:DescribeJobs"]))
        self.assertEqual(("FAILED", "Batch.AccessDeniedException"), (found["status"], found["error"]))
        self.assertIn("assumed-role/machine/StepFunctions is not authorized to perform: batch:TagResource", found["cause"])

    def test_a_distributed_map_starts_executions_as_the_role_may(self):
        inner = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, **PASS}
        found = self.fails({"map": {"Type": "Map", "ItemsPath": "$.items", "Iterator": inner, "End": True}}, *GRANTS[:3])
        self.assertEqual("FAILED", found["status"])
        self.assertIn("states:StartExecution", found["cause"])

    def test_a_role_that_does_not_trust_step_functions_is_refused(self):
        machine = self.machine({"pass": {"Type": "Pass", "End": True}}, name="trusted")
        self.addCleanup(self.iam.update_assume_role_policy, RoleName="machine", PolicyDocument=trusting("states.amazonaws.com"))
        self.iam.update_assume_role_policy(RoleName="machine", PolicyDocument=trusting("batch.amazonaws.com"))
        for call in (lambda: self.machine({"pass": {"Type": "Pass", "End": True}}, name="untrusted"), lambda: self.states.start_execution(stateMachineArn=machine, input="{}")):
            with self.assertRaisesRegex(ClientError, "AccessDeniedException.*authorized to assume the provided role"):
                call()


if __name__ == "__main__":
    unittest.main()
