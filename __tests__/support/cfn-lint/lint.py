"""What cfn-lint finds in the requests of applies.

    python lint.py < [[{"service": …, "operation": …, "parameters": {…}, "answer": {…}}, …], …]

prints, for each list of calls, {"types": {TYPE: how many}, "notCovered": ["OPERATION PARAMETER", …], "findings": [{"rule": …, "type": …,
"property": …, "message": …}, …]}.
"""

import json
import sys
from collections import Counter

from cfnlint.api import lint
from template import Template

REGION = "us-west-2"


def main():
    print(json.dumps([linted(calls) for calls in json.load(sys.stdin)]))


def linted(calls):
    template = Template(REGION)
    for call in calls:
        template.add(call)
    body = template.body()
    return {
        "types": Counter(resource["Type"] for resource in body["Resources"].values()),
        "notCovered": sorted(template.not_covered),
        "findings": [finding(match, body) for match in lint(json.dumps(body), regions=[REGION])],
    }


def finding(match, body):
    """A finding, with the type of its resource: the resources' names follow the order of the calls, which changes."""
    section, logical, _, *path = [*(match.path or []), "", "", ""]
    resource = body["Resources"].get(logical, {}) if section == "Resources" else {}
    return {
        "rule": match.rule.id,
        "type": resource.get("Type", ""),
        "property": ".".join(str(part) for part in path if part != ""),
        "message": match.message,
    }


main()
