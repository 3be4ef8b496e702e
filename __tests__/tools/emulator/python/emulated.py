"""An emulated AWS for tests, that runs jobs, and what a job needs there."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

import boto3
from botocore.config import Config

PYTHON = os.path.join(os.path.dirname(__file__), *[".."] * 4, "tools", "emulator", "python")
ACCOUNT, REGION = "123456789012", "us-west-2"


def trusting(*services):
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": list(services)}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allowing(actions, resources="*", **more):
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


class Emulated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="emulated-")
        cls.addClassCleanup(cls.folder.cleanup)
        ready, log = (os.path.join(cls.folder.name, name) for name in ("ready.json", "log"))
        cls.log = log
        folders = [f"--{name}={os.path.join(cls.folder.name, name)}" for name in ("tasks", "jobs")]
        program = [sys.executable, "-B", os.path.join(PYTHON, "emulator.py"), "--instance=test", f"--ready={ready}", f"--log={log}"]
        cls.emulator = subprocess.Popen([*program, f"--parent={os.getpid()}", *folders], cwd=cls.folder.name)
        deadline = time.monotonic() + 60
        while not os.path.exists(ready):
            assert cls.emulator.poll() is None and time.monotonic() < deadline, open(log).read()
            time.sleep(0.05)
        with open(ready) as file:
            cls.endpoint = f"http://127.0.0.1:{json.load(file)['port']}"
        cls.iam, cls.s3, cls.batch, cls.logs = (cls.client(name) for name in ("iam", "s3", "batch", "logs"))
        cls.compute()

    @classmethod
    def tearDownClass(cls):
        cls.emulator.terminate()
        cls.emulator.wait()

    @classmethod
    def client(cls, service, key=ACCOUNT, secret="emulated", token=None):
        settings = {"endpoint_url": cls.endpoint, "region_name": REGION, "config": Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})}
        return boto3.client(service, aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token, **settings)

    @classmethod
    def role(cls, name, service, *statements):
        arn = cls.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusting(service))["Role"]["Arn"]
        cls.grant(name, *statements)
        return arn

    @classmethod
    def grant(cls, name, *statements):
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        cls.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document)

    @classmethod
    def compute(cls):
        """A job queue with two vCPUs, the roles of its jobs and instances, and a bucket."""
        cls.s3.create_bucket(Bucket="data", CreateBucketConfiguration={"LocationConstraint": REGION})
        cls.job_role = cls.role("job", "ecs-tasks.amazonaws.com", allowing(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::data/*"))
        cls.role("instance", "ec2.amazonaws.com", allowing("logs:*"))
        profile = cls.iam.create_instance_profile(InstanceProfileName="instance")["InstanceProfile"]["Arn"]
        cls.iam.add_role_to_instance_profile(InstanceProfileName="instance", RoleName="instance")
        ec2 = cls.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
        group = ec2.create_security_group(GroupName="jobs", Description="jobs", VpcId=vpc)["GroupId"]
        resources = {"type": "EC2", "minvCpus": 0, "maxvCpus": 2, "instanceTypes": ["c5"], "subnets": [subnet], "securityGroupIds": [group], "instanceRole": profile}
        environment = cls.batch.create_compute_environment(computeEnvironmentName="compute", type="MANAGED", state="ENABLED", computeResources=resources)
        order = [{"order": 1, "computeEnvironment": environment["computeEnvironmentArn"]}]
        cls.batch.create_job_queue(jobQueueName="queue", state="ENABLED", priority=1, computeEnvironmentOrder=order)
        cls.definition = cls.define("job")

    @classmethod
    def define(cls, name, **properties):
        required = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "512"}]
        container = {"image": "python:3.11", "command": ["true"], "jobRoleArn": cls.job_role, "resourceRequirements": required, **properties}
        return cls.batch.register_job_definition(jobDefinitionName=name, type="container", containerProperties=container)["jobDefinitionArn"]

    def submit(self, script, **more):
        """Submits a shell script. @returns the job's id"""
        overrides = {"command": ["bash", "-c", script], **more.pop("overrides", {})}
        settings = {"jobName": "job", "jobQueue": "queue", "jobDefinition": self.definition, "containerOverrides": overrides, **more}
        return self.batch.submit_job(**settings)["jobId"]

    def job(self, job_id):
        return self.batch.describe_jobs(jobs=[job_id])["jobs"][0]

    def until(self, look, wanted, seconds=20):
        """Looks until it is as wanted. @returns what was seen"""
        deadline = time.monotonic() + seconds
        while True:
            seen = look()
            if wanted(seen):
                return seen
            if time.monotonic() > deadline:
                self.fail(f"still {seen}")
            time.sleep(0.05)

    def ended(self, job_id, seconds=20):
        return self.until(lambda: self.job(job_id), lambda job: job["status"] in ("SUCCEEDED", "FAILED"), seconds)

    def lines(self, job):
        stream = job["container"]["logStreamName"]
        return [event["message"] for event in self.logs.get_log_events(logGroupName="/aws/batch/job", logStreamName=stream)["events"]]
