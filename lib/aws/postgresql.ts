import type { Rule } from "../contract/contract";
import { oneOf } from "../contract/rules";
import { all, notEqual, everyEntry, lower, matches, not } from "../hcl/functions";

/**
 * What RDS refuses as a name in a PostgreSQL database, in lower case: PostgreSQL's reserved key words (also those that
 * "can be function or type"), its own roles, and those of RDS.
 * Sources: "CreateDBInstance", DBName and MasterUsername, in the Amazon RDS API Reference; "SQL Key Words" and "CREATE
 * ROLE" in the PostgreSQL documentation.
 */
const RESERVED_DATABASE_NAMES =
  "^(pg_.*|admin|rdsadmin|rds_superuser|rds_replication|public|none|all|analy[sz]e|and|any|array|as|asc|asymmetric|" +
  "authorization|binary|both|case|cast|check|collate|collation|column|concurrently|constraint|create|cross|" +
  "current_(catalog|date|role|schema|time|timestamp|user)|default|deferrable|desc|distinct|do|else|end|except|false|" +
  "fetch|for|foreign|freeze|from|full|grant|group|having|ilike|in|initially|inner|intersect|into|is|isnull|join|" +
  "lateral|leading|left|like|limit|localtime|localtimestamp|natural|not|notnull|null|offset|on|only|or|order|outer|" +
  "overlaps|placing|primary|references|returning|right|select|session_user|similar|some|symmetric|system_user|table|" +
  "tablesample|then|to|trailing|true|union|unique|user|using|variadic|verbose|when|where|window|with)$";

/** A database's or user's name in PostgreSQL on RDS. */
export const postgresqlName: Rule = {
  allowed:
    "1 to 63 ASCII letters, digits and underscores, beginning with a letter, and no word that PostgreSQL reserves",
  test: (name) =>
    all(matches("^[A-Za-z][A-Za-z0-9_]{0,62}$", name), not(matches(RESERVED_DATABASE_NAMES, lower(name)))),
};

/**
 * Parameters of PostgreSQL that RDS can apply at once. The parameters that PostgreSQL reads only at its start are refused in
 * every version, because the parameter group applies them immediately.
 * Sources: "Parameter", ApplyMethod, in the Amazon RDS API Reference; "Working with parameters on your RDS for PostgreSQL
 * DB instance" in the Amazon RDS User Guide.
 */
export const dynamicParameters: Rule = {
  allowed:
    "a map of names of PostgreSQL's parameters to values that are not null; a static parameter, which takes a restart " +
    "(max_connections, shared_buffers, shared_preload_libraries, rds.logical_replication and others), cannot be set at once",
  test: (map) =>
    everyEntry(map, (name, value) =>
      all(
        matches("^[A-Za-z_][A-Za-z0-9_$]*([.][A-Za-z_][A-Za-z0-9_$]*)?$", name),
        not(matches(STATIC, name)),
        notEqual(value, null),
      ),
    ),
};

const STATIC =
  "^(autovacuum_freeze_max_age|autovacuum_multixact_freeze_max_age|huge_pages|max_connections|max_files_per_process|" +
  "max_locks_per_transaction|max_logical_replication_workers|max_pred_locks_per_transaction|max_prepared_transactions|" +
  "max_replication_slots|max_wal_senders|max_worker_processes|rds[.]logical_replication|shared_buffers|" +
  "shared_preload_libraries|superuser_reserved_connections|track_activity_query_size|track_commit_timestamp|" +
  "wal_buffers)$";

/** libpq's sslmode. Source: "SSL Support" in the PostgreSQL documentation. */
export const sslMode = oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
