/** A stack as Terraform and `npm run local` leave it on disk, for the page to show. */

export const SECRET = "the-key-of-the-rest-api";

const RESOURCES = [
  ["aws_api_gateway_rest_api", "metadata_service_this", { name: "metaflow-api", arn: "arn:aws:apigateway:api" }],
  ["aws_lb", "metadata_service_this", { name: "metaflow-nlb", dns_name: "metaflow-nlb.elb.amazonaws.com" }],
  ["aws_ecs_service", "metadata_service_this", { name: "metaflow-service" }],
  ["aws_s3_bucket", "datastore_this", { bucket: "metaflow-bucket", arn: "arn:aws:s3:::metaflow-bucket" }],
  ["aws_batch_job_queue", "compute_this", { name: "metaflow-queue", arn: "arn:aws:batch:queue" }],
  ["aws_db_instance", "datastore_this", { identifier: "metaflow-database", password: "the-password-of-the-database" }],
] as const;

export const ADDRESSES = RESOURCES.map(([type, name]) => `${type}.${name}`);

/** Terraform's state with the first so many resources. */
export function state(count: number = RESOURCES.length): string {
  const resources = RESOURCES.slice(0, count).map(([type, name, attributes]) => ({
    ...{ mode: "managed", type, name, instances: [{ attributes }] },
  }));
  const outputs = {
    METAFLOW_DEFAULT_DATASTORE: { value: "s3" },
    METAFLOW_SERVICE_AUTH_KEY: { value: SECRET, sensitive: true },
  };
  return JSON.stringify({ version: 4, outputs, resources });
}

/** What `npm run local` says while Terraform applies, or after that. */
export function progress(done: number, ending: { ended?: number; failed?: boolean } = {}): string {
  const operations = ADDRESSES.map((address) => ({ address, action: "create" }));
  return JSON.stringify({
    command: "apply",
    pid: process.pid,
    began: Date.now() - 42_000,
    total: operations.length,
    expected: operations,
    running: operations.slice(done, done + 1).map((one) => ({ ...one, began: Date.now() - 7000 })),
    done: operations.slice(0, done).map((one) => ({ ...one, seconds: 1 })),
    failures: [],
    errors: [],
    ...ending,
  });
}
