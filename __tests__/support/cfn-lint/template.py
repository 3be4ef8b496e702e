"""AWS's requests as a CloudFormation template, by the schemas of its types that cfn-lint has."""

import json

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from operations import OPERATIONS, READS

# Where an answer calls an attribute of a type otherwise.
ATTRIBUTES = {("AWS::SecretsManager::Secret", "Id"): "arn"}


class Schema:
    """The schema of a resource type."""

    def __init__(self, region, name):
        self.name = name
        self.content = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, name).schema

    def resolved(self, schema):
        while "$ref" in schema:
            node = self.content
            for part in schema["$ref"].removeprefix("#/").split("/"):
                node = node[part]
            schema = node
        return schema

    def top_level(self, kind):
        """The names of the properties that are `readOnlyProperties` or in the `primaryIdentifier`."""
        return [path.removeprefix("/properties/") for path in self.content.get(kind) or [] if path.count("/") == 2]

    def attributes(self, answer):
        """Those of the type's attributes that an answer has: `{"Arn": "arn:…"}`."""
        leaves, found = {name.lower(): value for name, value in texts(answer)}, {}
        for name in self.top_level("readOnlyProperties"):
            if self.resolved(self.content["properties"][name]).get("type") != "string":
                continue
            short = self.name.rpartition("::")[2]
            alone = ["id"] if name in self.top_level("primaryIdentifier") and name.endswith("Id") else []
            candidates = [ATTRIBUTES.get((self.name, name)), name.lower(), f"{short}{name}".lower(), *alone]
            found |= next(({name: leaves[one]} for one in candidates if one in leaves), {})
        return found


def texts(value):
    """The texts of an answer, by name, the outermost last: they win."""
    if isinstance(value, list):
        for item in value[:1]:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from texts(item)
        yield from ((name, item) for name, item in value.items() if isinstance(item, str))


class Template:
    """A template that grows with each request."""

    def __init__(self, region):
        self.region, self.resources, self.schemas, self.not_covered = region, {}, {}, set()
        # What identifies each resource, and its attributes by their values.
        self.known, self.attributes = {}, {}

    def add(self, call):
        name = f"{call['service']}:{call['operation']}"
        if call["operation"].startswith(READS) or "Error" in call.get("answer", {"Error": {}}):
            return
        operation = OPERATIONS.get(name)
        if operation is None:
            self.not_covered.add(name)
            return
        parameters = json.loads(json.dumps(call["parameters"]))
        # EC2's way to tag what is made.
        for tags in parameters.pop("TagSpecifications", []):
            parameters.setdefault("Tags", []).extend(tags["Tags"])
        for one in operation.shape(parameters):
            if operation.by:
                self.change(name, operation, one)
            else:
                self.make(name, operation, one, call["answer"])

    def make(self, name, operation, parameters, answer):
        schema = self.schema(operation.type)
        properties = self.fitted(schema, schema.content, parameters, name)
        number = 1 + sum(resource["Type"] == operation.type for resource in self.resources.values())
        logical = f"{operation.type.removeprefix('AWS::').replace('::', '')}{number}"
        self.resources[logical] = {"Type": operation.type, "Properties": properties}
        attributes = schema.attributes(answer)
        identifiers = [properties[one] for one in schema.top_level("primaryIdentifier") if one in properties]
        self.known[logical] = {*attributes.values(), *identifiers}
        self.attributes |= {value: (logical, attribute) for attribute, value in attributes.items()}

    def change(self, name, operation, parameters):
        wanted = {parameters.pop(one) for one in operation.by}
        for logical, resource in self.resources.items():
            if resource["Type"] == operation.type and wanted <= self.known[logical]:
                schema = self.schema(operation.type)
                merge(resource["Properties"], self.fitted(schema, schema.content, parameters, name))
                return
        self.not_covered.add(f"{name} of what was there before")

    def schema(self, name):
        if name not in self.schemas:
            self.schemas[name] = Schema(self.region, name)
        return self.schemas[name]

    def fitted(self, schema, part, value, path):
        """A parameter as the schema's part has it. What it does not have is noted, and left out."""
        part = schema.resolved(part)
        kinds = part.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if isinstance(value, str) and "object" in kinds and value.startswith("{"):
            return json.loads(value)
        if isinstance(value, dict) and "array" in kinds:
            value = [{"Key": name, "Value": item} for name, item in value.items()]
        if isinstance(value, list):
            return [self.fitted(schema, part.get("items", {}), item, path) for item in value]
        if not isinstance(value, dict) or "properties" not in part:
            return typed(kinds, value)
        names, properties = {name.lower(): name for name in part["properties"]}, {}
        for parameter, item in value.items():
            name = names.get(parameter.lower())
            inner = f"{path}{'.' if ' ' in path else ' '}{name or parameter}"
            if name is None or (isinstance(item, str) and self.is_object(schema, part["properties"][name]) and not item.startswith("{")):
                self.not_covered.add(inner)
            else:
                properties[name] = self.fitted(schema, part["properties"][name], item, inner)
        return properties

    @staticmethod
    def is_object(schema, part):
        return schema.resolved(part).get("type") == "object"

    def body(self):
        """The template, in which a resource's attributes are references to it."""
        resources = {
            logical: {"Type": resource["Type"], "Properties": self.referring(logical, resource["Properties"])}
            for logical, resource in self.resources.items()
        }
        return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}

    def referring(self, own, value, property=""):
        if isinstance(value, dict):
            return {name: self.referring(own, item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.referring(own, item, property) for item in value]
        logical, attribute = self.attributes.get(value, (own, "")) if isinstance(value, str) else (own, "")
        if logical != own:
            return {"Fn::GetAtt": [logical, attribute]}
        named = self.named(own, value, property)
        return {"Ref": named} if named else value

    def named(self, own, value, property):
        """The resource whose name a property of that name has: a role's policy has the RoleName of the role."""
        for logical, resource in self.resources.items():
            identifier = self.schema(resource["Type"]).top_level("primaryIdentifier")
            if logical != own and identifier == [property] and resource["Properties"].get(property) == value:
                return logical
        return None


def typed(kinds, value):
    """Query parameters and attributes are texts, some numbers of requests are texts in templates."""
    if isinstance(value, str) and value in ("true", "false") and "boolean" in kinds and "string" not in kinds:
        return value == "true"
    if isinstance(value, str) and "string" not in kinds and value.lstrip("-").replace(".", "", 1).isdigit():
        return int(value) if "integer" in kinds else float(value) if "number" in kinds else value
    if isinstance(value, int) and not isinstance(value, bool) and kinds == ["string"]:
        return str(value)
    return value


def merge(target, source):
    for name, value in source.items():
        if isinstance(value, dict) and isinstance(target.get(name), dict):
            merge(target[name], value)
        elif isinstance(value, list) and isinstance(target.get(name), list):
            target[name] += [item for item in value if item not in target[name]]
        else:
            target[name] = value
