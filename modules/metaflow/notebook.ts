import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Location } from "../../lib/aws/location";
import { pick, type Inputs } from "../../lib/contract/inputs";
import { first } from "../../lib/hcl/functions";
import type { Datastore } from "../datastore";
import type { MetadataService } from "../metadata-service";
import { Notebook } from "../notebook";
import { notebookContract } from "../notebook/contract";
import type { MetaflowInputs, NotebookSettings } from "./generated/interface";
import type { Network } from "./network";

/** What a notebook looks at, and where it is. */
export interface NotebookParts {
  readonly network: Network;
  /** The subnets of the deployment's tasks, where they are not those of the network. */
  readonly taskSubnetIds: string[] | undefined;
  readonly location: Location;
  readonly datastore: Datastore;
  readonly metadataService: MetadataService;
  /** The key of its volume, where it is not one of the notebook's own. */
  readonly kmsKeyArn: string | undefined;
  /** The policy of a key of the notebook's own. */
  readonly keyPolicy: string | undefined;
  /** The URL of the web interface, where there is one. */
  readonly uiUrl: string | undefined;
  /** What must exist before it starts. */
  readonly startsAfter: ITerraformDependable[];
}

/** A notebook as a deployment has it, in the first subnet of the tasks. */
export function notebook(
  scope: Construct,
  inputs: Inputs<MetaflowInputs>,
  settings: NotebookSettings,
  parts: NotebookParts,
): Notebook {
  const { datastore, location, metadataService, network, taskSubnetIds, uiUrl } = parts;
  return new Notebook(scope, "notebook", {
    ...settings,
    ...pick(inputs, notebookContract, "keyRotation", "resourcePrefix", "resourceSuffix", "standardTags"),
    METAFLOW_DATASTORE_SYSROOT_S3: datastore.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATATOOLS_S3ROOT: datastore.METAFLOW_DATATOOLS_S3ROOT,
    METAFLOW_SERVICE_INTERNAL_URL: metadataService.METAFLOW_SERVICE_INTERNAL_URL,
    datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
    extraConfiguration: uiUrl === undefined ? {} : { METAFLOW_UI_URL: uiUrl },
    iamPartition: location.partition,
    metaflowVpcId: network.vpcId,
    s3BucketArn: datastore.s3BucketArn,
    subnetId: taskSubnetIds === undefined ? network.subnet1Id : first(taskSubnetIds).string,
    kmsKeyArn: settings.kmsKeyArn ?? parts.kmsKeyArn,
    keyPolicy: parts.keyPolicy,
    startsAfter: parts.startsAfter,
  });
}
