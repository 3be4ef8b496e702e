"""What IAM's policies say of a call, by its action, its resource and what is known of it for conditions."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

Context = Mapping[str, str]


def verdict(documents: Iterable[str | Mapping[str, Any]], action: str, resource: str, context: Context) -> str | None:
    """Deny where a statement denies it, Allow where one allows it and none denies it, else None."""
    found = None
    for document in documents:
        parsed = json.loads(document) if isinstance(document, str) else document
        for statement in listed(parsed.get("Statement")):
            if concerns(statement, action, resource, context):
                if statement["Effect"] == "Deny":
                    return "Deny"
                found = "Allow"
    return found


def concerns(statement: Mapping[str, Any], action: str, resource: str, context: Context) -> bool:
    actions = listed(statement.get("Action"))
    if actions and not any(like(pattern.lower(), action.lower()) for pattern in actions):
        return False
    if any(like(pattern.lower(), action.lower()) for pattern in listed(statement.get("NotAction"))):
        return False
    resources = listed(statement.get("Resource"))
    if resources and not any(like(filled(pattern, context), resource) for pattern in resources):
        return False
    if any(like(filled(pattern, context), resource) for pattern in listed(statement.get("NotResource"))):
        return False
    return met(statement.get("Condition") or {}, context)


def trusts(document: str, service: str, context: Context) -> bool:
    """Whether a role's trust policy lets a service assume the role."""
    statements = [
        {key: value for key, value in statement.items() if key != "Principal"}
        for statement in listed(json.loads(document).get("Statement"))
        if is_principal(statement.get("Principal"), service)
    ]
    return verdict([{"Statement": statements}], "sts:AssumeRole", "", context) == "Allow"


def is_principal(principal: Any, service: str) -> bool:
    return principal == "*" or (isinstance(principal, dict) and service in listed(principal.get("Service")))


def filled(pattern: str, context: Context) -> str:
    """The pattern with its policy variables: ${aws:PrincipalAccount}."""
    return re.sub(r"\$\{([\w:/.-]+)\}", lambda found: context.get(found[1].lower(), found[0]), pattern)


def met(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """Whether all conditions are met. Keys of the context are in small letters, as IAM heeds no case in them."""
    return all(
        holds(operator, context.get(key.lower()), [str(value) if not isinstance(value, bool) else str(value).lower() for value in listed(values)])
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def holds(operator: str, actual: str | None, values: list[str]) -> bool:
    name = operator.rpartition(":")[2]
    base = name.removesuffix("IfExists")
    if base == "Null":
        return (actual is None) == (values == ["true"])
    negated = "Not" in base
    if actual is None:
        # What is not known is unequal to everything; ForAllValues and IfExists hold without a value.
        return negated or name != base or operator.startswith("ForAllValues:")
    equal = any(equals(base.replace("Not", ""), actual, value) for value in values)
    return equal != negated


def equals(operator: str, actual: str, value: str) -> bool:
    if operator in ("StringLike", "ArnLike", "ArnEquals"):
        return like(value, actual)
    if operator == "StringEqualsIgnoreCase":
        return actual.lower() == value.lower()
    if operator == "Bool":
        return actual.lower() == value.lower()
    if operator == "IpAddress":
        return ipaddress.ip_address(actual) in ipaddress.ip_network(value, strict=False)
    if operator.startswith("Numeric"):
        left, right = float(actual), float(value)
        compared = {"Equals": left == right, "LessThan": left < right, "LessThanEquals": left <= right}
        return {**compared, "GreaterThan": left > right, "GreaterThanEquals": left >= right}[operator.removeprefix("Numeric")]
    return actual == value


def like(pattern: str, text: str) -> bool:
    return compiled(pattern).fullmatch(text) is not None


@lru_cache(4096)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in re.split(r"([*?])", pattern)), re.DOTALL)


def listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
