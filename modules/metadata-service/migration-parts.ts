import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Place } from "../../lib/aws/location";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/** The code of the function, by its path in the project. */
export const MIGRATION_SOURCE = "lambda/db_migrate/index.py";
/** The same in a zip file, which `npm run generate` writes. */
export const MIGRATION_ARCHIVE = "lambda/db_migrate/index.zip";

/** What the migration needs of the module's other parts. */
export interface MigrationParts {
  readonly names: MetadataServiceNames;
  readonly balancer: Lb;
  /** The function's. */
  readonly securityGroup: SecurityGroup;
  readonly location: Place;
  /** The function's source, `index.py`. */
  readonly source: string;
  readonly options: MetadataServiceOptions;
}
