"""Brings the schema of Metaflow's metadata database up to date.

An AWS Lambda (index.handler; Python 3.7 or newer, standard library only). It asks Metaflow's migration
service for the schema's status and has the schema upgraded, once, only if it is not current. It returns
{"init-status": {...}, "upgrade-result": "...", "final-status": {...}} or raises. The event is ignored.

Environment (the numbers are seconds, with their defaults):
  MD_LB_ADDRESS                    base address of the migration service, http://<host>:8082; required
  DB_MIGRATE_WAIT_SECONDS    300   waiting for a service that is starting, or for a migration that already
                                   runs to end; at most half of the time left
  DB_MIGRATE_PAUSE_SECONDS   5     pause before another try
  DB_MIGRATE_REQUEST_SECONDS 20    one status request; also making a connection
  DB_MIGRATE_TOTAL_SECONDS   840   everything; the Lambda's remaining time is a limit as well
"""
import http.client
import json
import os
import re
import socket
import threading
import time
from urllib.parse import urlsplit

MAX_BODY = 256 * 1024  # bytes; a status has about 1,000


class MigrationError(Exception):
    """The migration failed, or its outcome is not known."""


class Unavailable(MigrationError):
    """A request had no proper answer, and it is safe to send it again."""


def log(text):
    """Writes one line to the log."""
    print("db-migrate: " + text, flush=True)


def one_line(text):
    """Shortens text for a message; the service's errors can hold a URL with the database's password."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text[:4000]).split())
    text = re.sub(r"(://[^:/@\s]*:)\S*@", r"\1***@", text)
    return text if len(text) <= 500 else text[:500] + "..."


def seconds(name, default):
    """Reads a number of seconds from the environment."""
    text = os.environ.get(name, "").strip() or str(default)
    if not re.match(r"[0-9]{1,3}(\.[0-9]+)?$", text):
        raise MigrationError(f"{name} must be a number of seconds below 1000, not {one_line(text)!r}")
    return float(text)


class Service:
    """The migration service, talked to within a limited time."""

    def __init__(self, context):
        """Reads the environment; the time starts to run."""
        address = os.environ.get("MD_LB_ADDRESS", "").strip()
        try:
            url = urlsplit(address)
            good = url.scheme == "http" and url.hostname and url.port != 0 and not re.search(r"[@?#]|[^!-~]", address)
        except ValueError:  # an impossible port or IPv6 address
            good = False
        if not good:
            raise MigrationError(f"MD_LB_ADDRESS must be like http://host:8082, not {one_line(address)!r}")
        self.host, self.port, self.path, self.base = url.hostname, url.port, url.path.rstrip("/"), address.rstrip("/")
        self.wait, self.pause = seconds("DB_MIGRATE_WAIT_SECONDS", 300), seconds("DB_MIGRATE_PAUSE_SECONDS", 5)
        self.request, total = seconds("DB_MIGRATE_REQUEST_SECONDS", 20), seconds("DB_MIGRATE_TOTAL_SECONDS", 840)
        if hasattr(context, "get_remaining_time_in_millis"):
            left = context.get_remaining_time_in_millis() / 1000
            total = min(total, left - min(5, left / 10))  # some is kept for reporting a failure
        self.start = time.monotonic()
        self.end = self.start + total

    def send(self, method, path, limit):
        """Sends one request and returns the text of a 2xx answer; takes at most limit seconds once connected."""
        what, limit = f"{method} {self.base}{path}", max(limit, 0.01)
        failure, unsure = Unavailable, ""
        if method != "GET":
            failure, unsure = MigrationError, " (it may have been carried out, so it is not repeated)"
        connecting = max(min(self.request, limit), 0.01)
        connection = http.client.HTTPConnection(self.host, self.port, timeout=connecting)
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:  # nothing was sent: this is safe for every method
            raise Unavailable(f"{what}: no connection (limit {connecting:.3g} s): {one_line(str(error))}") from error
        sock, late = connection.sock, []
        # A socket's own time-out is per read: an answer that comes in drops would never meet it.
        watchdog = threading.Timer(limit, lambda: (late.append(True), sock.shutdown(socket.SHUT_RDWR)))
        watchdog.daemon = True
        watchdog.start()
        try:
            sock.settimeout(limit + 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if hasattr(socket, "TCP_KEEPIDLE"):  # load balancers forget connections that are silent for minutes
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
            connection.request(method, self.path + path, headers={"Connection": "close"})
            with connection.getresponse() as answer:
                body = answer.read(MAX_BODY + 1)
                if late or (answer.length and len(body) <= MAX_BODY):
                    raise http.client.IncompleteRead(body, answer.length)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if late:
                raise failure(f"{what}: no complete answer within {limit:.3g} s{unsure}") from error
            raise failure(f"{what}: broken answer: {one_line(repr(error))}{unsure}") from error
        finally:
            watchdog.cancel()
            connection.close()
        what, text = f"{what}: HTTP {answer.status}", body.decode("utf-8", "replace")
        if not 200 <= answer.status < 300:
            raise (failure if answer.status in (502, 503, 504) else MigrationError)(f"{what}: {one_line(text)}")
        if len(body) > MAX_BODY:
            raise MigrationError(f"{what}, more than {MAX_BODY} bytes: {one_line(text)}")
        return text

    def deadline(self):
        """The time at which a wait that begins now must be over."""
        now = time.monotonic()
        return now + min(self.wait, (self.end - now) / 2)

    def sleep(self, until, reason):
        """Pauses before another try, or gives up if no time is left for one."""
        if time.monotonic() + self.pause >= until:
            raise MigrationError(f"gave up after {time.monotonic() - self.start:.3g} s: {reason}")
        log(f"trying again in {self.pause:.3g} s: {reason}")
        time.sleep(self.pause)

    def ask(self, method, path, limit, until):
        """Sends a request, and again while it is safe and there is time; returns the answer's text."""
        while True:
            try:
                return self.send(method, path, min(limit, self.end - time.monotonic()))
            except Unavailable as error:
                self.sleep(until, str(error))

    def status(self, until):
        """Gets the schema's status and checks its form."""
        text = self.ask("GET", "/db_schema_status", self.request, until)
        try:
            status = json.loads(text)
            wrong = not isinstance(status, dict) or not isinstance(status.get("is_up_to_date"), bool)
        except (ValueError, RecursionError):
            wrong = True
        if wrong:
            raise MigrationError(f"GET {self.base}/db_schema_status: HTTP 200, but the body is no JSON object "
                                 f"with a boolean is_up_to_date: {one_line(text)}")
        version = one_line(str(status.get("current_version")))
        log(f"schema version {version}, is_up_to_date {status['is_up_to_date']}")
        return status


def handler(_event, context=None):
    """Upgrades the schema if it is not current; returns both statuses and the upgrade's answer."""
    service = Service(context)
    until = service.deadline()
    first = last = service.status(until)
    while not last["is_up_to_date"] and last.get("migration_in_progress"):
        service.sleep(until, f"{service.base}/db_schema_status reports a migration_in_progress")
        last = service.status(until)
    result = "schema is up to date, nothing to do"
    if not last["is_up_to_date"]:
        log("upgrading the schema")
        result = service.ask("PATCH", "/upgrade", service.end - time.monotonic(), service.deadline())
        log(f"the upgrade answered {one_line(result)!r}")
        last = service.status(service.deadline())
        if not last["is_up_to_date"]:
            raise MigrationError(f"PATCH {service.base}/upgrade answered {one_line(result)!r}, but the schema "
                                 f"still is not up to date: {one_line(json.dumps(last))}")
    return {"init-status": first, "upgrade-result": result, "final-status": last}
