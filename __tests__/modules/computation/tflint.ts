import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  notSnakeCase("METAFLOW_BATCH_JOB_QUEUE"),
  'terraform_unused_declarations: data "aws_region" "current" is declared but not used',
  'terraform_unused_declarations: data "aws_ssm_parameter" "ecs_optimized_cpu_ami" is declared but not used',
];
