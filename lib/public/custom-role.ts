/**
 * The role of a Metaflow user, who needs no other permissions.
 *
 * @module cdktf-metaflow/custom-role
 */
export {
  CustomRole,
  type CustomRoleInputs,
  type CustomRoleOutputs,
  type CustomRoleProps,
} from "../../modules/custom-role";
