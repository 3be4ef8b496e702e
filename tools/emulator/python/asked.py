"""What was asked of roles: each permission that a call needed, whether the role has it, and for what.

    GET /_emulator/permissions      [{"account": "123456789012", "role": "metaflow-batch-job-prod", "action": "s3:GetObject", "allowed": 12, "denied": 0,
                                      "resources": ["arn:aws:s3:::…"]}, …]
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

#: Of an action, the resources that it was last asked for. A flow reads and writes thousands of objects.
RESOURCES = 200


@dataclass
class Permission:
    allowed: int = 0
    denied: int = 0
    resources: dict[str, None] = field(default_factory=dict)


class Asked:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.permissions: dict[tuple[str, str, str], Permission] = {}

    def note(self, account: str, role: str, action: str, resource: str, allowed: bool) -> None:
        with self.lock:
            found = self.permissions.setdefault((account, role.rpartition("/")[2], action), Permission())
            found.allowed += allowed
            found.denied += not allowed
            found.resources.pop(resource, None)
            found.resources[resource] = None
            if len(found.resources) > RESOURCES:
                del found.resources[next(iter(found.resources))]

    def state(self) -> list[dict[str, Any]]:
        with self.lock:
            return [
                {"account": account, "role": role, "action": action, "allowed": one.allowed, "denied": one.denied, "resources": list(one.resources)}
                for (account, role, action), one in sorted(self.permissions.items())
            ]


#: As the roles are moto's, so is what was asked of them: one for all.
asked = Asked()
