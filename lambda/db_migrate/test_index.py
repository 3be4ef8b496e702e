"""Tests of the database migration Lambda against a real HTTP server on the loopback interface."""
import contextlib
import io
import json
import os
import socket
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import index

NOTHING = "schema is up to date, nothing to do"


def status(current, **more):
    """The service's status of a schema that is current or not."""
    versions = ["1", "20200603104139"]
    body = {
        "is_up_to_date": current,
        "current_version": versions[-1] if current else "0",
        "migration_in_progress": False,
        "db_schema_versions": versions,
        "unapplied_migrations": [] if current else versions,
    }
    body.update(more)
    return body


OLD, CURRENT, RUNNING = status(False), status(True), status(False, migration_in_progress=True)


def reply(code, body, **headers):
    """A step of the server: a whole answer; a body that is not text or bytes goes out as JSON."""
    if isinstance(body, dict):
        body = json.dumps(body)
    data = body if isinstance(body, bytes) else body.encode()

    def step(request):
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return step


def raw(data, every=None):
    """A step of the server: these bytes and nothing more, all at once or one by one; then the end."""

    def step(request):
        request.close_connection = True
        for part in [data] if every is None else [data[i : i + 1] for i in range(len(data))]:
            request.wfile.write(part)
            if every is not None and request.server.closing.wait(every):
                return

    return step


def silence(request):
    """A step of the server: no answer, and the connection stays open until the test is over."""
    request.close_connection = True
    request.server.closing.wait(5)


class Handler(BaseHTTPRequestHandler):
    """Plays the server's steps, one a request; the last one of a method is played again and again."""

    protocol_version = "HTTP/1.1"

    def play(self):
        """Records the request and answers it."""
        with self.server.lock:
            self.server.seen.append(self.requestline.rsplit(" ", 1)[0])  # self.path has "//" made "/"
            steps = self.server.steps.get(self.command) or [reply(405, "unexpected")]
            step = steps.pop(0) if len(steps) > 1 else steps[0]
        try:
            step(self)
        except OSError:  # the client is gone
            self.close_connection = True

    do_GET = do_PATCH = do_PUT = do_POST = do_HEAD = play

    def log_message(self, *_args):
        """Keeps the test's output clean."""


class Server(ThreadingHTTPServer):
    """A migration service that plays given steps."""

    daemon_threads = True

    def __init__(self, steps, port=0):
        self.lock, self.seen, self.steps, self.closing = threading.Lock(), [], steps, threading.Event()
        super().__init__(("127.0.0.1", port), Handler)
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def stop(self):
        """Ends the server and frees its port."""
        self.closing.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class Context:
    """The part of Lambda's context that the handler looks at."""

    def __init__(self, milliseconds):
        self.milliseconds = milliseconds

    def get_remaining_time_in_millis(self):
        """What Lambda answers."""
        return self.milliseconds


def unused_port():
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MigrationTest(unittest.TestCase):
    """One server a test; the pauses are short."""

    GET, PATCH = "GET /db_schema_status", "PATCH /upgrade"

    def setUp(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DB_MIGRATE_", "MD_LB_"))}
        clean.update(DB_MIGRATE_WAIT_SECONDS="3", DB_MIGRATE_PAUSE_SECONDS="0.02", DB_MIGRATE_REQUEST_SECONDS="2")
        patch = mock.patch.dict(os.environ, clean, clear=True)
        patch.start()
        self.addCleanup(patch.stop)
        self.log = io.StringIO()

    def serve(self, get, patch=(), port=0):
        """Starts a server with steps for GET and PATCH and points the Lambda at it."""
        server = Server({"GET": list(get), "PATCH": list(patch)}, port)
        self.addCleanup(server.stop)
        os.environ["MD_LB_ADDRESS"] = "http://127.0.0.1:%d" % server.server_port
        return server

    def call(self, context=None):
        """Calls the Lambda."""
        with contextlib.redirect_stdout(self.log):
            return index.handler({"something": "unknown"}, context)

    def fail_with(self, *parts, context=None):
        """Calls the Lambda, which must fail with one line that has these parts."""
        with self.assertRaises(index.MigrationError) as caught:
            self.call(context)
        message = str(caught.exception)
        for part in parts:
            self.assertIn(part, message)
        self.assertEqual(1, len(message.splitlines()), message)
        self.assertLess(len(message), 1000)
        return message

    def url(self, path):
        """The address that a message must name."""
        return os.environ["MD_LB_ADDRESS"].rstrip("/") + path

    # What it does

    def test_upgrades_once(self):
        server = self.serve([reply(200, OLD), reply(200, CURRENT)], [reply(200, "upgrade success")])
        expected = {"init-status": OLD, "upgrade-result": "upgrade success", "final-status": CURRENT}
        self.assertEqual(expected, self.call())
        self.assertEqual([self.GET, self.PATCH, self.GET], server.seen)
        lines = self.log.getvalue().splitlines()
        self.assertIn("db-migrate: schema version 0, is_up_to_date False", lines)
        self.assertIn("db-migrate: the upgrade answered 'upgrade success'", lines)
        self.assertIn("db-migrate: schema version 20200603104139, is_up_to_date True", lines)

    def test_leaves_a_current_schema_alone(self):
        server = self.serve([reply(200, CURRENT)])
        result = self.call(Context(900000))
        self.assertEqual({"init-status": CURRENT, "upgrade-result": NOTHING, "final-status": CURRENT}, result)
        self.assertEqual([self.GET], server.seen)

    def test_trailing_slash(self):
        server = self.serve([reply(200, OLD), reply(200, CURRENT)], [reply(200, "upgrade success")])
        os.environ["MD_LB_ADDRESS"] += "/"
        self.call()
        self.assertEqual([self.GET, self.PATCH, self.GET], server.seen)

    def test_the_answer_is_text_whatever_its_bytes(self):
        self.serve([reply(200, OLD), reply(200, CURRENT)], [reply(200, b"upgrade \xff success")])
        self.assertEqual("upgrade \ufffd success", self.call()["upgrade-result"])

    # What it waits for

    def test_waits_until_the_service_listens(self):
        port, servers = unused_port(), []
        os.environ["MD_LB_ADDRESS"] = "http://127.0.0.1:%d" % port
        steps = {"GET": [reply(200, OLD), reply(200, CURRENT)], "PATCH": [reply(200, "upgrade success")]}
        starter = threading.Timer(0.15, lambda: servers.append(Server(steps, port)))
        starter.start()
        try:
            result = self.call()
        finally:
            starter.join()
            servers[0].stop()
        self.assertEqual("upgrade success", result["upgrade-result"])
        self.assertEqual([self.GET, self.PATCH, self.GET], servers[0].seen)
        self.assertIn("trying again in 0.02 s: GET %s: no connection" % self.url("/db_schema_status"),
                      self.log.getvalue())

    def test_waits_through_a_load_balancers_errors(self):
        waits = [reply(code, "starting") for code in (502, 503, 504)]
        server = self.serve(waits + [reply(200, CURRENT)])
        self.assertEqual(NOTHING, self.call()["upgrade-result"])
        self.assertEqual([self.GET] * 4, server.seen)
        self.assertIn("HTTP 503: starting", self.log.getvalue())

    def test_asks_for_the_status_again_after_a_broken_answer(self):
        half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"is_up"
        chunk = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"is_up"
        wrong = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{\"is_up"
        server = self.serve([raw(b""), raw(half), raw(chunk), raw(wrong), raw(b"hello\r\n"), reply(200, CURRENT)])
        self.assertEqual(CURRENT, self.call()["init-status"])
        self.assertEqual([self.GET] * 6, server.seen)

    def test_asks_for_the_final_status_again(self):
        server = self.serve([reply(200, OLD), reply(503, ""), reply(200, CURRENT)], [reply(200, "upgrade success")])
        self.assertEqual(CURRENT, self.call()["final-status"])
        self.assertEqual([self.GET, self.PATCH, self.GET, self.GET], server.seen)

    def test_gives_up_on_a_service_that_never_listens(self):
        # The port is held without listening on it: a free one may be another test's a moment later.
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            os.environ.update(MD_LB_ADDRESS="http://127.0.0.1:%d" % held.getsockname()[1], DB_MIGRATE_WAIT_SECONDS="0.2")
            self.fail_with("gave up after ", self.url("/db_schema_status"), "no connection", "refused")

    def test_gives_up_on_a_name_that_is_unknown(self):
        os.environ.update(MD_LB_ADDRESS="http://service.test:8082", DB_MIGRATE_WAIT_SECONDS="0.2")
        with mock.patch("socket.getaddrinfo", side_effect=socket.gaierror(-2, "Name or service not known")) as ask:
            self.fail_with("gave up after ", self.url("/db_schema_status"), "Name or service not known")
        self.assertGreater(ask.call_count, 1)
        os.environ.update(MD_LB_ADDRESS="http://a..b:8082", DB_MIGRATE_WAIT_SECONDS="0")
        self.fail_with("gave up after ", self.url("/db_schema_status"), "no connection", "label")

    def test_the_lambdas_time_bounds_the_wait(self):
        server = self.serve([reply(503, "starting")])
        os.environ.update(DB_MIGRATE_WAIT_SECONDS="60", DB_MIGRATE_PAUSE_SECONDS="0.05")
        start = time.monotonic()
        self.fail_with("gave up after ", self.url("/db_schema_status"), "HTTP 503: starting", context=Context(500))
        self.assertLess(time.monotonic() - start, 3)
        self.assertGreater(len(server.seen), 1)
        self.assertLess(len(server.seen), 8, "no pauses")

    def test_the_lambdas_time_bounds_a_request(self):
        self.serve([silence])
        os.environ.update(DB_MIGRATE_WAIT_SECONDS="60", DB_MIGRATE_REQUEST_SECONDS="60")
        start = time.monotonic()
        self.fail_with("no complete answer within 0.", context=Context(300))
        self.assertLess(time.monotonic() - start, 3)

    def test_waits_for_a_migration_that_runs(self):
        server = self.serve([reply(200, RUNNING), reply(200, RUNNING), reply(200, CURRENT)])
        result = self.call()
        self.assertEqual({"init-status": RUNNING, "upgrade-result": NOTHING, "final-status": CURRENT}, result)
        self.assertEqual([self.GET] * 3, server.seen)

    def test_upgrades_what_a_finished_migration_left(self):
        states = [reply(200, state) for state in (RUNNING, OLD, CURRENT)]
        server = self.serve(states, [reply(200, "upgrade success")])
        self.assertEqual("upgrade success", self.call()["upgrade-result"])
        self.assertEqual([self.GET, self.GET, self.PATCH, self.GET], server.seen)

    def test_starts_no_second_migration(self):
        server = self.serve([reply(200, RUNNING)], [reply(200, "upgrade success")])
        os.environ["DB_MIGRATE_WAIT_SECONDS"] = "0.2"
        self.fail_with("gave up after ", self.url("/db_schema_status"), "migration_in_progress")
        self.assertNotIn(self.PATCH, server.seen)
        self.assertGreater(len(server.seen), 1)

    # What it never repeats

    def test_a_refused_upgrade_was_not_sent_and_is_tried_again(self):
        server = self.serve([reply(200, OLD), reply(200, CURRENT)], [reply(200, "upgrade success")])
        connect, calls = socket.create_connection, []

        def refuse_the_second(*args, **options):
            calls.append(args)
            if len(calls) == 2:
                raise ConnectionRefusedError(111, "Connection refused")
            return connect(*args, **options)

        with mock.patch("socket.create_connection", refuse_the_second):
            self.assertEqual("upgrade success", self.call()["upgrade-result"])
        self.assertEqual([self.GET, self.PATCH, self.GET], server.seen)
        self.assertIn(self.url("/upgrade") + ": no connection", self.log.getvalue())

    def test_an_upgrade_is_sent_once(self):
        half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nupgrade"
        for step, parts in (
            (reply(500, "upgrade failed"), ["HTTP 500: upgrade failed"]),
            (reply(404, "404: Not Found"), ["HTTP 404: 404: Not Found"]),
            (reply(503, "busy"), ["HTTP 503: busy"]),
            (reply(504, "too slow"), ["HTTP 504: too slow"]),
            (raw(b""), ["broken answer", "not repeated"]),
            (raw(half), ["broken answer", "not repeated"]),
        ):
            with self.subTest(parts=parts):
                server = self.serve([reply(200, OLD)], [step])
                self.fail_with("PATCH " + self.url("/upgrade"), *parts)
                self.assertEqual([self.GET, self.PATCH], server.seen)

    def test_an_upgrade_that_hangs(self):
        server = self.serve([reply(200, OLD)], [silence])
        os.environ["DB_MIGRATE_TOTAL_SECONDS"] = "0.4"
        self.fail_with("PATCH " + self.url("/upgrade"), "no complete answer within 0.", " s", "not repeated")
        self.assertEqual([self.GET, self.PATCH], server.seen)

    def test_an_upgrade_may_take_longer_than_a_status(self):
        def slow(request):
            request.server.closing.wait(0.4)
            reply(200, "upgrade success")(request)

        os.environ["DB_MIGRATE_REQUEST_SECONDS"] = "0.3"
        self.serve([reply(200, OLD), reply(200, CURRENT)], [slow])
        self.assertEqual("upgrade success", self.call()["upgrade-result"])

    def test_an_upgrade_that_changes_nothing(self):
        server = self.serve([reply(200, OLD)], [reply(200, "upgrade success")])
        self.fail_with(self.url("/upgrade"), "'upgrade success'", "still is not up to date", '"current_version": "0"')
        self.assertEqual([self.GET, self.PATCH, self.GET], server.seen)

    # Answers that make it fail

    def test_errors_of_the_status_are_not_waited_for(self):
        for code, body in ((404, "404: Not Found"), (500, '{"detail": "connection refused"}'), (403, "Forbidden")):
            with self.subTest(code=code):
                server = self.serve([reply(code, body)])
                self.fail_with("GET %s: HTTP %d: %s" % (self.url("/db_schema_status"), code, body))
                self.assertEqual([self.GET], server.seen)

    def test_redirects_are_not_followed(self):
        server = self.serve([reply(302, "", Location="/elsewhere")])
        self.fail_with(self.url("/db_schema_status"), "HTTP 302")
        self.assertEqual([self.GET], server.seen)

    def test_a_body_that_is_no_status(self):
        bodies = ("<html>\n<p>hello</p>", "", "[]", '"no"', "null", "{}", '{"is_up_to_date": "true"}', "[" * 100000)
        for body in bodies + (b"\xff\xfe",):
            with self.subTest(body=body[:20]):
                server = self.serve([reply(200, body)])
                message = self.fail_with(self.url("/db_schema_status"), "HTTP 200", "no JSON object", "is_up_to_date")
                if "hello" in str(body):
                    self.assertIn("<html> <p>hello</p>", message)
                self.assertEqual([self.GET], server.seen)

    def test_a_status_that_never_comes(self):
        server = self.serve([silence])
        os.environ.update(DB_MIGRATE_WAIT_SECONDS="0.3", DB_MIGRATE_REQUEST_SECONDS="0.1")
        self.fail_with("GET %s: no complete answer within 0.1 s" % self.url("/db_schema_status"))
        self.assertGreater(len(server.seen), 1)

    def test_an_answer_in_drops(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        for first, drops in ((head, b"{" + b" " * 500), (b"", head * 9), (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 500)):
            with self.subTest(first=first):
                os.environ.update(DB_MIGRATE_WAIT_SECONDS="0.1", DB_MIGRATE_REQUEST_SECONDS="0.1")
                self.serve([lambda request, f=first, d=drops: (raw(f)(request), raw(d, 0.02)(request))])
                start = time.monotonic()
                self.fail_with("no complete answer within 0.1 s")
                self.assertLess(time.monotonic() - start, 3)

    def test_a_huge_body(self):
        for code in (200, 500):
            with self.subTest(code=code):
                self.serve([reply(code, "x" * 3000000)])
                self.fail_with(self.url("/db_schema_status"), "HTTP %d" % code, "xxx...")
        self.serve([reply(200, OLD)], [reply(200, "y" * 3000000)])
        self.fail_with(self.url("/upgrade"), "HTTP 200, more than", "yyy...")

    def test_a_body_is_not_read_to_its_end(self):
        for head in (b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"):
            with self.subTest(head=head):
                start = raw(head + b"z" * 300000)
                self.serve([lambda request, start=start: (start(request), silence(request))])
                self.fail_with("HTTP 200, more than", "zzz...")

    def test_no_password_and_no_control_characters_in_messages(self):
        self.serve([reply(500, 'parse "postgresql://me:se/cr%40et@db:5432/x": bad\r\n\x1b[31m' + "q" * 3000)])
        message = self.fail_with("://me:***@db:5432/x", "qqq...")
        self.assertNotIn("cr%40et", message)
        self.assertNotIn("\x1b", message)

    # Settings

    def test_the_address_is_checked(self):
        self.fail_with("MD_LB_ADDRESS")
        for address in ("", " ", "host:8082", "https://host:8082", "http://", "http://host:no", "http://host:99999",
                        "http://[::1", "http://ho st:8082", "http://h\u00f6st:8082", "http://me:secret@host:8082"):
            with self.subTest(address=address):
                os.environ["MD_LB_ADDRESS"] = address
                self.assertNotIn("secret", self.fail_with("MD_LB_ADDRESS must be like http://host:8082, not "))

    def test_numbers_are_checked(self):
        self.serve([reply(200, CURRENT)])
        for name in ("WAIT", "PAUSE", "REQUEST", "TOTAL"):
            for value in ("soon", "-1", "nan", "inf", "100000"):
                with self.subTest(name=name, value=value):
                    with mock.patch.dict(os.environ, {"DB_MIGRATE_%s_SECONDS" % name: value}):
                        self.fail_with("DB_MIGRATE_%s_SECONDS" % name, repr(value))

    def test_the_defaults_end_before_lambda_does(self):
        for name in ("WAIT", "PAUSE", "REQUEST"):
            del os.environ["DB_MIGRATE_%s_SECONDS" % name]
        os.environ["MD_LB_ADDRESS"] = "http://host:8082"
        service, now = index.Service(None), time.monotonic()
        self.assertAlmostEqual(840, service.end - now, delta=1)
        self.assertAlmostEqual(300, service.deadline() - now, delta=1)
        service, now = index.Service(Context(60000)), time.monotonic()
        self.assertAlmostEqual(55, service.end - now, delta=1)
        self.assertAlmostEqual(27.5, service.deadline() - now, delta=1)


if __name__ == "__main__":
    unittest.main()
