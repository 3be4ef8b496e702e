import type { Rule } from "../contract/contract";
import { all, differ, everyEntry, matches, not } from "../hcl/functions";

/**
 * The parameters of PostgreSQL that RDS takes at once. Those that PostgreSQL reads only when it starts are refused, in
 * every version: the parameter group has them applied immediately.
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
        differ(value, null),
      ),
    ),
};

const STATIC =
  "^(autovacuum_freeze_max_age|autovacuum_multixact_freeze_max_age|huge_pages|max_connections|max_files_per_process|" +
  "max_locks_per_transaction|max_logical_replication_workers|max_pred_locks_per_transaction|max_prepared_transactions|" +
  "max_replication_slots|max_wal_senders|max_worker_processes|rds[.]logical_replication|shared_buffers|" +
  "shared_preload_libraries|superuser_reserved_connections|track_activity_query_size|track_commit_timestamp|" +
  "wal_buffers)$";
