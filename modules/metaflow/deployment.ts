import type { Location } from "../../lib/aws/location";
import type { Inputs } from "../../lib/contract/inputs";
import type { Read } from "../../lib/contract/options";
import type { MetadataServiceOptions } from "../metadata-service";
import type { metaflowOptions } from "./contract-options";
import type { TakeoverOptions } from "./moved";
import type { MetaflowInputs, MetaflowOptions } from "./generated/interface";

/** A deployment's settings, options and place. */
export interface Deployment {
  readonly inputs: Inputs<MetaflowInputs>;
  readonly options: Read<MetaflowOptions & Pick<MetadataServiceOptions, "migrationSource">, typeof metaflowOptions> &
    TakeoverOptions;
  readonly location: Location;
}
