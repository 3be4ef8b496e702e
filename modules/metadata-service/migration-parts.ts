import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Location } from "./api-policy";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/** What the migration needs of the module's other parts. */
export interface MigrationParts {
  readonly names: MetadataServiceNames;
  readonly balancer: Lb;
  /** The function's. */
  readonly securityGroup: SecurityGroup;
  readonly location: Location;
  /** The function's source, `index.py`. */
  readonly source: string;
  readonly options: MetadataServiceOptions;
}
