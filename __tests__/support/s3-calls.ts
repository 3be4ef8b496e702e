import type { Call } from "./iam";

/** How S3 sees a signed request over HTTPS. */
export const SIGNED = { "aws:SecureTransport": "true", "s3:authType": "REST-HEADER" };

/**
 * The calls of S3 that stand in an emulator's log, each once, as IAM judges them.
 * Source: "Required permissions for Amazon S3 API operations" in the Amazon S3 User Guide.
 */
export function loggedS3Calls(log: string): Call[] {
  const requests = [...log.matchAll(/ ms (s3:)?(\w+) \/(\S*)$/gm)].map(([, service, method = "", target = ""]) => {
    // A presigned request has no Authorization header, by which the emulator knows the service.
    if (service !== "s3:") throw new Error(`${method} /${target} is not signed in a header.`);
    return s3Call(method, target);
  });
  return [...new Map(requests.map((call) => [JSON.stringify(call), call])).values()];
}

function s3Call(method: string, target: string): Call {
  const { pathname, searchParams } = new URL(`http://localhost/${target}`);
  const [, bucket = "", ...rest] = pathname.split("/");
  const key = decodeURIComponent(rest.join("/"));
  const call = (action: string): Call => ({
    action: `s3:${action}`,
    resource: key === "" ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`,
    context: SIGNED,
  });
  const isUpload = searchParams.has("uploads") || searchParams.has("uploadId");
  if (key === "" && method === "GET" && searchParams.has("list-type")) return call("ListBucket");
  if (key !== "" && (method === "GET" || method === "HEAD") && searchParams.size === 0) return call("GetObject");
  if (key !== "" && method === "PUT" && (isUpload || searchParams.size === 0)) return call("PutObject");
  if (key !== "" && method === "POST" && isUpload) return call("PutObject");
  if (key !== "" && method === "DELETE") return call(isUpload ? "AbortMultipartUpload" : "DeleteObject");
  throw new Error(`${method} /${target} is not known here.`);
}
