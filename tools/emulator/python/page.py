"""The page of the emulated AWS, for people who would rather look, and the data that it shows.

    GET  /                                    the page, for a browser: a request that accepts HTML and has no signature
    GET  /_emulator/page/page.js, page.css    what it is made of (tools/emulator/page, bundled at the start)
    GET  /_emulator/page/…                    what it shows: deployed, runs, run, card, jobs, executions, execution, log, requests
    POST /_emulator/page/reveal {"output"}    the value of a sensitive output; no other answer has one

Whoever reads it is a person of this machine: requests for another host, and those that another site's page makes, are refused.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from page_runs import Runs
from page_stack import Stack
from page_work import Work
from seen import seen

HERE = "/_emulator/page/"
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")
FILES = {"page.js": "text/javascript; charset=utf-8", "page.css": "text/css; charset=utf-8"}
HIDDEN = "(hidden)"
#: Nothing is loaded from anywhere else, and nothing of another site may frame the page.
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "connect", "frame")),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
#: A card is a document that a flow has written: its scripts run, but belong to no site and reach none.
CARD_POLICY = "; ".join(
    [
        "sandbox allow-scripts",
        "default-src 'none'",
        "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
        "style-src 'unsafe-inline' data:",
        "img-src data: blob:",
        "font-src data:",
        "frame-ancestors 'self'",
    ]
)
StartResponse = Callable[..., Any]


class Page:
    """WSGI: the page and its data."""

    def __init__(self, folder: str, stack: str, locked: Any, databases: str | None, tasks: Any = None, jobs: Any = None, machines: Any = None) -> None:
        self.folder, self.stack = folder, Stack(stack)
        self.runs, self.work = Runs(databases, locked), Work(locked, tasks, jobs, machines)

    def serves(self, environ: dict[str, Any]) -> bool:
        """Whether a request is the page's, and not one for AWS."""
        path = environ["PATH_INFO"]
        if path.startswith(HERE):
            return True
        signed = "HTTP_AUTHORIZATION" in environ or re.search(r"X-Amz-|Signature=", environ.get("QUERY_STRING", ""), re.IGNORECASE)
        asks = path == "/" and environ["REQUEST_METHOD"] == "GET" and "text/html" in environ.get("HTTP_ACCEPT", "")
        return bool(asks and not signed and LOOPBACK.fullmatch(environ.get("HTTP_HOST", "")))

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ["emulator.page"] = True
        status, kind, body, policy = self.answer(environ)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        start_response(status, list(headers.items()))
        return [body]

    def answer(self, environ: dict[str, Any]) -> tuple[str, str, bytes, str]:
        """(status, content type, body, policy)"""
        reason = foreign(environ)
        if reason:
            return "403 Forbidden", "text/plain", f"{reason}\n".encode(), POLICY
        name = environ["PATH_INFO"].removeprefix(HERE)
        if name == "/":
            return self.file("page.html", "text/html; charset=utf-8")
        if name in FILES:
            return self.file(name, FILES[name])
        asked = {key: values[-1] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        if name == "card":
            card = self.runs.card(asked.get("bucket", ""), asked.get("key", ""))
            return ("200 OK", "text/html; charset=utf-8", card, CARD_POLICY) if card is not None else missing("card")
        try:
            if name == "reveal":
                return self.reveal(environ)
            data = self.data(name, asked)
        except (KeyError, TypeError, ValueError, sqlite3.Error) as failure:
            print(f"{time.strftime('%H:%M:%S')} {environ['PATH_INFO']}: {failure!r}", flush=True)
            return "400 Bad Request", "text/plain", f"{failure!r}\n".encode(), POLICY
        if data is None:
            return missing(name)
        return "200 OK", "application/json", self.without_secrets(data), POLICY

    def data(self, name: str, asked: dict[str, str]) -> Any:
        """What the page shows, or None where there is no such thing."""
        if name == "deployed":
            return {**self.stack.deployed(), "tasks": self.work.services()}
        if name == "runs":
            return self.runs.all()
        if name == "run":
            return self.runs.one(asked["flow"], asked["run"])
        if name == "jobs":
            return self.work.all_jobs()
        if name == "executions":
            return self.work.executions()
        if name == "execution":
            return self.work.execution(asked["arn"])
        if name == "log":
            return self.work.log(asked["group"], asked.get("stream", ""))
        return seen.after(int(asked.get("after", "0"))) if name == "requests" else None

    def reveal(self, environ: dict[str, Any]) -> tuple[str, str, bytes, str]:
        """A page of another site cannot send JSON without being asked for it first (CORS), which nothing here allows."""
        if environ["REQUEST_METHOD"] != "POST" or not environ.get("CONTENT_TYPE", "").startswith("application/json"):
            return "405 Method Not Allowed", "text/plain", b"A secret is asked for by POST, in JSON.\n", POLICY
        asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        value = self.stack.output(asked["output"])
        if value is None:
            return missing("output")
        return "200 OK", "application/json", json.dumps({"value": value}).encode(), POLICY

    def without_secrets(self, data: Any) -> bytes:
        """JSON in which no secret of the stack stands, wherever it came from: a job may have printed one."""
        secrets = self.stack.secrets()
        return json.dumps(hidden(data, secrets) if secrets else data, default=str).encode()

    def file(self, name: str, kind: str) -> tuple[str, str, bytes, str]:
        with open(os.path.join(self.folder, name), "rb") as file:
            return "200 OK", kind, file.read(), POLICY


def missing(what: str) -> tuple[str, str, bytes, str]:
    return "404 Not Found", "text/plain", f"There is no such {what}.\n".encode(), POLICY


def foreign(environ: dict[str, Any]) -> str:
    """Why a request is none of the page's own, or of a person who has typed the address."""
    host = environ.get("HTTP_HOST", "")
    if not LOOPBACK.fullmatch(host):
        return "The page is for this machine alone."
    site = environ.get("HTTP_SEC_FETCH_SITE", "none")
    origin = environ.get("HTTP_ORIGIN", f"http://{host}")
    # A link to the page may be followed from anywhere; what it shows is read by itself only.
    followed = environ["PATH_INFO"] == "/" and environ.get("HTTP_SEC_FETCH_MODE") == "navigate" and environ.get("HTTP_SEC_FETCH_DEST") == "document"
    if (site not in ("none", "same-origin") and not followed) or origin != f"http://{host}":
        return "The page is read by itself alone."
    return ""


def hidden(data: Any, secrets: list[str]) -> Any:
    if isinstance(data, str):
        for secret in secrets:
            data = data.replace(secret, HIDDEN)
        return data
    if isinstance(data, dict):
        return {key: hidden(value, secrets) for key, value in data.items()}
    return [hidden(value, secrets) for value in data] if isinstance(data, list) else data
