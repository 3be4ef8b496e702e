"""What AWS's own service models say of a request: which operation it is, with which parameters, and what is wrong with these.

The models are botocore's. A parameter that is unknown, missing, of another type, out of its bounds, not of its enumeration or not of its
pattern is refused as AWS refuses it. Bodies that are a file (an object of S3) are not read. What AWS answers is read by the same models.
"""

import functools
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

import regex

# What a credential scope calls otherwise than botocore.
MODEL_OF = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
}

# What AWS refuses though its models allow it. CreateSecurityGroup in the Amazon EC2 API Reference.
PATTERNS = {("ec2", "CreateSecurityGroup"): {"Description": r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}"}}

# The SDKs name the operation in the query for logs.
OPERATION_ID = "x-id"


@dataclass
class Request:
    """A request as its service's model reads it."""

    service: str
    operation: str
    parameters: dict
    problems: list = field(default_factory=list)


def read(service, environ):
    """The request, or None where there is no model of it. Its body stays readable."""
    model = model_of(service)
    if model is None:
        return None
    target, content_type = environ.get("HTTP_X_AMZ_TARGET", ""), environ.get("CONTENT_TYPE", "")
    if target:
        return from_json(model, target.rpartition(".")[2], environ)
    if content_type.startswith("application/x-www-form-urlencoded"):
        return from_form(model, environ)
    return from_rest(model, environ) if model.protocol.startswith("rest-") else None


@functools.lru_cache(None)
def model_of(service):
    from botocore.exceptions import UnknownServiceError
    from moto.core.utils import get_service_model

    try:
        return get_service_model(MODEL_OF.get(service, service))
    except UnknownServiceError:
        return None


def body_of(environ):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def checked(model, operation, parameters, problems):
    shape = operation.input_shape
    if shape is not None:
        check(shape, parameters, "", problems)
    for name, pattern in PATTERNS.get((model.service_name, operation.name), {}).items():
        if not regex.fullmatch(pattern, str(parameters.get(name, ""))):
            problems.append(f"{name} is {parameters[name]!r}, which does not match {pattern}")
    return Request(model.service_name, operation.name, parameters, problems)


# Bodies of JSON


def from_json(model, name, environ):
    if name not in model.operation_names:
        return None
    operation = model.operation_model(name)
    problems: list[str] = []
    parameters = json.loads(body_of(environ) or b"{}")
    if operation.input_shape is None:
        return Request(model.service_name, name, parameters)
    return checked(model, operation, parsed_json(operation.input_shape, parameters, "", problems), problems)


def parsed_json(shape, value, path, problems):
    """The same with the model's names."""
    kind = shape.type_name
    if value is None or (kind == "structure" and shape.is_document_type):
        return value
    if kind == "structure" and isinstance(value, dict):
        members = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        for key in value.keys() - members.keys():
            problems.append(f"{joined(path, key)} is no parameter")
        return {
            members[key][0]: parsed_json(members[key][1], item, joined(path, key), problems)
            for key, item in value.items()
            if key in members and item is not None
        }
    if kind == "list" and isinstance(value, list):
        return [parsed_json(shape.member, item, f"{path}[{index}]", problems) for index, item in enumerate(value)]
    if kind == "map" and isinstance(value, dict):
        return {key: parsed_json(shape.value, item, joined(path, key), problems) for key, item in value.items()}
    return value


# Forms


def from_form(model, environ):
    form = dict(parse_qsl(body_of(environ).decode(), keep_blank_values=True))
    name = form.pop("Action", "")
    form.pop("Version", None)
    if name not in model.operation_names:
        return None
    operation = model.operation_model(name)
    problems: list[str] = []
    tree: dict[str, Any] = {}
    for key, value in form.items():
        node = tree
        for part in key.split("."):
            node = node.setdefault(part, {})
        node[""] = value
    shape = operation.input_shape
    if shape is None:
        return Request(model.service_name, name, form)
    parameters = parsed_form(shape, tree, "", problems, ec2_name if model.protocol == "ec2" else query_name)
    return checked(model, operation, parameters, problems)


def ec2_name(name, member):
    written = member.serialization.get("name", name)
    return member.serialization.get("queryName", written[0].upper() + written[1:])


def query_name(name, member):
    if member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name", member.serialization.get("name", name))
    return member.serialization.get("name", name)


def parsed_form(shape, node, path, problems, name_of):
    kind = shape.type_name
    if kind == "structure":
        members = {name_of(name, member): (name, member) for name, member in shape.members.items()}
        for key in node.keys() - members.keys() - {""}:
            problems.append(f"{joined(path, key)} is no parameter")
        return {
            members[key][0]: parsed_form(members[key][1], child, joined(path, key), problems, name_of)
            for key, child in node.items()
            if key in members
        }
    if kind == "list":
        is_flat = name_of is ec2_name or shape.serialization.get("flattened")
        items = node if is_flat else node.get(shape.member.serialization.get("name", "member"), {})
        return [
            parsed_form(shape.member, items[key], f"{path}[{int(key) - 1}]", problems, name_of)
            for key in sorted((key for key in items if key.isdigit()), key=int)
        ]
    if kind == "map":
        items = node if shape.serialization.get("flattened") else node.get("entry", {})
        key_name, value_name = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        return {
            item.get(key_name, {}).get("", ""): parsed_form(shape.value, item.get(value_name, {}), path, problems, name_of)
            for key, item in items.items()
            if key
        }
    return from_text(shape, node.get("", ""))


def from_text(shape, text):
    """The value that a text stands for; the text itself where it stands for none."""
    kind = shape.type_name
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        return int(text) if kind in ("integer", "long") else float(text) if kind in ("float", "double") else text
    except ValueError:
        return text


# REST


def from_rest(model, environ):
    raw = environ.get("REQUEST_URI") or environ.get("RAW_URI") or environ["PATH_INFO"]
    path = raw.partition("?")[0]
    query: dict[str, list[str]] = {}
    for key, value in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True):
        query.setdefault(key, []).append(value)
    query.pop(OPERATION_ID, None)
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    found = None
    for route in routes(model.service_name):
        labels = route.match(environ["REQUEST_METHOD"], path, query, headers)
        if labels is not None:
            found = route, labels
            break
    if found is None:
        return None
    (route, labels), problems = found, []
    operation, shape = route.operation, route.operation.input_shape
    if shape is None:
        return Request(model.service_name, operation.name, {})
    known, parameters, in_body = set(route.literals), {}, {}
    for name, member in shape.members.items():
        place, written = member.serialization.get("location"), member.serialization.get("name", name)
        if place == "uri":
            parameters[name] = from_text(member, unquote(labels[written]))
        elif place == "querystring":
            known.add(written)
            if member.type_name == "list" and written in query:
                parameters[name] = [from_text(member.member, value) for value in query[written]]
            elif member.type_name == "map":
                known.update(query)
            elif written in query:
                parameters[name] = from_text(member, query[written][0])
        elif place == "header":
            if written.lower() in headers:
                parameters[name] = from_text(member, headers[written.lower()])
        elif place != "headers":
            in_body[name] = member
    for key in query.keys() - known:
        problems.append(f"{key} is no parameter")
    parameters |= from_body(model, shape, in_body, environ, problems)
    return checked(model, operation, parameters, problems)


def from_body(model, shape, members, environ, problems):
    payload = shape.serialization.get("payload")
    if payload is not None and shape.members[payload].type_name != "structure":
        # Of a file the model says nothing; that it is there is all that matters.
        return {payload: b"" if shape.members[payload].type_name == "blob" else body_of(environ).decode()}
    body = body_of(environ) if members else b""
    if not body:
        return {}
    if model.protocol == "rest-json":
        value = json.loads(body)
        if payload is not None:
            return {payload: parsed_json(shape.members[payload], value, payload, problems)}
        written = {member.serialization.get("name", name): (name, member) for name, member in members.items()}
        for key in value.keys() - written.keys():
            problems.append(f"{key} is no parameter")
        return {
            written[key][0]: parsed_json(written[key][1], item, key, problems)
            for key, item in value.items()
            if key in written and item is not None
        }
    root = ElementTree.fromstring(body)
    return {payload: parsed_xml(shape.members[payload], root, payload, problems)} if payload else {}


def parsed_xml(shape, element, path, problems):
    kind = shape.type_name
    if kind == "structure":
        members = {}
        value: dict[str, Any] = {}
        for name, member in shape.members.items():
            if member.serialization.get("xmlAttribute"):
                value[name] = next((text for key, text in element.attrib.items() if local_name(key) == member.serialization["name"].partition(":")[2]), "")
                continue
            is_flat = member.type_name == "list" and member.serialization.get("flattened")
            written = member.serialization.get("name", name)
            members[member.member.serialization.get("name", written) if is_flat else written] = (name, member, is_flat)
        for child in element:
            key = local_name(child.tag)
            if key not in members:
                problems.append(f"{joined(path, key)} is no parameter")
                continue
            name, member, is_flat = members[key]
            if is_flat:
                items = value.setdefault(name, [])
                items.append(parsed_xml(member.member, child, f"{joined(path, key)}[{len(items)}]", problems))
            else:
                value[name] = parsed_xml(member, child, joined(path, key), problems)
        return value
    if kind == "list":
        return [parsed_xml(shape.member, child, f"{path}[{index}]", problems) for index, child in enumerate(element)]
    return from_text(shape, element.text or "")


def local_name(tag):
    return tag.rpartition("}")[2]


class Route:
    """Which requests are an operation's."""

    def __init__(self, operation):
        self.operation, self.method = operation, operation.http["method"]
        path, _, query = operation.http["requestUri"].partition("?")
        self.literals = dict(parse_qsl(query, keep_blank_values=True))
        parts = regex.split(r"\{(\w+)(\+?)\}", path.rstrip("/"))
        pattern = regex.escape(parts[0])
        for label, greedy, text in zip(parts[1::3], parts[2::3], parts[3::3]):
            pattern += f"(?P<{label}>{'.+' if greedy else '[^/]+'}){regex.escape(text)}"
        self.pattern = regex.compile(f"{pattern}/?")
        members = operation.input_shape.members.items() if operation.input_shape else ()
        required = operation.input_shape.required_members if operation.input_shape else ()
        self.needed = [
            (member.serialization["location"], member.serialization.get("name", name))
            for name, member in members
            if name in required and member.serialization.get("location") in ("querystring", "header")
        ]
        # The most particular one comes first, and a deprecated one after what has taken its place.
        self.rank = (bool(operation.deprecated), -len(self.literals), -len(self.needed), len(parts), -len(path))

    def match(self, method, path, query, headers):
        found = self.pattern.fullmatch(path) if method == self.method else None
        if found is None or any(key not in query or (value and value not in query[key]) for key, value in self.literals.items()):
            return None
        if any(name not in query if place == "querystring" else name.lower() not in headers for place, name in self.needed):
            return None
        return found.groupdict()


@functools.lru_cache(None)
def routes(service):
    model = model_of(service)
    return sorted((Route(model.operation_model(name)) for name in model.operation_names), key=lambda route: route.rank)


# Answers


def answer(service, operation, body, status, headers):
    """An answer to an operation as the service's model reads it; that of an error is `{"Error": {…}}`, and a file is not read."""
    from botocore.parsers import create_parser

    model = model_of(service)
    shape = model.operation_model(operation).output_shape
    payload = shape.serialization.get("payload") if shape else None
    if status < 300 and payload and shape.members[payload].type_name == "blob":
        return {}
    response = {"status_code": status, "headers": {key.lower(): value for key, value in headers.items()}, "body": body, "context": {}}
    parsed = create_parser(protocol_of(model, response["headers"])).parse(response, shape)
    return {key: value for key, value in parsed.items() if key != "ResponseMetadata"}


def protocol_of(model, headers):
    """The protocol of an answer: a service that speaks several, as CloudWatch does, answers a form in XML."""
    answers_a_form = "query" in model.metadata.get("protocols", ()) and "xml" in headers.get("content-type", "")
    return "query" if answers_a_form else model.protocol


# Checks

TYPES: dict[str, Any] = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "character": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}


def check(shape, value, path, problems):
    kind, rules = shape.type_name, shape.metadata
    expected = TYPES.get(kind)
    if expected is None or (kind == "structure" and shape.is_document_type):
        return
    if not isinstance(value, expected) or (isinstance(value, bool) and kind != "boolean"):
        problems.append(f"{path} is {json.dumps(value, default=str)}, and not of type {kind}")
        return
    if kind == "structure":
        for name in shape.required_members:
            if name not in value:
                problems.append(f"{joined(path, name)} is missing")
        for name, item in value.items():
            check(shape.members[name], item, joined(path, name), problems)
    elif kind == "list":
        for index, item in enumerate(value):
            check(shape.member, item, f"{path}[{index}]", problems)
    elif kind == "map":
        for key, item in value.items():
            check(shape.key, key, joined(path, key), problems)
            check(shape.value, item, joined(path, key), problems)
    elif kind == "string" and not shape.metadata.get("sensitive"):
        if rules.get("enum") and value not in rules["enum"]:
            problems.append(f"{path} is {value!r}, and none of {', '.join(rules['enum'])}")
        if rules.get("pattern") and not compiled(rules["pattern"]).fullmatch(value):
            problems.append(f"{path} is {value!r}, which does not match {rules['pattern']}")
    check_bounds(kind, rules, value, path, problems)


def check_bounds(kind, rules, value, path, problems):
    size = value if kind in ("integer", "long", "float", "double") else len(value) if kind in ("string", "list", "map") else None
    if size is None:
        return
    what = "" if size is value else "the length of "
    if "min" in rules and size < rules["min"]:
        problems.append(f"{what}{path} is {size}, and less than {rules['min']}")
    if "max" in rules and size > rules["max"]:
        problems.append(f"{what}{path} is {size}, and more than {rules['max']}")


@functools.lru_cache(None)
def compiled(pattern):
    """The pattern; one that fits all where the model's is of another dialect."""
    try:
        return regex.compile(pattern)
    except regex.error:
        return regex.compile("(?s).*")


def joined(path, name):
    return f"{path}.{name}" if path else name
