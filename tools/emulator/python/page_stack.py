"""What is deployed, for the page: Terraform's state, and how far a run of Terraform is (tools/local/progress-file.ts)."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

#: What names a resource for people, the first that it has.
NAMES = ("function_name", "bucket", "identifier", "cluster_identifier", "name", "family", "description", "path", "destination_cidr_block", "http_method")
#: Where it can be reached, the first that it has.
ADDRESSES = ("invoke_url", "endpoint", "dns_name", "address", "public_ip", "cidr_block")
#: Attributes that are secret, whether the provider says so or not.
SECRET = ("password", "master_password", "result", "secret_string", "secret_key")
SHORTEST_SECRET = 8


class Stack:
    """The files of one folder, as they were when they could last be read: Terraform does not write its state in one step."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.read: dict[str, tuple[tuple[int, int], Any]] = {}

    def file(self, name: str) -> Any:
        path = os.path.join(self.folder, name)
        with self.lock:
            try:
                at = os.stat(path)
                stamp = (at.st_mtime_ns, at.st_size)
                if name not in self.read or self.read[name][0] != stamp:
                    with open(path, encoding="utf-8") as file:
                        self.read[name] = (stamp, json.load(file))
            except FileNotFoundError:
                self.read.pop(name, None)
            except ValueError:
                pass
            return self.read[name][1] if name in self.read else {}

    def state(self) -> Any:
        return self.file("terraform.tfstate")

    def deployed(self) -> dict[str, Any]:
        outputs = [
            {"name": name, "sensitive": True} if one.get("sensitive") else {"name": name, "sensitive": False, "value": text(one["value"])}
            for name, one in self.state().get("outputs", {}).items()
        ]
        return {"resources": self.resources(), "outputs": outputs, "progress": self.progress()}

    def resources(self) -> list[dict[str, Any]]:
        return [
            resource(address(one, instance), one["type"], instance)
            for one in self.state().get("resources", [])
            if one["mode"] == "managed"
            for instance in one["instances"]
        ]

    def progress(self) -> Any:
        """None where Terraform has not run; it has ended where its process is gone, however it ended."""
        progress = self.file("progress.json")
        if not progress:
            return None
        return progress if progress.get("ended") or alive(progress["pid"]) else {**progress, "ended": progress["began"], "failed": True, "running": []}

    def output(self, name: str) -> str | None:
        found = self.state().get("outputs", {}).get(name)
        return None if found is None else text(found["value"])

    def secrets(self) -> list[str]:
        """The longest first: one may contain another."""
        state = self.state()
        found = {text(one["value"]) for one in state.get("outputs", {}).values() if one.get("sensitive")}
        for one in state.get("resources", []):
            for instance in one["instances"]:
                found |= {value for value in secret_values(one["type"], instance) if isinstance(value, str)}
        return sorted((secret for secret in found if len(secret) >= SHORTEST_SECRET), key=len, reverse=True)


def address(one: dict[str, Any], instance: dict[str, Any]) -> str:
    module = f"{one['module']}." if one.get("module") else ""
    key = instance.get("index_key")
    return f"{module}{one['type']}.{one['name']}" + ("" if key is None else f"[{json.dumps(key)}]")


def resource(where: str, kind: str, instance: dict[str, Any]) -> dict[str, Any]:
    attributes = instance.get("attributes") or {}
    secrets = {value for value in secret_values(kind, instance) if isinstance(value, str)}

    def first(names: tuple[str, ...]) -> str | None:
        tagged = (attributes.get("tags") or {}).get("Name") if names is NAMES else None
        values = [attributes.get(name) for name in names]
        return next((value for value in [tagged, *values] if isinstance(value, str) and value and value not in secrets), None)

    arn = attributes.get("arn")
    return {
        "address": where,
        "type": kind,
        "name": first(NAMES),
        "arn": arn if isinstance(arn, str) else None,
        "reached": first(ADDRESSES),
        "tainted": instance.get("status") == "tainted",
    }


def secret_values(kind: str, instance: dict[str, Any]) -> list[Any]:
    attributes = instance.get("attributes") or {}
    names = [*SECRET, *(["value"] if kind == "aws_api_gateway_api_key" else [])]
    marked = [path[0].get("value") for path in instance.get("sensitive_attributes") or [] if len(path) == 1 and path[0].get("type") == "get_attr"]
    return [attributes.get(name) for name in [*names, *marked] if isinstance(name, str)]


def text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def alive(pid: Any) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
