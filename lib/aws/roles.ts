import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";

/** Gives every role within a construct its boundary and path, where these are given. */
export function setRoles(
  scope: Construct,
  { permissionsBoundaryArn, rolePath: path }: { readonly permissionsBoundaryArn?: string; readonly rolePath?: string },
): void {
  if (permissionsBoundaryArn === undefined && path === undefined) return;
  for (const element of scope.node.findAll()) {
    if (element instanceof IamRole && permissionsBoundaryArn !== undefined) {
      element.permissionsBoundary = permissionsBoundaryArn;
    }
    if (path !== undefined && (element instanceof IamRole || element instanceof IamInstanceProfile))
      element.path = path;
  }
}
