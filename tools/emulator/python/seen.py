"""The last requests that the emulated AWS was asked, for the page (page.py): who asked for what, and how it was answered."""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from typing import Any

#: So many are kept. A flow on AWS Batch makes some hundred.
KEPT = 1000
#: A presigned address opens what it names.
SIGNED = re.compile(r"[?&](X-Amz-|AWSAccessKeyId=|Signature=)", re.IGNORECASE)


class Seen:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.number = self.denials = 0
        self.last: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def note(self, environ: dict[str, Any], status: Any, milliseconds: float) -> None:
        """Keeps a request that was answered. The emulator's own pages are none."""
        path = environ.get("PATH_INFO", "")
        if path == "/_emulator" or path.startswith("/_emulator/") or "emulator.page" in environ:
            return
        what = str(environ.get("emulator.call") or f"{environ.get('REQUEST_METHOD', '')} {path}")
        with self.lock:
            self.number += 1
            denied = str(environ.get("emulator.denied", ""))
            self.denials += bool(denied)
            self.last.append(
                {
                    "number": self.number,
                    "time": int(time.time() * 1000),
                    "status": int(status) if str(status).isdigit() else 0,
                    "milliseconds": round(milliseconds),
                    "what": what[: found.start()] if (found := SIGNED.search(what)) else what,
                    "who": str(environ.get("emulator.who", "")),
                    **({"denied": denied} if denied else {}),
                }
            )

    def after(self, number: int) -> dict[str, Any]:
        """The requests since one, the oldest first."""
        with self.lock:
            return {"number": self.number, "denied": self.denials, "requests": [one for one in self.last if one["number"] > number]}


#: One for all requests.
seen = Seen()
