"""The page of the emulated AWS: for whom it is, and what it tells."""

import io
import json
import os
import tempfile
import threading
import time
import types
import unittest
from unittest import mock

import metadata_service
import page_runs
import page_work
from page import Page
from page_stack import Stack
from page_work import Work, event_row
from seen import KEPT, Seen

KEY, PASSWORD, PROFILE = "the-key-of-the-api", "the-password-of-the-database", '{"METAFLOW_SERVICE_AUTH_KEY": "the-key-of-the-api"}'
HOST = "127.0.0.1:7766"
STATE = {
    "outputs": {
        "METAFLOW_SERVICE_AUTH_KEY": {"value": KEY, "sensitive": True},
        "metaflow_profile_json": {"value": PROFILE, "sensitive": True},
        "s3_bucket_name": {"value": "bucket"},
        "subnets": {"value": ["a", "b"]},
    },
    "resources": [
        {
            "mode": "managed",
            "type": "aws_db_instance",
            "name": "this",
            "module": "module.datastore",
            "instances": [
                {
                    "index_key": 0,
                    "attributes": {"identifier": "database", "arn": "arn:db", "endpoint": "db.example:5432", "password": PASSWORD, "name": PASSWORD},
                    "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]],
                }
            ],
        },
        {"mode": "managed", "type": "aws_vpc", "name": "this", "instances": [{"status": "tainted", "attributes": {"tags": {"Name": "network"}, "arn": "arn:vpc"}}]},
        {"mode": "data", "type": "aws_region", "name": "this", "instances": [{"attributes": {"name": "us-west-2"}}]},
    ],
}


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="page-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("terraform.tfstate", json.dumps(STATE))
        for name in ("page.html", "page.js", "page.css"):
            self.write(name, f"the {name}")
        self.page = Page(self.folder, self.folder, threading.RLock(), self.folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def ask(self, path, query="", method="GET", body=b"", **headers):
        """(status, headers, body) where the page serves a request, and None where it leaves it to AWS."""
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method, "HTTP_HOST": HOST, "wsgi.input": io.BytesIO(body)}
        environ.update({"CONTENT_LENGTH": str(len(body)), **headers})
        if not self.page.serves(environ):
            return None
        head = []
        text = b"".join(self.page(environ, lambda status, headers: head.extend([status, dict(headers)])))
        return int(head[0].split()[0]), head[1], text.decode()

    def data(self, name, query=""):
        status, _, body = self.ask(f"/_emulator/page/{name}", query)
        self.assertEqual(200, status, body)
        return json.loads(body)


class Serves(InFolder):
    def test_a_browser_that_asks_for_the_address_has_the_page(self):
        status, headers, body = self.ask("/", HTTP_ACCEPT="text/html,*/*;q=0.8")
        self.assertEqual((200, "the page.html", "no-store"), (status, body, headers["Cache-Control"]))
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertNotIn("http", headers["Content-Security-Policy"])

    def test_what_is_for_aws_goes_there(self):
        html = {"HTTP_ACCEPT": "text/html"}
        for asked in (
            {"path": "/"},
            {"path": "/", "HTTP_ACCEPT": "*/*"},
            {"path": "/", **html, "HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 Credential=…"},
            {"path": "/", **html, "query": "X-Amz-Signature=1"},
            {"path": "/", **html, "method": "POST"},
            {"path": "/", **html, "HTTP_HOST": "bucket.s3.amazonaws.com"},
            {"path": "/bucket", **html},
            {"path": "/_emulator/jobs", **html},
        ):
            with self.subTest(asked):
                self.assertIsNone(self.ask(**asked))

    def test_no_other_site_reads_it(self):
        for headers in (
            {"HTTP_HOST": "evil.example"},
            {"HTTP_HOST": "127.0.0.1.evil.example:7766"},
            {"HTTP_ORIGIN": "http://evil.example"},
            {"HTTP_ORIGIN": "null"},
            {"HTTP_ORIGIN": "http://127.0.0.1:8000"},
            {"HTTP_SEC_FETCH_SITE": "cross-site"},
            {"HTTP_SEC_FETCH_SITE": "same-site"},
        ):
            for path in ("deployed", "requests", "reveal", "page.js"):
                with self.subTest(path, **headers):
                    status, answered, body = self.ask(f"/_emulator/page/{path}", **headers)
                    self.assertEqual(403, status)
                    self.assertFalse([name for name in answered if name.startswith("Access-Control")])

    def test_a_link_from_elsewhere_may_be_followed_to_it(self):
        followed = {"HTTP_ACCEPT": "text/html", "HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate"}
        self.assertEqual(200, self.ask("/", **followed, HTTP_SEC_FETCH_DEST="document")[0])
        self.assertEqual(403, self.ask("/", **followed, HTTP_SEC_FETCH_DEST="iframe")[0])

    def test_no_other_file_is_read(self):
        for name in ("terraform.tfstate", "../page.html", "page.html"):
            self.assertEqual(404, self.ask(f"/_emulator/page/{name}")[0])


class Secrets(InFolder):
    def test_no_answer_holds_one(self):
        self.page.work.log = lambda group, stream: {"lines": [f"{KEY} and {PASSWORD} are printed"]}
        for name, query in (("deployed", ""), ("log", "group=g&stream=s"), ("runs", ""), ("jobs", ""), ("requests", "")):
            body = self.ask(f"/_emulator/page/{name}", query)[2]
            for secret in (KEY, PASSWORD):
                self.assertNotIn(secret, body)
        self.assertEqual(["(hidden) and (hidden) are printed"], self.data("log", "group=g&stream=s")["lines"])

    def test_one_is_told_to_whom_asks_for_it(self):
        def reveal(output, **asked):
            body = json.dumps({"output": output}).encode()
            return self.ask("/_emulator/page/reveal", method="POST", body=body, **{"CONTENT_TYPE": "application/json", **asked})

        self.assertEqual({"value": KEY}, json.loads(reveal("METAFLOW_SERVICE_AUTH_KEY")[2]))
        self.assertEqual({"value": PROFILE}, json.loads(reveal("metaflow_profile_json")[2]))
        self.assertEqual(404, reveal("another")[0])
        # A form of another site sends no JSON.
        self.assertEqual(405, reveal("METAFLOW_SERVICE_AUTH_KEY", CONTENT_TYPE="text/plain")[0])
        self.assertEqual(403, reveal("METAFLOW_SERVICE_AUTH_KEY", HTTP_ORIGIN="http://evil.example")[0])
        self.assertEqual(405, self.ask("/_emulator/page/reveal", "output=METAFLOW_SERVICE_AUTH_KEY")[0])


class Deployed(InFolder):
    def test_resources_have_names_and_addresses(self):
        database, network = self.data("deployed")["resources"]
        self.assertEqual(
            {
                "address": "module.datastore.aws_db_instance.this[0]",
                "type": "aws_db_instance",
                "name": "database",
                "arn": "arn:db",
                "reached": "db.example:5432",
                "tainted": False,
            },
            database,
        )
        self.assertEqual(("aws_vpc.this", "network", True), (network["address"], network["name"], network["tainted"]))

    def test_outputs_that_are_sensitive_have_no_value(self):
        outputs = {one.pop("name"): one for one in self.data("deployed")["outputs"]}
        self.assertEqual({"sensitive": True}, outputs["METAFLOW_SERVICE_AUTH_KEY"])
        self.assertEqual({"sensitive": False, "value": "bucket"}, outputs["s3_bucket_name"])
        self.assertEqual({"sensitive": False, "value": '["a", "b"]'}, outputs["subnets"])

    def test_a_state_that_is_being_written_is_the_one_before(self):
        before = self.data("deployed")
        self.write("terraform.tfstate", json.dumps(STATE)[:-40])
        self.assertEqual(before, self.data("deployed"))
        os.remove(os.path.join(self.folder, "terraform.tfstate"))
        self.assertEqual([], self.data("deployed")["resources"])

    def test_a_run_of_terraform_whose_process_is_gone_has_ended(self):
        self.assertIsNone(self.data("deployed")["progress"])
        progress = {"command": "apply", "pid": os.getpid(), "began": 5, "running": [{"address": "a.b", "began": 6}]}
        self.write("progress.json", json.dumps(progress))
        self.assertEqual(progress, self.data("deployed")["progress"])
        gone = {**progress, "pid": 2**22 + 1}
        self.write("progress.json", json.dumps(gone))
        self.assertEqual({**gone, "ended": 5, "failed": True, "running": []}, self.data("deployed")["progress"])

    def test_nothing_is_deployed_before_the_first_apply(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual({"resources": [], "outputs": [], "progress": None}, Stack(empty).deployed())


class Runs(InFolder):
    def setUp(self):
        super().setUp()
        database = metadata_service.Database(os.path.join(self.folder, "db.sqlite"))
        self.addCleanup(database.connection.close)
        database.migrate()
        self.service = metadata_service.Service(database)
        self.beats = {"user_name": "ada", "tags": [], "system_tags": ["metaflow_version:2.19.0"]}
        self.service.create_flow({"user_name": "ada"}, "F")

    def run_of(self, steps):
        """A run with tasks of these steps: {step: [what its attempts came to]}."""
        run = str(self.service.create_run(self.beats, "F")["run_number"])
        for step, outcomes in steps.items():
            self.service.create_step(self.beats, "F", run, step)
            task = str(self.service.create_task(self.beats, "F", run, step)["task_id"])
            for outcome in outcomes:
                self.tell(run, step, task, "attempt", "0")
                if outcome is not None:
                    self.tell(run, step, task, "attempt_ok", str(outcome))
        return run

    def tell(self, run, step, task, field, value):
        self.service.create_metadata([{"field_name": field, "value": value, "type": field, "user_name": "ada"}], "F", run, step, task)

    def test_runs_say_how_they_stand(self):
        runs = [
            (self.run_of({"start": [True], "end": [True]}), "succeeded"),
            (self.run_of({"start": [True], "end": [False, True]}), "succeeded"),
            (self.run_of({"start": [True], "end": [None]}), "running"),
        ]
        failed = self.run_of({"start": [False]})
        self.assertEqual({**dict(runs), failed: "running"}, self.states())
        silent = time.time() + page_runs.SILENT_SECONDS + 1
        with mock.patch.object(page_runs.time, "time", lambda: silent):
            self.assertEqual({**dict(runs), runs[2][0]: "unfinished", failed: "failed"}, self.states())

    def states(self):
        return {run["run"]: run["state"] for run in self.data("runs")}

    def test_a_run_has_its_steps_tasks_jobs_and_cards(self):
        run = self.run_of({"_parameters": [], "start": [True], "greet": [False, True]})
        self.assertEqual(2, self.data("runs")[0]["tasks"])
        key = f"metaflow/mf.cards/F/runs/{run}/steps/greet/tasks/3/cards/default-1.html"
        self.tell(run, "greet", "3", "aws-batch-job-id", "job-1")
        bucket = types.SimpleNamespace(name="b", keys={key: types.SimpleNamespace(value=b"a card"), "secret": types.SimpleNamespace(value=b"not a card")})
        with mock.patch.object(page_runs, "buckets", lambda: [bucket]):
            found = self.data("run", f"flow=F&run={run}")
            self.assertEqual(["start", "greet"], [step["name"] for step in found["steps"]])
            [task] = found["steps"][1]["tasks"]
            self.assertEqual(("succeeded", 2, "job-1"), (task["state"], task["attempts"], task["job"]))
            self.assertEqual([{"step": "greet", "task": "3", "name": "default-1", "bucket": "b", "key": key}], task["cards"])
            status, headers, body = self.ask("/_emulator/page/card", f"bucket=b&key={key}")
            self.assertEqual((200, "a card"), (status, body))
            # Its scripts are those of a flow: they have no site, and reach none.
            self.assertIn("sandbox allow-scripts; default-src 'none'", headers["Content-Security-Policy"])
            self.assertEqual(404, self.ask("/_emulator/page/card", "bucket=b&key=secret")[0])
        self.assertEqual(404, self.ask("/_emulator/page/run", "flow=F&run=99")[0])


class Logs(InFolder):
    def test_a_log_is_that_of_a_stream_or_of_all_of_its_group(self):
        def stream(*events):
            return types.SimpleNamespace(events=[types.SimpleNamespace(timestamp=time, message=message) for time, message in events])

        group = types.SimpleNamespace(streams={"a": stream((1, "first"), (3, "third")), "b": stream((2.5, "second"))})
        with mock.patch.object(page_work, "log_groups", lambda name: [group] if name == "/aws/lambda/f" else []):
            said = [line["message"] for line in self.data("log", "group=/aws/lambda/f")["lines"]]
            self.assertEqual(["first", "second", "third"], said)
            self.assertEqual({"left": 0, "lines": [{"time": 2, "message": "second"}]}, self.data("log", "group=/aws/lambda/f&stream=b"))
            self.assertEqual({"left": 0, "lines": []}, self.data("log", "group=/aws/lambda/another"))
            with mock.patch.object(page_work, "LINES", 1):
                self.assertEqual({"left": 2, "lines": [{"time": 3, "message": "third"}]}, self.data("log", "group=/aws/lambda/f"))


class Requests(unittest.TestCase):
    def test_requests_are_told_once_with_what_was_denied(self):
        seen = Seen()
        seen.note({"emulator.call": "s3:PUT /bucket/key", "emulator.who": "role/session", "emulator.denied": "User … is not authorized"}, 403, 1.6)
        seen.note({"emulator.call": "execute-api GET /flows"}, "403", 1)
        seen.note({"REQUEST_METHOD": "GET", "PATH_INFO": "/_emulator/jobs"}, 200, 1)
        seen.note({"PATH_INFO": "/", "emulator.page": True}, 200, 1)
        seen.note({"emulator.call": "GET /bucket/key?X-Amz-Signature=secret"}, 200, 1)
        told = seen.after(0)
        self.assertEqual((3, 1), (told["number"], told["denied"]))
        self.assertEqual(["s3:PUT /bucket/key", "execute-api GET /flows", "GET /bucket/key"], [one["what"] for one in told["requests"]])
        self.assertEqual(("User … is not authorized", "role/session", 2), tuple(told["requests"][0][name] for name in ("denied", "who", "milliseconds")))
        self.assertEqual([3], [one["number"] for one in seen.after(2)["requests"]])

    def test_the_last_ones_are_kept(self):
        seen = Seen()
        for _ in range(KEPT + 10):
            seen.note({"emulator.call": "sts:GetCallerIdentity"}, 200, 1)
        self.assertEqual((KEPT + 10, KEPT), (seen.after(0)["number"], len(seen.after(0)["requests"])))


class Executions(unittest.TestCase):
    def test_an_event_has_its_reason_and_its_job_but_no_environment(self):
        environment = {"Environment": [{"Name": "METAFLOW_SERVICE_HEADERS", "Value": KEY}], "Reason": "OOM"}
        event = {
            "id": 3,
            "timestamp": "2026-11-26T15:37:06.312Z",
            "type": "TaskFailed",
            "previousEventId": 2,
            "taskFailedEventDetails": {"error": "States.TaskFailed", "cause": json.dumps({"StatusReason": "exited", "Container": environment})},
        }
        self.assertEqual({"id": 3, "time": 1795707426312, "type": "TaskFailed", "error": "States.TaskFailed", "cause": "exited: OOM"}, event_row(event))
        submitted = {"id": 4, "timestamp": 5, "type": "TaskSubmitted", "taskSubmittedEventDetails": {"output": json.dumps({"JobId": "job-1", **environment})}}
        self.assertEqual({"id": 4, "time": 5000, "type": "TaskSubmitted", "job": "job-1"}, event_row(submitted))

    def test_without_jobs_there_are_none(self):
        work = Work(threading.RLock(), None, None, None)
        self.assertEqual(([], [], []), (work.services(), work.all_jobs(), work.executions()))


if __name__ == "__main__":
    unittest.main()
