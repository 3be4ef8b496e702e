/**
 * The tag that every resource of a deployment has, its value being `<resource_prefix>/<resource_suffix>`: by it `npm run recover`
 * finds what an interrupted apply has left unrecorded. No name has a slash, and so no two deployments share a value.
 */
export const DEPLOYMENT_TAG = "metaflow-deployment";
