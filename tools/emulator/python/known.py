"""What moto works out anew for each request or account though it is always the same: worked out once."""

import functools
import json
from datetime import datetime
from typing import Any


def apply() -> None:
    from moto import backends
    from moto.core import responses
    from moto.iam import models

    names = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: names
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)

    @functools.cache
    def policies() -> dict[str, dict[str, Any]]:
        """What AWS's own policies are, by their names."""
        return {
            name: {
                "default_version_id": policy.get("DefaultVersionId"),
                "path": policy.get("Path"),
                "document": json.dumps(policy.get("Document")),
                "create_date": datetime.fromisoformat(policy["CreateDate"]),
                "update_date": datetime.fromisoformat(policy["UpdateDate"]),
            }
            for name, policy in json.loads(models.aws_managed_policies_data).items()
        }

    def policies_of(self: Any) -> list[Any]:
        place = {"account_id": self.account_id, "region": self.region_name}
        return [models.AWSManagedPolicy(name, **place, **policy) for name, policy in policies().items()]

    models.IAMBackend._init_aws_policies = policies_of
