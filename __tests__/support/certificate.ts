import { askAws } from "./emulated-aws";

/** The ARN of a certificate of ACM in an account, which Elastic Load Balancing must find. */
export async function certificate(account: string): Promise<string> {
  const { body } = await askAws({
    service: "acm",
    account,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "CertificateManager.RequestCertificate" },
    body: JSON.stringify({ DomainName: "metaflow.example.com" }),
  });
  return (JSON.parse(body) as { CertificateArn: string }).CertificateArn;
}
