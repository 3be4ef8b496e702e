import type { Expression } from "../hcl/expression";
import { equal, ifElse } from "../hcl/functions";

/** How the names of the services of VPC endpoints begin that have another beginning in China: ECR's and API Gateway's. */
export function domainOfChina(partition: string): Expression {
  return ifElse(equal(partition, "aws-cn"), "cn.com.amazonaws.", "com.amazonaws.");
}
