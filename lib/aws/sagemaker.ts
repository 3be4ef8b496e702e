import { PARTITION } from "./iam";
import { oneOf, pattern, wholeNumber } from "../contract/rules";

/** Source: "CreateNotebookInstance" in the Amazon SageMaker AI API Reference; a lifecycle configuration has the same rule. */
export const notebookName = pattern(
  "^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$",
  "1 to 63 ASCII letters, digits and hyphens, without a hyphen at either end",
);

/** Source: "CreateNotebookInstance", InstanceType, likewise. */
export const notebookInstanceType = pattern(
  "^ml[.][a-z0-9-]+[.][a-z0-9-]+$",
  "an instance type of SageMaker, such as ml.t3.medium",
);

/** In GiB. Source: "CreateNotebookInstance", VolumeSizeInGB, likewise. */
export const notebookVolumeSize = wholeNumber(5, 16384);

/** Source: "Amazon Linux notebook instances" in the Amazon SageMaker AI Developer Guide. */
export const notebookPlatform = oneOf("notebook-al2-v3", "notebook-al2023-v1");

/** How long the script of a lifecycle configuration may be in Base64. Source: "NotebookInstanceLifecycleHook" in the API Reference. */
export const LONGEST_SCRIPT = 16384;

/** Source: "Resource types defined by Amazon SageMaker AI" in the Service Authorization Reference. */
export const notebookArn = pattern(
  `^${PARTITION}:sagemaker:[a-z0-9-]+:[0-9]{12}:notebook-instance/[a-z0-9-]+$`,
  "the ARN of a notebook instance, such as arn:aws:sagemaker:us-west-2:123456789012:notebook-instance/metaflow-notebook-prod",
);
