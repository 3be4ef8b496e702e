"""Metaflow's runs for the page: from the rows of the embedded metadata service (metadata_service.py) and the cards in S3."""

from __future__ import annotations

import contextlib
import glob
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

#: Without a heartbeat for so long, nobody works on a run any more. The client sends one every ten seconds.
SILENT_SECONDS = 60
#: Of so many runs, the last ones.
SHOWN = 200
CARD = re.compile(r"/mf\.cards/(?P<flow>[^/]+)/runs/(?P<run>[^/]+)/(?:steps/)?(?P<step>[^/]+)/tasks/(?P<task>[^/]+)/(?:cards/)?(?P<name>[^/]+)\.html$")

RUNS = """
SELECT flow_id, run_number, run_id, user_name, ts_epoch, last_heartbeat_ts,
  (SELECT value FROM metadata WHERE flow_id = r.flow_id AND run_number = r.run_number AND step_name = 'end' AND field_name = 'attempt_ok'
    ORDER BY id DESC LIMIT 1) AS end_ok,
  (SELECT count(*) FROM tasks WHERE flow_id = r.flow_id AND run_number = r.run_number AND step_name != '_parameters') AS tasks,
  (SELECT max(ts_epoch) FROM metadata WHERE flow_id = r.flow_id AND run_number = r.run_number) AS last
FROM runs r {where} ORDER BY ts_epoch DESC LIMIT ?
"""
TASKS = """
SELECT t.step_name, t.task_id, t.task_name, t.ts_epoch, t.last_heartbeat_ts, s.ts_epoch AS step_began
FROM tasks t JOIN steps s USING (flow_id, run_number, step_name)
WHERE t.flow_id = ? AND t.run_number = ? ORDER BY s.ts_epoch, t.task_id
"""
FACTS = """
SELECT step_name, task_id, field_name, value, ts_epoch FROM metadata
WHERE flow_id = ? AND run_number = ? AND field_name IN ('attempt', 'attempt_ok', 'attempt-done', 'aws-batch-job-id') ORDER BY id
"""


class Runs:
    """The runs of all databases, and their cards."""

    def __init__(self, databases: str | None, locked: Any) -> None:
        self.databases, self.locked = databases, locked

    def all(self) -> list[dict[str, Any]]:
        found = []
        for database in self.open():
            for row in database.execute(RUNS.format(where=""), [SHOWN]):
                found.append(described(row, [] if row["end_ok"] is not None else tasks_of(database, row)))
        return sorted(found, key=lambda run: -run["began"])[:SHOWN]

    def one(self, flow: str, run: str) -> dict[str, Any] | None:
        name = "run_number" if run.isnumeric() else "run_id"
        for database in self.open():
            row = database.execute(RUNS.format(where=f"WHERE flow_id = ? AND {name} = ?"), [flow, run, 1]).fetchone()
            if row:
                tasks = tasks_of(database, row)
                cards = self.cards(flow, run)
                for task in tasks:
                    task["cards"] = [card for card in cards if card["step"] == task["step"] and card["task"] == task["id"]]
                return {**described(row, tasks), "steps": [{"name": step, "tasks": [t for t in tasks if t["step"] == step]} for step in steps_of(tasks)]}
        return None

    def open(self) -> Iterator[sqlite3.Connection]:
        for file in sorted(glob.glob(os.path.join(glob.escape(self.databases), "*.sqlite"))) if self.databases else []:
            with contextlib.closing(sqlite3.connect(f"file:{quote(file)}?mode=ro", uri=True)) as database:
                database.row_factory = sqlite3.Row
                if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone():
                    yield database

    def cards(self, flow: str, run: str) -> list[dict[str, str]]:
        """Where the cards of a run lie. Metaflow writes them below mf.cards, beside the flows."""
        found = []
        with self.locked:
            for bucket in buckets():
                for key in list(bucket.keys.keys()):
                    card = CARD.search(key) if f"/mf.cards/{flow}/runs/{run}/" in f"/{key}" else None
                    if card:
                        found.append({"step": card["step"], "task": card["task"], "name": card["name"], "bucket": bucket.name, "key": key})
        return found

    def card(self, bucket: str, key: str) -> bytes | None:
        """A card's document; nothing else of a bucket is shown."""
        with self.locked:
            found = next((one for one in buckets() if one.name == bucket), None) if CARD.search(f"/{key}") else None
            document = found.keys.get(key) if found else None
            return None if document is None else bytes(document.value)


def buckets() -> list[Any]:
    from moto.s3.models import s3_backends

    return [bucket for account in list(s3_backends.values()) for backend in list(account.values()) for bucket in list(backend.buckets.values())]


def described(row: sqlite3.Row, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    if row["end_ok"] is not None and is_true(row["end_ok"]):
        state = "succeeded"
    elif beats(row["last_heartbeat_ts"]):
        state = "running"
    else:
        state = "failed" if row["end_ok"] is not None or any(task["state"] == "failed" for task in tasks) else "unfinished"
    return {
        "flow": row["flow_id"],
        "run": row["run_id"] or str(row["run_number"]),
        "user": row["user_name"],
        "began": row["ts_epoch"],
        "ended": None if state == "running" else row["last"],
        "tasks": row["tasks"],
        "state": state,
    }


def tasks_of(database: sqlite3.Connection, run: sqlite3.Row) -> list[dict[str, Any]]:
    asked = [run["flow_id"], run["run_number"]]
    facts: dict[tuple[str, int], list[sqlite3.Row]] = {}
    for fact in database.execute(FACTS, asked):
        facts.setdefault((fact["step_name"], fact["task_id"]), []).append(fact)
    return [task_state(task, facts.get((task["step_name"], task["task_id"]), [])) for task in database.execute(TASKS, asked)]


def task_state(task: sqlite3.Row, facts: list[sqlite3.Row]) -> dict[str, Any]:
    """A task that failed is tried again: what it said last counts."""
    state, ended, attempts, job = "running" if beats(task["last_heartbeat_ts"]) else "unfinished", None, 0, None
    for fact in facts:
        if fact["field_name"] == "attempt":
            attempts += 1
            state, ended = "running" if beats(task["last_heartbeat_ts"]) else "unfinished", None
        elif fact["field_name"] == "attempt_ok":
            state, ended = "succeeded" if is_true(fact["value"]) else "failed", fact["ts_epoch"]
        elif fact["field_name"] == "aws-batch-job-id":
            job = str(fact["value"])
    if not facts and task["task_name"]:
        # The parameters of a run on Step Functions: a task that never runs.
        state = "succeeded"
    return {
        "step": task["step_name"],
        "id": task["task_name"] or str(task["task_id"]),
        "began": task["ts_epoch"],
        "ended": ended,
        "attempts": attempts,
        "state": state,
        "job": job,
    }


def steps_of(tasks: list[dict[str, Any]]) -> list[str]:
    """In the order in which they began. "_parameters" is Metaflow's own."""
    return [name for name in dict.fromkeys(task["step"] for task in tasks) if name != "_parameters"]


def beats(heartbeat: int | None) -> bool:
    return heartbeat is not None and heartbeat > time.time() - SILENT_SECONDS


def is_true(value: Any) -> bool:
    return str(value).lower() in ("true", "1")
