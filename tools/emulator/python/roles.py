"""Roles: what one may do, by its inline policies and those attached to it, who may take it, and the sessions of those who did.

A session's calls are checked (permissions.py); calls with other access keys are an operator's, who may do everything.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from asked import asked
from policies import Context, trusts, verdict

SESSION_SECONDS = 6 * 3600
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class NotTrusted(Exception):
    """Why a role is not assumed."""


def role_of(account: str, arn: str | None) -> Any:
    from moto.iam.models import iam_backends

    for backend in list(iam_backends[account].values()):
        for role in list(backend.roles.values()):
            if arn is not None and role.arn == arn:
                return role
    return None


def documents(role: Any) -> list[str]:
    return [*role.policies.values(), *(in_force(policy) for policy in role.managed_policies.values())]


def in_force(policy: Any) -> str:
    return next(str(version.document) for version in policy.versions if version.is_default)


def allows(account: str, arn: str | None, action: str, resource: str, context: Context | None = None) -> bool:
    """Whether the role of this ARN may do this."""
    role = role_of(account, arn)
    if role is None:
        return False
    allowed = has(role, account, action, resource, context)
    asked.note(account, role.arn, action, resource, allowed)
    return allowed


def has(role: Any, account: str, action: str, resource: str, context: Context | None) -> bool:
    known = {"aws:principalaccount": account, "aws:securetransport": "true", **(context or {})}
    boundary = role.permissions_boundary_arn
    bounded = not boundary or verdict([boundary_of(account, boundary)], action, resource, known) == "Allow"
    return bounded and verdict(documents(role), action, resource, known) == "Allow"


def boundary_of(account: str, arn: str) -> str | dict[str, Any]:
    from moto.iam.models import iam_backends

    policies = (backend.managed_policies.get(arn) for backend in iam_backends[account].values())
    return next((in_force(policy) for policy in policies if policy), {})


@dataclass
class Session:
    """Somebody who acts as a role."""

    account: str
    role: str
    name: str
    key: str = field(default_factory=lambda: "ASIA" + "".join(secrets.choice(ALPHABET) for _ in range(16)))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(30))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(200))
    #: Of the page on which a container finds its credentials.
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def arn(self) -> str:
        partition = self.role.split(":")[1]
        return f"arn:{partition}:sts::{self.account}:assumed-role/{self.role.rpartition('/')[2]}/{self.name}"

    def may(self, action: str, resource: str, context: Context) -> bool:
        return allows(self.account, self.role, action, resource, {"aws:principalarn": self.role, **context})

    def credentials(self) -> dict[str, str]:
        """As ECS answers a container that asks for its role's."""
        expiration = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + SESSION_SECONDS))
        return {"RoleArn": self.role, "AccessKeyId": self.key, "SecretAccessKey": self.secret, "Token": self.token, "Expiration": expiration}


class Sessions:
    """The sessions that there are."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.by_key: dict[str, Session] = {}
        self.closed: set[str] = set()

    def open(self, account: str, role: str, service: str, name: str, source: str = "") -> Session:
        """A session of a service that acts as a role. @throws NotTrusted where the role does not let it"""
        found = role_of(account, role)
        context = {"aws:sourceaccount": account, **({"aws:sourcearn": source} if source else {})}
        if found is None or not trusts(found.assume_role_policy_document, service, context):
            reason = "there is no such role" if found is None else f"its trust policy does not let {service}"
            raise NotTrusted(f"{service} cannot assume the role {role}: {reason}")
        session = Session(account, role, name)
        with self.lock:
            self.by_key[session.key] = session
        return session

    def close(self, session: Session | None) -> None:
        with self.lock:
            if session:
                self.by_key.pop(session.key, None)
                self.closed.add(session.key)

    def of(self, key: str) -> Session | None:
        """Whose access key it is."""
        found = self.by_key.get(key)
        return found or (assumed(key) if key.startswith("ASIA") else None)

    def at(self, page: str) -> Session | None:
        return next((session for session in list(self.by_key.values()) if session.id == page), None)


def assumed(key: str) -> Session | None:
    """A session that somebody opened by sts:AssumeRole."""
    from moto.sts.models import sts_backends

    for backends in list(sts_backends.values()):
        for backend in list(backends.values()):
            for one in backend.assumed_roles:
                if one.access_key_id == key:
                    return Session(one.account_id, one.role_arn, one.session_name, key)
    return None
