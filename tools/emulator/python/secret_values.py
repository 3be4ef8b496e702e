"""Secrets that ECS gives to containers, as the role that starts them may read them."""

from __future__ import annotations

import json
import re
from typing import Any

from roles import allows

SOURCE = re.compile(r"(?P<arn>arn:[^:]+:secretsmanager:(?P<region>[^:]+):\d+:secret:[^:]+)(?::(?P<key>[^:]*))?")


class NoSecret(Exception):
    """Why a secret is not given, in the words of ECS."""


def secret_value(account: str, role: str | None, source: str, locked: Any) -> str:
    """A secret's value, or that of one of its keys."""
    from moto.secretsmanager.models import secretsmanager_backends

    found = SOURCE.match(source)
    if not found:
        raise NoSecret(f"ResourceInitializationError: the emulated ECS reads secrets of Secrets Manager alone, not {source}")
    if not allows(account, role, "secretsmanager:GetSecretValue", found["arn"]):
        raise NoSecret(
            f"ResourceInitializationError: unable to pull secrets: AccessDeniedException: {role} is not authorized to perform: "
            f"secretsmanager:GetSecretValue on resource: {found['arn']}"
        )
    try:
        with locked:
            value = secretsmanager_backends[account][found["region"]].get_secret_value(found["arn"], "", "")["SecretString"]
        return str(json.loads(value)[found["key"]] if found["key"] else value)
    except Exception as failure:
        raise NoSecret(f"ResourceInitializationError: unable to pull secrets: {failure!r}") from failure
