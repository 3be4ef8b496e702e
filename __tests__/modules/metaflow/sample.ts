import type { MetaflowInputs } from "../../../modules/metaflow";
import type { ModuleSample } from "../../support/module-sample";

/** A deployment with a bucket of a name of its own. */
export const METAFLOW: MetaflowInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  standardTags: { application: "metaflow" },
  s3BucketName: "acme-metaflow",
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: METAFLOW,
};
