"""Where the rows of an emulated RDS database lie, for whom it lets in: by its address, user, password and database name."""

import os
import re


class Databases:
    """POST /_emulator/database {"host", "port", "user", "pswd", "name"} answers {"file"}, or PostgreSQL's reason."""

    def __init__(self, folder):
        self.folder = folder

    def open(self, asked):
        found = database_at(asked["host"])
        if found is None:
            raise ValueError(f'could not translate host name "{asked["host"]}" to address: no emulated database is there')
        identity, port, user, password, name = found
        if str(asked["port"]) != str(port):
            raise ValueError(f'connection to "{asked["host"]}", port {asked["port"]} failed: Connection refused (the database has port {port})')
        if asked["user"] != user or asked["pswd"] != password:
            raise ValueError(f'FATAL: password authentication failed for user "{asked["user"]}"')
        if asked["name"] not in (name, "postgres"):
            raise ValueError(f'FATAL: database "{asked["name"]}" does not exist')
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        return {"file": os.path.join(self.folder, f"{re.sub('[^A-Za-z0-9-]', '_', identity)}.sqlite")}


def database_at(host):
    """(identity, port, user, password, name) of the instance or cluster with this address."""
    from moto.rds.models import rds_backends

    for account in list(rds_backends.values()):
        for backend in list(account.values()):
            for one in list(backend.databases.values()):
                if one.address == host and not getattr(one, "db_cluster_identifier", None):
                    return one.dbi_resource_id, one.port, one.master_username, one._master_user_password, one.db_name
            for one in list(backend.clusters.values()):
                if one.endpoint == host:
                    identity = f"{one.account_id}-{one.region}-{one.db_cluster_identifier}"
                    return identity, one.port, one.master_username, one._master_user_password, one.database_name
    return None
