import { boolOption, numberOption, objectOption, stringOption } from "../../lib/contract/contract";
import { notebookContract } from "../notebook/contract";

const { inputs } = notebookContract;

/** A notebook, which a deployment has by this option. */
export const notebookOption = objectOption({
  name: "NotebookSettings",
  about: "A SageMaker notebook instance for looking at flows, runs and artifacts",
  description:
    "A SageMaker notebook instance that reads the datastore and the metadata service; `{}` for one with the defaults",
  unset: "none",
  fields: {
    directInternetAccess: boolOption({
      description:
        "Whether the notebook reaches the internet by way of SageMaker. If false, it needs a route to PyPI, or Metaflow's wheel in " +
        "the bucket (docs/notebook.md)",
      unset: false,
    }),
    idleMinutes: numberOption({
      description: inputs.idleMinutes.description,
      rule: inputs.idleMinutes.rule,
      unset: 60,
    }),
    instanceType: stringOption({
      description: inputs.instanceType.description,
      rule: inputs.instanceType.rule,
      unset: "ml.t3.medium",
    }),
    kmsKeyArn: stringOption({
      description: "The ARN of the KMS key that encrypts the notebook's volume",
      rule: inputs.kmsKeyArn.rule,
      unset: "`kmsKeyArn` of the deployment, or a key of the deployment's own",
    }),
    metaflowPackage: stringOption({
      description: "What pip installs from PyPI where the bucket's folder `data/notebook` has no wheels",
      rule: inputs.metaflowPackage.rule,
      unset: "a version of Metaflow that is pinned",
    }),
    platformIdentifier: stringOption({
      description: inputs.platformIdentifier.description,
      rule: inputs.platformIdentifier.rule,
      unset: "notebook-al2-v3",
    }),
    volumeSize: numberOption({
      description: inputs.volumeSize.description,
      rule: inputs.volumeSize.rule,
      unset: 20,
    }),
  },
});
