"""What a role may do, by its inline policies and those attached to it (conditions are not looked at)."""


def role_of(account, arn):
    from moto.iam.models import iam_backends

    for backend in iam_backends[account].values():
        for role in backend.roles.values():
            if role.arn == arn:
                return role
    return None


def allows(account, arn, action, resource):
    """Whether the role of this ARN may do this."""
    from moto.iam.access_control import IAMPolicy, PermissionResult

    role = role_of(account, arn)
    if role is None:
        return False
    policies = [IAMPolicy(document) for document in role.policies.values()]
    policies += [IAMPolicy(policy) for policy in role.managed_policies.values()]
    verdicts = {policy.is_action_permitted(action, resource) for policy in policies}
    return PermissionResult.PERMITTED in verdicts and PermissionResult.DENIED not in verdicts
