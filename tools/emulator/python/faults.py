"""Fault injection: a share of the calls is answered as AWS answers when it throttles or fails. Off until asked for.

    POST /_emulator/faults {"rate": 0.33, "kinds": ["throttle", "error"], "seed": 1, "match": "^ecs:", "account": "123456789012"}

`match` is a regular expression on service:action (s3:PUT /bucket, ecs:CreateService), `account` leaves all others in peace;
{"rate": 0} switches faults off.
"""

import json
import random
import re
import threading
from xml.sax.saxutils import escape

KINDS = ("throttle", "error")


class Faults:
    def __init__(self):
        self.lock = threading.Lock()
        self.configure({})

    def configure(self, settings):
        rate, kinds, match = settings.get("rate", 0), settings.get("kinds", list(KINDS)), settings.get("match", "")
        if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not 0 <= rate <= 1:
            raise ValueError(f"rate is a share between 0 and 1, not {rate!r}")
        if not kinds or not set(kinds) <= set(KINDS):
            raise ValueError(f"kinds is a list of {' and '.join(KINDS)}, not {kinds!r}")
        unknown = set(settings) - {"rate", "kinds", "match", "account", "seed"}
        if unknown:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}; there are rate, kinds, match, account and seed")
        pattern = re.compile(match)
        with self.lock:
            self.rate, self.kinds, self.match, self.account = rate, list(kinds), pattern, settings.get("account")
            self.random = random.Random(settings.get("seed"))
            self.calls = self.injected = 0
        return self.state()

    def state(self):
        settings = {"rate": self.rate, "kinds": self.kinds, "match": self.match.pattern, "account": self.account}
        return {**settings, "calls": self.calls, "injected": self.injected}

    def answer(self, call):
        """(status, headers, body) of the fault that this call meets, or None."""
        elsewhere = self.account is not None and call.account != self.account
        if not self.rate or not call.service or elsewhere or not self.match.search(str(call)):
            return None
        with self.lock:
            self.calls += 1
            if self.random.random() >= self.rate:
                return None
            self.injected += 1
            kind = self.random.choice(self.kinds)
        return fault(call, kind)


THROTTLED = {
    "s3": ("SlowDown", "503 Slow Down"),
    "ec2": ("RequestLimitExceeded", "503 Service Unavailable"),
    "query": ("Throttling", "400 Bad Request"),
    "json": ("ThrottlingException", "400 Bad Request"),
    "rest": ("TooManyRequestsException", "429 Too Many Requests"),
}
REQUEST_ID = {"x-amzn-RequestId": "emulated"}
FAILED = {"s3": "InternalError", "ec2": "InternalError", "query": "InternalFailure", "json": "InternalServerError", "rest": "ServiceException"}


def fault(call, kind):
    if kind == "throttle":
        code, status = THROTTLED[protocol(call)]
        return error(call, status, code, "Rate exceeded")
    return error(call, "500 Internal Server Error", FAILED[protocol(call)], "An internal error occurred. Try again.")


def protocol(call):
    if call.service in ("s3", "ec2"):
        return call.service
    return "query" if call.form else "json" if call.target else "rest"


def error(call, status, code, message):
    """An error in the protocol of the call's service: status, headers, body."""
    text = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    wrapped = {
        "s3": text,
        "ec2": f"<Response><Errors>{text}</Errors><RequestID>emulated</RequestID></Response>",
        "query": f"<ErrorResponse>{text}<RequestId>emulated</RequestId></ErrorResponse>",
    }.get(protocol(call))
    if wrapped is not None:
        return status, {"Content-Type": "text/xml", **REQUEST_ID}, f'<?xml version="1.0" encoding="UTF-8"?>{wrapped}'.encode()
    body = json.dumps({"__type": code, "message": message}).encode()
    return status, {"Content-Type": "application/json", "x-amzn-ErrorType": code, **REQUEST_ID}, body
