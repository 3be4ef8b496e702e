"""Where moto's RDS answers otherwise than AWS (see corrections.py)."""

import secrets

from correcting import after


def apply():
    from moto.core.responses import ActionResult
    from moto.rds.exceptions import RDSClientError
    from moto.rds.models import DBCluster, DBClusterParameterGroup, DBInstance, DBParameterGroup, RDSBackend
    from moto.rds.responses import RDSResponse

    def from_user(answer, self, parameters):
        """AWS marks the parameters that were set: Terraform compares only those."""
        for parameter in self.parameters.values():
            parameter["Source"] = "user"
        return answer

    def reset(self, groups, key):
        """Not implemented in moto: parameters go back to their defaults."""
        group = groups[self.params[key]]
        named = {parameter["ParameterName"] for parameter in self.params.get("Parameters") or []}
        for name in named or list(group.parameters):
            group.parameters.pop(name, None)
        return ActionResult({key: group.name})

    instance, cluster = "DBParameterGroupName", "DBClusterParameterGroupName"
    RDSResponse.reset_db_parameter_group = lambda self: reset(self, self.backend.db_parameter_groups, instance)
    RDSResponse.reset_db_cluster_parameter_group = lambda self: reset(self, self.backend.db_cluster_parameter_groups, cluster)

    after(DBParameterGroup, "update_parameters")(from_user)
    after(DBClusterParameterGroup, "update_cluster_parameters")(from_user)

    scaling = DBCluster.scaling_configuration_info.fget
    DBCluster.scaling_configuration_info = property(lambda self: scaling(self) if self.scaling_configuration else None)

    @after(DBInstance, "__init__")
    def own_identity(answer, self, *args, **kwargs):
        """moto gives every instance the same resource id, by which Terraform finds it, and drops Performance Insights."""
        self.dbi_resource_id = "db-" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(26))
        self.enable_performance_insights = kwargs.get("enable_performance_insights", False)
        self.performance_insights_kms_key_id = kwargs.get("performance_insights_kms_key_id")
        self.performance_insights_retention_period = kwargs.get("performance_insights_retention_period")

    def default_group(self):
        """moto has one default group a version, and calls version 17's default.postgres; the one that was asked for is meant."""
        name = self.db_parameter_group_name
        return (name.removeprefix("default."), name) if name else original_default_group(self)

    original_default_group = DBInstance.default_db_parameter_group_details
    DBInstance.default_db_parameter_group_details = default_group

    # moto takes a restored instance for a replica of what it was restored from.
    DBInstance.read_replica_source_db_instance_identifier = property(
        lambda self: self.source_db_instance_identifier if self.is_replica else None
    )

    DBInstance.performance_insights_enabled = property(lambda self: bool(self.enable_performance_insights))

    def change_exports(answer, self, *args):
        """moto does not know how the exported logs of a database are changed."""
        settings = args[-1]
        exports = settings.get("cloudwatch_logs_export_configuration") or {}
        found = self.databases if "db_instance_identifier" in settings else self.clusters
        database = found.get(answer.resource_id, answer)
        kept = [log for log in database.enabled_cloudwatch_logs_exports if log not in exports.get("DisableLogTypes", [])]
        database.enabled_cloudwatch_logs_exports = kept + [log for log in exports.get("EnableLogTypes", []) if log not in kept]
        return answer

    original_modify = RDSBackend.modify_db_subnet_group

    def modify_subnet_group(self, subnet_name, description, subnets):
        """moto loses the group, and lets databases lose their subnets."""
        group, kept = self.subnet_groups.get(subnet_name), {subnet.id for subnet in subnets}
        members = [one for one in self.databases.values() if one.db_subnet_group_name == subnet_name]
        if group and members and any(subnet.id not in kept for subnet in group.subnets):
            raise RDSClientError("SubnetAlreadyInUse", f"Some of the subnets to be removed from {subnet_name} are in use by {members[0].db_instance_identifier}.")
        self.subnet_groups[subnet_name] = original_modify(self, subnet_name, description, subnets)
        return self.subnet_groups[subnet_name]

    RDSBackend.modify_db_subnet_group = modify_subnet_group

    original_modify_instance = RDSBackend.modify_db_instance

    def modify_instance(self, identifier, settings):
        """moto has a default parameter group from the time on when the first database asked for it, and forgets a minor version."""
        name = settings.get("db_parameter_group_name") or ""
        if name.startswith("default.") and name not in self.db_parameter_groups:
            self.create_db_parameter_group(
                {"db_parameter_group_name": name, "db_parameter_group_family": name.removeprefix("default."), "description": name}
            )
        version, database = str(settings.get("engine_version") or ""), self.databases.get(identifier)
        if version and database and str(database.engine_version).startswith(f"{version}."):
            settings["engine_version"] = database.engine_version
        return original_modify_instance(self, identifier, settings)

    RDSBackend.modify_db_instance = modify_instance

    after(RDSBackend, "modify_db_instance")(change_exports)
    after(RDSBackend, "modify_db_cluster")(change_exports)
