import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import type { Expression, Operand } from "../../lib/hcl/expression";
import { concat, countIf, equal, ifElse, lower } from "../../lib/hcl/functions";
import { logGroup } from "../../lib/aws/log-group";
import type { Inputs } from "../../lib/contract/inputs";
import { isPostgresql } from "./checks";
import type { DatastoreInputs } from "./generated/interface";
import type { DatabaseNames } from "./names";
import type { DatabaseLogs } from "./generated/interface";

/**
 * The logs that an engine has: PostgreSQL's own, and that of upgrades, which Aurora has not.
 * Source: "Publishing database logs to Amazon CloudWatch Logs" in the Amazon RDS User Guide.
 */
export function exportedLogs(inputs: Inputs<DatastoreInputs>): string[] {
  const ofAurora = ifElse(equal(inputs.dbEngine, "aurora-postgresql"), ["postgresql"], []);
  return ifElse(isOfInstance(inputs), ["postgresql", "upgrade"], ofAurora).list;
}

/** The log groups that RDS writes to. RDS would create them itself, without an expiry and without a KMS key. */
export function logGroups(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  names: DatabaseNames,
  useAurora: IResolvable,
  logs: DatabaseLogs,
): CloudwatchLogGroup[] {
  const kind = ifElse(useAurora, "cluster", "instance");
  const group = (log: string, exists: Operand) =>
    logGroup(
      scope,
      `rds_${log}`,
      {
        count: countIf(exists),
        name: concat("/aws/rds/", kind, "/", names.database, "/", log).string,
        tags: inputs.standardTags,
      },
      logs,
    );
  return [group("postgresql", isPostgresql(inputs)), group("upgrade", isOfInstance(inputs))];
}

function isOfInstance({ dbEngine }: Inputs<DatastoreInputs>): Expression {
  return equal(lower(dbEngine), "postgres");
}
