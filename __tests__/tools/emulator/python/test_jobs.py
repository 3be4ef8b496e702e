"""Jobs of the emulated AWS Batch."""

import json
import os
import subprocess
import time
import unittest

from botocore.exceptions import ClientError
from emulated import Emulated, allowing, trusting


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


class Runs(Emulated):
    def test_a_job_runs_with_what_its_definition_and_its_submission_give_it(self):
        definition = self.define("with-environment", environment=[{"name": "ONE", "value": "definition"}, {"name": "TWO", "value": "definition"}])
        script = "echo $ONE $TWO $AWS_BATCH_JOB_ATTEMPT $AWS_BATCH_JQ_NAME $AWS_BATCH_CE_NAME $AWS_EXECUTION_ENV; echo second line >&2; echo id $AWS_BATCH_JOB_ID"
        overrides = {"environment": [{"name": "TWO", "value": "submission"}, {"name": "AWS_BATCH_JOB_ID", "value": "mine"}]}
        job_id = self.submit(script, jobDefinition=definition, overrides=overrides, parameters={"who": "me"}, tags={"of": "test"})
        job = self.ended(job_id)
        self.assertEqual(("SUCCEEDED", 0, {"of": "test"}), (job["status"], job["container"]["exitCode"], job["tags"]))
        self.assertEqual(["definition submission 1 queue compute AWS_ECS_EC2", "second line", f"id {job_id}"], self.lines(job))
        self.assertEqual(["ONE", "TWO"], [one["name"] for one in job["container"]["environment"]])
        self.assertGreaterEqual(job["stoppedAt"], job["startedAt"])
        self.assertEqual(job["container"]["logStreamName"], job["attempts"][0]["container"]["logStreamName"])
        # A description changes nothing.
        self.assertEqual(job, self.job(job_id))

    def test_parameters_fill_the_command(self):
        job_id = self.submit("", overrides={"command": ["echo", "Ref::greeting", "Ref::unknown"]}, parameters={"greeting": "hello"})
        self.assertEqual(["hello Ref::unknown"], self.lines(self.ended(job_id)))

    def test_a_job_has_python_with_boto3_and_its_roles_credentials(self):
        script = "python -c 'import boto3, requests; boto3.client(\"s3\").put_object(Bucket=\"data\", Key=\"k\", Body=b\"written by a job\")'; env"
        job = self.ended(self.submit(script, overrides={"environment": [{"name": "AWS_DEFAULT_REGION", "value": "us-west-2"}]}))
        self.assertEqual("SUCCEEDED", job["status"], self.lines(job))
        self.assertEqual(b"written by a job", self.s3.get_object(Bucket="data", Key="k")["Body"].read())
        self.assertFalse([line for line in self.lines(job) if line.startswith(("AWS_ACCESS_KEY_ID", "AWS_SECRET"))])

    def test_a_failing_job_has_its_exit_code(self):
        job = self.ended(self.submit("exit 3"))
        self.assertEqual(("FAILED", 3, "Essential container in task exited"), (job["status"], job["container"]["exitCode"], job["statusReason"]))
        self.assertEqual(127, self.ended(self.submit("", overrides={"command": ["no-such-program"]}))["container"]["exitCode"])

    def test_attempts_are_counted_until_one_succeeds(self):
        job = self.ended(self.submit("test $AWS_BATCH_JOB_ATTEMPT = 3", retryStrategy={"attempts": 5}))
        self.assertEqual(("SUCCEEDED", [1, 1, 0]), (job["status"], [one["container"]["exitCode"] for one in job["attempts"]]))

    def test_evaluate_on_exit_decides_which_failures_are_tried_again(self):
        rules = [{"onExitCode": "7*", "action": "EXIT"}, {"onReason": "*", "action": "RETRY"}]
        job = self.ended(self.submit("exit $((AWS_BATCH_JOB_ATTEMPT == 2 ? 77 : 1))", retryStrategy={"attempts": 5, "evaluateOnExit": rules}))
        self.assertEqual(("FAILED", [1, 77]), (job["status"], [one["container"]["exitCode"] for one in job["attempts"]]))

    def test_the_environments_vcpus_bound_how_many_run(self):
        ids = [self.submit("sleep 1.5") for _ in range(4)]
        self.until(lambda: sorted(self.job(one)["status"] for one in ids), lambda seen: seen == ["RUNNABLE", "RUNNABLE", "RUNNING", "RUNNING"])
        listed = {state: self.batch.list_jobs(jobQueue="queue", jobStatus=state)["jobSummaryList"] for state in ("RUNNABLE", "RUNNING")}
        self.assertEqual([ids[:2], ids[2:]], [[one["jobId"] for one in listed[state]] for state in ("RUNNING", "RUNNABLE")])
        jobs = [self.ended(one) for one in ids]
        self.assertEqual({"SUCCEEDED"}, {job["status"] for job in jobs})
        self.assertGreaterEqual(max(job["startedAt"] for job in jobs), min(job["stoppedAt"] for job in jobs))
        wide = self.submit("true", overrides={"resourceRequirements": [{"type": "VCPU", "value": "3"}]})
        time.sleep(0.5)
        self.assertEqual("RUNNABLE", self.job(wide)["status"])
        self.batch.cancel_job(jobId=wide, reason="too wide")
        self.assertEqual(("FAILED", "too wide"), (self.job(wide)["status"], self.job(wide)["statusReason"]))

    def test_a_job_waits_for_those_that_it_depends_on(self):
        first, failing = self.submit("sleep 1"), self.submit("exit 1")
        second = self.submit("true", dependsOn=[{"jobId": first}])
        third = self.submit("true", dependsOn=[{"jobId": failing}])
        self.assertEqual("PENDING", self.job(second)["status"])
        self.assertGreaterEqual(self.ended(second)["startedAt"], self.ended(first)["stoppedAt"])
        self.assertEqual(("FAILED", "Dependent Job failed"), tuple(self.ended(third)[name] for name in ("status", "statusReason")))

    def test_what_cannot_run_is_refused(self):
        for settings, message in (
            ({"jobDefinition": "unknown"}, "JobDefinition with identifier unknown does not exist"),
            ({"jobQueue": "unknown"}, "JobQueue unknown does not exist"),
            ({"arrayProperties": {"size": 2}}, "no array"),
        ):
            with self.assertRaisesRegex(ClientError, message):
                self.submit("true", **settings)


class Ends(Emulated):
    def pids(self, job_id):
        """Of the job's processes: the script writes them down."""
        found = self.until(lambda: self.lines(self.job(job_id)) if self.job(job_id)["status"] == "RUNNING" else [], lambda lines: len(lines) == 3)
        return list(map(int, found))

    # One in the shell's group, one in a session of its own whose parent has ended, and the shell.
    SCRIPT = "sleep 600 & echo $!; setsid sleep 601 & sleep 0.2; pgrep -n -f 'sleep 601'; echo $$; wait"

    def assert_gone(self, pids):
        self.until(lambda: [pid for pid in pids if is_alive(pid)], lambda alive: alive == [], 5)

    def test_a_terminated_job_leaves_no_process(self):
        job_id = self.submit(self.SCRIPT, retryStrategy={"attempts": 3})
        pids = self.pids(job_id)
        self.assertTrue(all(map(is_alive, pids)))
        self.batch.terminate_job(jobId=job_id, reason="enough")
        job = self.ended(job_id)
        self.assertEqual(("FAILED", "enough", 137, 1), (job["status"], job["statusReason"], job["container"]["exitCode"], len(job["attempts"])))
        self.assert_gone(pids)

    def test_a_job_that_takes_too_long_ends_and_is_not_tried_again(self):
        # Here, a second is enough; AWS wants a minute.
        job_id = self.submit(self.SCRIPT, timeout={"attemptDurationSeconds": 1}, retryStrategy={"attempts": 3})
        pids = self.pids(job_id)
        job = self.ended(job_id)
        self.assertEqual(("FAILED", "Job attempt duration exceeded timeout", 137), (job["status"], job["statusReason"], job["container"]["exitCode"]))
        self.assertEqual(1, len(job["attempts"]))
        self.assert_gone(pids)

    def test_what_a_job_leaves_running_ends_with_it(self):
        job_id = self.submit("setsid sleep 602 & echo $!")
        job = self.ended(job_id)
        self.assertEqual("SUCCEEDED", job["status"])
        self.assert_gone([int(self.lines(job)[0])])
        self.until(lambda: os.listdir(os.path.join(self.folder.name, "jobs")), lambda left: left == ["interpreters"])

    def test_nothing_is_left_when_the_emulator_is_killed(self):
        pids = self.pids(self.submit(self.SCRIPT))
        self.addCleanup(self.setUpClass)
        self.emulator.kill()
        self.emulator.wait()
        self.assert_gone(pids)

    def test_nothing_is_left_when_the_emulator_ends(self):
        pids = self.pids(self.submit(self.SCRIPT))
        self.addCleanup(self.setUpClass)
        self.emulator.terminate()
        self.emulator.wait()
        self.assert_gone(pids)
        self.assertEqual(["interpreters"], os.listdir(os.path.join(self.folder.name, "jobs")))


class Roles(Emulated):
    PUT = 'python -c \'import boto3; boto3.client("s3", "us-west-2").put_object(Bucket="data", Key="k", Body=b"")\''

    def test_a_job_without_the_permission_is_denied(self):
        self.addCleanup(self.grant, "job", allowing(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::data/*"))
        self.grant("job", allowing(["s3:GetObject"], "arn:aws:s3:::data/*"))
        job = self.ended(self.submit(self.PUT))
        self.assertEqual(("FAILED", 1), (job["status"], job["container"]["exitCode"]))
        self.assertRegex("\n".join(self.lines(job)), r"AccessDenied.*assumed-role/job/\w+ is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::data/k")

    def test_a_job_whose_role_does_not_trust_ecs_does_not_start(self):
        self.addCleanup(self.iam.update_assume_role_policy, RoleName="job", PolicyDocument=trusting("ecs-tasks.amazonaws.com"))
        self.iam.update_assume_role_policy(RoleName="job", PolicyDocument=trusting("lambda.amazonaws.com"))
        job = self.ended(self.submit("true"))
        self.assertEqual(("FAILED", "Task failed to start"), (job["status"], job["statusReason"]))
        self.assertIn("ECS was unable to assume the role", job["container"]["reason"])

    def test_a_job_whose_log_may_not_be_written_does_not_start(self):
        self.addCleanup(self.grant, "instance", allowing("logs:*"))
        self.grant("instance", allowing("logs:CreateLogStream"))
        job = self.ended(self.submit("true"))
        self.assertEqual("FAILED", job["status"])
        self.assertRegex(job["container"]["reason"], "CannotStartContainerError.*role/instance is not authorized to perform: logs:PutLogEvents")

    def test_credentials_of_a_job_end_with_it(self):
        job = self.ended(self.submit("python -c 'import urllib.request, os; print(urllib.request.urlopen(os.environ[\"AWS_CONTAINER_CREDENTIALS_FULL_URI\"]).read().decode())'"))
        found = json.loads(self.lines(job)[0])
        other = self.client("s3", found["AccessKeyId"], found["SecretAccessKey"], found["Token"])
        with self.assertRaisesRegex(ClientError, "ExpiredToken"):
            other.list_buckets()


if __name__ == "__main__":
    unittest.main()
