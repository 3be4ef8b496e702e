"""The answer of a WSGI application as a whole, for whoever keeps it or reads it."""

from __future__ import annotations

import contextlib
from typing import Any


def whole(application: Any, environ: dict[str, Any]) -> tuple[list[Any], bytes]:
    """(what start_response was called with, the body)."""
    head: list[Any] = []

    def start(*given: Any) -> None:
        head[:] = given

    body = application(environ, start)
    with contextlib.closing(body) if hasattr(body, "close") else contextlib.nullcontext():
        return head, b"".join(body)
