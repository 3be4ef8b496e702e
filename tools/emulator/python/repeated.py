"""Calls that an SDK makes again since it has lost the answer: they get the first answer, and nothing is done twice.

On AWS such a call fails, as what it creates is there already. Here a connection that a client drops too early says nothing of what is
deployed, and must not fail it. An SDK names each call (Amz-Sdk-Invocation-Id) and keeps the name when it tries again; calls that failed
are made anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from answers import whole

#: So many answers are kept, and none that is larger.
KEPT, LARGEST = 256, 1 << 16


class Repeated:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: OrderedDict[str, tuple[str, dict[str, str], bytes]] = OrderedDict()

    def answer(self, environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes] | None:
        """(status, headers, body) that this call had before, or None."""
        with self.lock:
            return self.answers.get(environ.get("HTTP_AMZ_SDK_INVOCATION_ID", ""))

    def answered(self, aws: Any, environ: dict[str, Any], start_response: Any) -> Any:
        """What AWS answers, kept where it is the end of a call that may change something."""
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if not call or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return aws(environ, start_response)
        head, text = whole(aws, environ)
        status, headers, *_ = head
        if status.startswith("2") and len(text) <= LARGEST:
            with self.lock:
                self.answers[call] = status, {name: value for name, value in headers if name.lower() != "content-length"}, text
                while len(self.answers) > KEPT:
                    self.answers.popitem(last=False)
        start_response(*head)
        return [text]
