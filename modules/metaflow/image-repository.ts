import { Expression, hcl, type Operand } from "../../lib/hcl/expression";
import { concat, mapped } from "../../lib/hcl/functions";
import type { Blocks } from "../../lib/synth/blocks";

/**
 * An image in a private repository of Amazon ECR: the account, the region, and the repository's name.
 * Source: "Private registry authentication in Amazon ECR" and "Amazon ECR endpoints" in the Amazon ECR User Guide.
 */
const ECR_IMAGE = "^([0-9]{12})[.]dkr[.-]ecr(?:-fips)?[.]([a-z0-9-]+)[.][a-z0-9.]+/([^:@]+)";

/** The ARN of an image's repository in a list, which is empty where the image is not in a private repository of ECR. */
export function imageRepository(image: Operand, partition: Operand): Operand {
  const found = new Expression(["regexall(", ", ", ")"], [ECR_IMAGE, image], (_, known) =>
    [...String(known).matchAll(new RegExp(ECR_IMAGE, "gu"))].map((match) => match.slice(1)),
  );
  const repository = (account: Operand, region: Operand, name: Operand) =>
    concat("arn:", partition, ":ecr:", region, ":", account, ":repository/", name);
  return mapped(found, "part", (part) =>
    Array.isArray(part) ? repository(part[0], part[1], part[2]) : repository(hcl`part[0]`, hcl`part[1]`, hcl`part[2]`),
  );
}

/**
 * The statements that let images be pulled: none where the list is empty.
 *
 * @param resources - the ARNs of repositories for an item of the list (default: the item)
 */
export function pullStatements(
  forEach: Operand,
  resources: (item: Operand) => Operand = (item) => [item],
): readonly [Blocks, Blocks] {
  return [
    {
      forEach,
      content: () => ({ sid: "Login", effect: "Allow", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }),
    },
    {
      forEach,
      content: ({ value }) => ({
        sid: "Pull",
        effect: "Allow",
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: resources(value),
      }),
    },
  ];
}
