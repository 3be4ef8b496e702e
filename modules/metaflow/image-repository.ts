import { hcl, type Operand } from "../../lib/hcl/expression";
import { concat } from "../../lib/hcl/functions";

/**
 * An image in a private repository of Amazon ECR: the account, the region, and the repository's name.
 * Source: "Private registry authentication in Amazon ECR" and "Amazon ECR endpoints" in the Amazon ECR User Guide.
 */
const ECR_IMAGE = "^([0-9]{12})[.]dkr[.-]ecr(?:-fips)?[.]([a-z0-9-]+)[.][a-z0-9.]+/([^:@]+)";

/** The ARN of an image's repository in a list, which is empty where the image is not in a private repository of ECR. */
export function imageRepository(image: Operand, partition: Operand): Operand {
  const [account, region, name] = [hcl`part[0]`, hcl`part[1]`, hcl`part[2]`];
  const arn = concat("arn:", partition, ":ecr:", region, ":", account, ":repository/", name);
  return hcl`[for part in regexall(${ECR_IMAGE}, ${image}) : ${arn}]`;
}

/** The statements that let an image be pulled, for `dynamic.statement`: none where there is no repository on the list. */
export function pullStatements(repositories: Operand) {
  return [
    {
      for_each: repositories,
      content: { sid: "Login", effect: "Allow", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    },
    {
      for_each: repositories,
      content: {
        sid: "Pull",
        effect: "Allow",
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: [hcl`statement.value`],
      },
    },
  ];
}
