"""An own Metaflow metadata service, for where no container runs: a process with what the task's containers would get.

It answers the requests of Metaflow's client as Netflix/metaflow-service v2.5.1 does (paths, status codes, bodies), on the port
MF_METADATA_PORT, and the migration API on MF_MIGRATION_PORT. The database's host, user, password and name (MF_METADATA_DB_*) are
those of the emulated RDS: the emulator is asked whether it lets them in, and where the rows lie (an SQLite file).

    python metadata_service.py EMULATOR_URL
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

VERSION = "2.5.1"
MIGRATIONS = [
    "1",
    "20200603104139",
    "20201002000616",
    "20210202145952",
    "20210260056859",
    "20211202100726",
    "20220503175500",
    "20230118020300",
]
HEARTBEAT_SECONDS = 10
CONNECT_ATTEMPTS = 3
TAGS = ("tags", "system_tags")
COLUMNS = {
    "flows": "flow_id user_name ts_epoch tags system_tags",
    "runs": "flow_id run_number run_id user_name ts_epoch last_heartbeat_ts tags system_tags",
    "steps": "flow_id run_number run_id step_name user_name ts_epoch tags system_tags",
    "tasks": "flow_id run_number run_id step_name task_id task_name user_name ts_epoch last_heartbeat_ts tags system_tags",
    "metadata": "id flow_id run_number run_id step_name task_id task_name field_name value type user_name ts_epoch tags system_tags",
    "artifact": "flow_id run_number run_id step_name task_id task_name name location ds_type sha type content_type user_name attempt_id"
    " ts_epoch tags system_tags",
}
SCHEMA = """
CREATE TABLE migrations (version TEXT);
CREATE TABLE serials (name TEXT PRIMARY KEY, value INTEGER);
INSERT INTO serials VALUES ('run_number', 0), ('task_id', 0), ('id', 0);
CREATE TABLE flows (flow_id TEXT PRIMARY KEY, user_name, ts_epoch INTEGER, tags, system_tags);
CREATE TABLE runs (run_number INTEGER PRIMARY KEY, flow_id TEXT REFERENCES flows, run_id, user_name, ts_epoch INTEGER,
  last_heartbeat_ts INTEGER, tags, system_tags, UNIQUE (flow_id, run_id));
CREATE TABLE steps (flow_id TEXT, run_number INTEGER REFERENCES runs, run_id, step_name, user_name, ts_epoch INTEGER, tags, system_tags,
  PRIMARY KEY (flow_id, run_number, step_name));
CREATE TABLE tasks (task_id INTEGER PRIMARY KEY, flow_id TEXT, run_number INTEGER, run_id, step_name, task_name, user_name,
  ts_epoch INTEGER, last_heartbeat_ts INTEGER, tags, system_tags, UNIQUE (flow_id, run_number, step_name, task_name),
  FOREIGN KEY (flow_id, run_number, step_name) REFERENCES steps);
CREATE TABLE metadata (id INTEGER PRIMARY KEY, flow_id TEXT, run_number INTEGER, run_id, step_name, task_id INTEGER, task_name,
  field_name, value, type, user_name, ts_epoch INTEGER, tags, system_tags);
CREATE INDEX metadata_of_task ON metadata (flow_id, run_number, step_name, task_id);
CREATE TABLE artifact (flow_id TEXT, run_number INTEGER, run_id, step_name, task_id INTEGER, task_name, name, location, ds_type, sha, type,
  content_type, user_name, attempt_id INTEGER, ts_epoch INTEGER, tags, system_tags,
  PRIMARY KEY (flow_id, run_number, step_name, task_id, attempt_id, name));
"""
SERIALS = {"runs": "run_number", "tasks": "task_id", "metadata": "id"}
CONFLICTS = {
    "flows": ("flows_v3_pkey", ("flow_id",)),
    "runs": ("runs_v3_flow_id_run_id_key", ("flow_id", "run_id")),
    "steps": ("steps_v3_pkey", ("flow_id", "run_number", "step_name")),
    "tasks": ("tasks_v3_flow_id_run_number_step_name_task_name_key", ("flow_id", "run_number", "step_name", "task_name")),
    "artifact": ("artifact_v3_pkey", ("flow_id", "run_number", "step_name", "task_id", "attempt_id", "name")),
}
PARENTS = {
    "runs": ("runs_v3_flow_id_fkey", ("flow_id",), "flows_v3"),
    "tasks": ("tasks_v3_flow_id_run_number_step_name_fkey", ("flow_id", "run_number", "step_name"), "steps_v3"),
}


class Failed(Exception):
    """An answer that is no success."""

    def __init__(self, status, body):
        super().__init__(body)
        self.status, self.body = status, body


class Trouble(Exception):
    """What the real service fails at itself."""


def database_error(status, code, message, detail=""):
    full = f"ERROR:  {message}\n" + (f"DETAIL:  {detail}\n" if detail else "")
    diagnosis = {"message_primary": message, "severity": "ERROR"}
    return Failed(status, json.dumps({"err_msg": {"pgerror": full, "pgcode": code, "diag": diagnosis}}))


class Database:
    """The rows, behind one lock: what is written is there for whoever asks next."""

    def __init__(self, file):
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA synchronous = OFF")

    def applied(self):
        with self.lock:
            if not self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
                return []
            return [version for (version,) in self.connection.execute("SELECT version FROM migrations ORDER BY rowid")]

    def migrate(self):
        with self.lock:
            if not self.applied():
                self.connection.executescript(SCHEMA)
            missing = [version for version in MIGRATIONS if version not in self.applied()]
            self.connection.executemany("INSERT INTO migrations VALUES (?)", [(version,) for version in missing])

    def select(self, table, where, order="rowid"):
        condition = " AND ".join(f"{name} = ?" for name in where) or "1"
        with self.lock:
            self.require(table)
            rows = self.connection.execute(f"SELECT * FROM {table} WHERE {condition} ORDER BY {order}", list(where.values())).fetchall()
        return [{name: json.loads(row[name]) if name in TAGS else row[name] for name in COLUMNS[table].split()} for row in rows]

    def insert(self, table, row):
        values = {**row, "ts_epoch": round(time.time() * 1000), **{name: json.dumps(row.get(name)) for name in TAGS}}
        with self.lock:
            self.require(table)
            if table in SERIALS:
                values[SERIALS[table]] = self.next(SERIALS[table])
            try:
                cursor = self.connection.execute(
                    f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())
                )
            except sqlite3.IntegrityError as error:
                raise self.refused(table, values, str(error)) from error
            return self.select(table, {"rowid": cursor.lastrowid})[0]

    def next(self, serial):
        """The next of a series of numbers. One that goes to a row that is refused is lost, as PostgreSQL's are."""
        self.connection.execute("UPDATE serials SET value = value + 1 WHERE name = ?", [serial])
        return self.connection.execute("SELECT value FROM serials WHERE name = ?", [serial]).fetchone()[0]

    def update(self, table, row, **values):
        keys = [name for name in ("flow_id", "run_number", "step_name", "task_id") if name in row]
        condition = " AND ".join(f"{name} = ?" for name in keys)
        with self.lock:
            sets = ", ".join(f"{name} = ?" for name in values)
            self.connection.execute(f"UPDATE {table} SET {sets} WHERE {condition}", [*values.values(), *(row[name] for name in keys)])

    def require(self, table):
        if not self.applied():
            raise database_error(500, "42P01", f'relation "{table}_v3" does not exist')

    @staticmethod
    def refused(table, values, reason):
        constraint, columns, *parent = PARENTS[table] if reason.startswith("FOREIGN KEY") else CONFLICTS[table]
        key = f"Key ({', '.join(columns)})=({', '.join(str(values.get(name)) for name in columns)})"
        if parent:
            message = f'insert or update on table "{table}_v3" violates foreign key constraint "{constraint}"'
            return database_error(404, "23503", message, f'{key} is not present in table "{parent[0]}".')
        return database_error(409, "23505", f'duplicate key value violates unique constraint "{constraint}"', f"{key} already exists.")


def run_key(run):
    return {"run_number" if run.isnumeric() else "run_id": run}


def task_key(task):
    return {"task_id" if task.isnumeric() else "task_name": task}


def exposed(row):
    """A row as the service shows it: a run's and a task's own id takes the place of its number."""
    shown = {name: value for name, value in row.items() if name not in ("run_id", "task_name")}
    if row.get("run_id") is not None:
        shown["run_number"] = row["run_id"]
    if row.get("task_name") is not None:
        shown["task_id"] = row["task_name"]
    return shown


def has_heartbeats(system_tags):
    """Whether the client that gave these tags sends heartbeats."""
    try:
        versions = [tag.removeprefix("metaflow_version:") for tag in system_tags if tag.startswith("metaflow_version:")]
        if not versions:
            return False
        number = re.match(r"\d+(\.\d+)*", versions[0])
        if number is None:
            return True
        version = tuple(int(part) for part in number[0].split("."))
        return version >= (1, 14) if version[0] == 1 else version >= (2, 2, 12)
    except (AttributeError, TypeError):
        return True


def text_list(value, name):
    if not isinstance(value, list):
        raise Failed(400, f"{name} must be a list")
    return value


class Service:
    """The metadata API. Every public method of it answers a route."""

    def __init__(self, database):
        self.database = database

    # What there is

    def run_of(self, flow, run):
        return self.one("runs", {"flow_id": flow, **run_key(run)})

    def one(self, table, where, order="rowid"):
        rows = self.database.select(table, where, order)
        if not rows:
            raise Failed(404, {})
        return rows[0]

    def tagged(self, flow, run, rows):
        """Steps, tasks and artifacts carry the tags of their run."""
        if not rows:
            return []
        owner = self.run_of(flow, run)
        return [{**exposed(row), **{name: owner[name] for name in TAGS}} for row in rows]

    def within(self, flow, run, step=None, task=None):
        where = {"flow_id": flow, **run_key(run)}
        return {**where, **({"step_name": step} if step else {}), **(task_key(task) if task else {})}

    # Flows and runs

    def get_flows(self, query):
        return self.database.select("flows", {})

    def get_flow(self, query, flow):
        return self.one("flows", {"flow_id": flow})

    def create_flow(self, body, flow):
        return self.database.insert("flows", {"flow_id": flow, **given(body)})

    def get_runs(self, query, flow):
        return [exposed(run) for run in self.database.select("runs", {"flow_id": flow})]

    def get_run(self, query, flow, run):
        return exposed(self.run_of(flow, run))

    def create_run(self, body, flow):
        run_id = body.get("run_number")
        if run_id and run_id.isnumeric():
            raise ValueError("provided run_id may not be a numeric")
        beat = int(time.time()) if has_heartbeats(body.get("system_tags")) else None
        return exposed(self.database.insert("runs", {"flow_id": flow, "run_id": run_id, "last_heartbeat_ts": beat, **given(body)}))

    def beat_run(self, body, flow, run):
        return self.beat("runs", {"flow_id": flow, **run_key(run)})

    def beat(self, table, where):
        now, rows = int(time.time()), self.database.select(table, where)
        if not rows or (rows[0]["last_heartbeat_ts"] or 0) > now - HEARTBEAT_SECONDS:
            raise Failed(404, json.dumps({"wait_time_in_seconds": HEARTBEAT_SECONDS}))
        self.database.update(table, rows[0], last_heartbeat_ts=now)
        return json.dumps({"wait_time_in_seconds": HEARTBEAT_SECONDS})

    def mutate_tags(self, body, flow, run):
        add, remove = (text_list(body.get(name, []), name) for name in ("tags_to_add", "tags_to_remove"))
        if not all(isinstance(tag, str) for tag in [*add, *remove]):
            raise Failed(400, "All tag values must be strings")
        with self.database.lock:
            row = self.run_of(flow, run)
            tags, system = set(row["tags"] or []), set(row["system_tags"] or [])
            if set(remove) & system:
                raise Failed(422, f"Cannot remove tags that are existing system tags {set(remove) & system}")
            changed = list((tags - set(remove)) | (set(add) - system))
            self.database.update("runs", row, tags=json.dumps(changed))
        return {"tags": changed}

    # Steps and tasks

    def get_steps(self, query, flow, run):
        return self.tagged(flow, run, self.database.select("steps", self.within(flow, run)))

    def get_step(self, query, flow, run, step):
        return self.tagged(flow, run, [self.one("steps", self.within(flow, run, step))])[0]

    def create_step(self, body, flow, run, step):
        owner = self.ids_of_run(flow, run)
        row = {**owner, "run_id": owner["run_id"] or str(owner["run_number"]), "step_name": step, **given(body, "")}
        return self.tagged(flow, run, [self.database.insert("steps", row)])[0]

    def ids_of_run(self, flow, run):
        rows = self.database.select("runs", {"flow_id": flow, **run_key(run)})
        if not rows:
            raise KeyError("run_number")
        return {name: rows[0][name] for name in ("flow_id", "run_number", "run_id")}

    def ids_of_task(self, flow, run, step, task):
        """@raises Failed where the run or the task is not registered"""
        try:
            owner = self.ids_of_run(flow, run)
            row = self.one("tasks", {**owner_key(owner), "step_name": step, **task_key(task)})
        except (KeyError, Failed) as error:
            raise Failed(400, {"message": "need to register run_id and task_id first"}) from error
        return {**owner, "step_name": step, "task_id": row["task_id"], "task_name": row["task_name"]}

    def get_tasks(self, query, flow, run, step):
        return self.tagged(flow, run, self.database.select("tasks", self.within(flow, run, step)))

    def get_task(self, query, flow, run, step, task):
        return self.tagged(flow, run, [self.one("tasks", self.within(flow, run, step, task))])[0]

    def create_task(self, body, flow, run, step):
        name = body.get("task_id")
        if name and name.isnumeric():
            raise Trouble()
        beats = has_heartbeats(body.get("system_tags"))
        row = {**self.ids_of_run(flow, run), "step_name": step, "task_name": name, "last_heartbeat_ts": int(time.time()) if beats else None}
        created = self.tagged(flow, run, [self.database.insert("tasks", {**row, **given(body)})])[0]
        if beats:
            self.beat_quietly("runs", self.within(flow, run))
        return created

    def beat_quietly(self, table, where):
        try:
            self.beat(table, where)
        except Failed:
            pass  # It has one that is fresh.

    def beat_task(self, body, flow, run, step, task):
        self.beat_quietly("runs", self.within(flow, run))
        return self.beat("tasks", self.within(flow, run, step, task))

    def filter_tasks(self, query, flow, run, step):
        field, pattern = query.get("metadata_field_name"), query.get("pattern")
        rows = self.database.select("metadata", {**self.within(flow, run, step), **({"field_name": field} if field else {})}, "task_id")
        found = [row for row in rows if not pattern or re.search(pattern, row["value"])]
        paths = [f"{r['flow_id']}/{r['run_id'] or r['run_number']}/{r['step_name']}/{r['task_name'] or r['task_id']}" for r in found]
        return list(dict.fromkeys(paths))

    # Metadata and artifacts

    def get_metadata(self, query, flow, run, step=None, task=None):
        return [exposed(row) for row in self.database.select("metadata", self.within(flow, run, step, task))]

    def create_metadata(self, body, flow, run, step, task):
        owner, created = self.ids_of_task(flow, run, step, task), 0
        for one in body:
            fields = {name: as_text(one.get(name, " ")) for name in ("field_name", "value", "type")}
            if None not in fields.values():
                self.database.insert("metadata", {**owner, **fields, **given(one)})
                created += 1
        return {"metadata_created": created}

    def create_artifacts(self, body, flow, run, step, task):
        owner, created = self.ids_of_task(flow, run, step, task), 0
        for one in body:
            fields = {name: one.get(name, " ") for name in ("name", "location", "ds_type", "sha", "type", "content_type")}
            row = {**owner, **fields, "attempt_id": int(one.get("attempt_id", 0)), **given(one, " ")}
            try:
                self.database.insert("artifact", row)
                created += 1
            except Failed:
                pass  # An artifact that is there counts as none that was created.
        return {"artifacts_created": created}

    def artifacts(self, *path, **more):
        return self.database.select("artifact", {**self.within(*path), **more}, "attempt_id DESC, rowid")

    def get_artifacts(self, query, flow, run, step=None, task=None):
        rows = self.artifacts(flow, run, step, task)
        latest: dict[Any, int] = {}
        for row in rows:
            latest[row["task_id"]] = max(row["attempt_id"], latest.get(row["task_id"], 0))
        return self.tagged(flow, run, [row for row in rows if row["attempt_id"] == latest[row["task_id"]]])

    def get_artifacts_of_attempt(self, query, flow, run, step, task, attempt):
        return self.tagged(flow, run, [row for row in self.artifacts(flow, run, step, task) if row["attempt_id"] == int(attempt)])

    def get_artifact(self, query, flow, run, step, task, name, attempt=None):
        if attempt is None:
            # Every attempt has the artifact "name": the newest attempt is its newest.
            names = self.artifacts(flow, run, step, task, name="name")
            attempt = names[0]["attempt_id"] if names else 0
        rows = self.artifacts(flow, run, step, task, name=name, attempt_id=attempt)
        if not rows:
            raise Failed(404, {})
        return self.tagged(flow, run, rows[:1])[0]


def as_text(value):
    """A JSON value as PostgreSQL keeps it in a column of text; None where it refuses it."""
    if value is None or isinstance(value, (str, dict)):
        return value if not isinstance(value, dict) else None
    if isinstance(value, list):
        return "{" + ",".join("NULL" if one is None else array_item(str(as_text(one))) for one in value) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def array_item(text):
    plain = re.fullmatch(r'[^\s{},"\\]+', text) and text.upper() != "NULL"
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def given(body, no_user=None):
    return {"user_name": body.get("user_name", no_user), **{name: body.get(name) for name in TAGS}}


def owner_key(owner):
    return {"flow_id": owner["flow_id"], "run_number": owner["run_number"]}


FLOW, RUN = "/flows/(?P<flow>[^/]+)", "/runs/(?P<run>[^/]+)"
STEP, TASK = f"{FLOW}{RUN}/steps/(?P<step>[^/]+)", "/tasks/(?P<task>[^/]+)"
ROUTES = [
    ("GET", "/flows", "get_flows"),
    ("GET", FLOW, "get_flow"),
    ("POST", FLOW, "create_flow"),
    ("GET", f"{FLOW}/runs", "get_runs"),
    ("POST", f"{FLOW}/run", "create_run"),
    ("GET", f"{FLOW}{RUN}", "get_run"),
    ("POST", f"{FLOW}{RUN}/heartbeat", "beat_run"),
    ("PATCH", f"{FLOW}{RUN}/tag/mutate", "mutate_tags"),
    ("GET", f"{FLOW}{RUN}/metadata", "get_metadata"),
    ("GET", f"{FLOW}{RUN}/artifacts", "get_artifacts"),
    ("GET", f"{FLOW}{RUN}/steps", "get_steps"),
    ("GET", STEP, "get_step"),
    ("POST", f"{STEP}/step", "create_step"),
    ("GET", f"{STEP}/artifacts", "get_artifacts"),
    ("GET", f"{STEP}/tasks", "get_tasks"),
    ("GET", f"{STEP}/filtered_tasks", "filter_tasks"),
    ("POST", f"{STEP}/task", "create_task"),
    ("GET", f"{STEP}{TASK}", "get_task"),
    ("POST", f"{STEP}{TASK}/heartbeat", "beat_task"),
    ("GET", f"{STEP}{TASK}/metadata", "get_metadata"),
    ("POST", f"{STEP}{TASK}/metadata", "create_metadata"),
    ("GET", f"{STEP}{TASK}/artifacts", "get_artifacts"),
    ("POST", f"{STEP}{TASK}/artifact", "create_artifacts"),
    ("GET", f"{STEP}{TASK}/attempt/(?P<attempt>[^/]+)/artifacts", "get_artifacts_of_attempt"),
    ("GET", f"{STEP}{TASK}/artifacts/(?P<name>[^/]+)", "get_artifact"),
    ("GET", f"{STEP}{TASK}/artifacts/(?P<name>[^/]+)/attempt/(?P<attempt>[^/]+)", "get_artifact"),
]


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16

    def do_GET(self):
        self.answer()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET

    def answer(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            status, kind, text = self.respond(unquote(url.path), {name: values[0] for name, values in parse_qs(url.query).items()}, body)
        except Failed as failed:
            status, kind, text = failed.status, "text/plain", json.dumps(failed.body)
        except Trouble:
            status, kind, text = 500, "text/plain", "500 Internal Server Error\n\nServer got itself in trouble"
        except Exception as error:
            failure = {"traceback": "", "detail": str(error), "status": 500, "title": "Internal Server Error", "type": "about:blank"}
            status, kind, text = 500, "text/plain", json.dumps(failure)
        print(f'{time.strftime("%H:%M:%S")} "{self.command} {self.path}" {status}', flush=True)
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind if kind == "application/json" else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("METADATA_SERVICE_VERSION", VERSION)
        self.end_headers()
        self.wfile.write(content)

    def respond(self, path, query, body):
        matches = [(method, re.fullmatch(pattern, path), name) for method, pattern, name in ROUTES]
        for method, match, name in matches:
            if match and method == self.command:
                content = json.loads(body.decode()) if method != "GET" else query
                return 200, "text/plain", json.dumps(getattr(self.server.api, name)(content, **match.groupdict()))
        if any(match for _, match, _ in matches):
            return 405, "text/plain", "405: Method Not Allowed"
        return self.page(path)

    def page(self, path):
        pages = {"/ping": "pong", "/version": VERSION}
        if self.command == "GET" and path in pages:
            return 200, "text/plain", pages[path]
        if self.command == "GET" and path == "/healthcheck":
            return 200, "application/json", json.dumps(json.dumps({"status": "UP"}))
        return 404, "text/plain", "404: Not Found"

    def log_message(self, *args):
        pass


class MigrationHandler(Handler):
    def respond(self, path, query, body):
        database = self.server.api
        if (self.command, path) == ("GET", "/db_schema_status"):
            applied = database.applied()
            status = {
                "is_up_to_date": applied == MIGRATIONS,
                "current_version": applied[-1] if applied else "0",
                "migration_in_progress": False,
                "db_schema_versions": MIGRATIONS,
                "unapplied_migrations": [version for version in MIGRATIONS if version not in applied],
            }
            return 200, "application/json", json.dumps(status)
        if (self.command, path) == ("PATCH", "/upgrade"):
            database.migrate()
            return 200, "text/plain", "upgrade success"
        return self.page(path)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port, handler, api):
        super().__init__(("127.0.0.1", port), handler)
        self.api = api


def connect(emulator):
    """The file of the database that the task's environment names, once the emulated RDS lets it in."""
    names = {name: os.environ.get(f"MF_METADATA_DB_{name.upper()}", "") for name in ("host", "port", "user", "pswd", "name")}
    request = urllib.request.Request(f"{emulator}/_emulator/database", json.dumps(names).encode(), {"Content-Type": "application/json"})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for attempt in range(CONNECT_ATTEMPTS):
        try:
            return json.load(direct.open(request, timeout=30))["file"]
        except urllib.error.HTTPError as error:
            print(f"could not connect to the database: {json.load(error)['error']}", flush=True)
        time.sleep(1 if attempt < CONNECT_ATTEMPTS - 1 else 0)
    sys.exit(1)


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main():
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    database = Database(connect(sys.argv[1]))
    migration = Server(int(os.environ.get("MF_MIGRATION_PORT", "8082")), MigrationHandler, database)
    threading.Thread(target=migration.serve_forever, daemon=True).start()
    server = Server(int(os.environ.get("MF_METADATA_PORT", "8080")), Handler, Service(database))
    print(f"serving on {server.server_address}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
