/** Where the tokens of a cluster's service accounts come from. */
export const ISSUER = "oidc.eks.us-west-2.amazonaws.com/id/0A1B2C3D4E5F";

/** The cluster's OIDC provider in IAM. */
export const OIDC_PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;
