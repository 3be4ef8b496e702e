import { TerraformResource } from "cdktf";

/** The resources that a construct has as properties: `bucket: aws_s3_bucket.this`. */
export function resourcesOf(construct: object): string[] {
  return Object.entries(construct)
    .flatMap(([name, value]: [string, unknown]) => [value].flat().map((each): [string, unknown] => [name, each]))
    .filter((entry): entry is [string, TerraformResource] => TerraformResource.isTerraformResource(entry[1]))
    .map(([name, element]) => `${name}: ${element.terraformResourceType}.${element.friendlyUniqueId}`)
    .sort();
}
