import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "./iam";

/**
 * The policies of docs/deployer-policy.md but for the boundary, for an account.
 *
 * @param withOptions - whether that for the web interface, the notebook and other options is among them, as the last one
 */
export function deployerPolicies(account: string, withOptions = false): PolicyDocument[] {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "deployer-policy.md"), "utf8");
  const blocks = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, block = ""]) => block);
  return blocks
    .slice(0, withOptions ? 4 : 3)
    .map(
      (block) => JSON.parse(block.replace(/123456789012(?!:policy\/metaflow-boundary)/g, account)) as PolicyDocument,
    );
}

/** The policy of docs/deployer-policy.md for what an organization brings, for an account and a key. */
export function ownPartsPolicy(account: string, keyArn: string): PolicyDocument {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "deployer-policy.md"), "utf8");
  const [, section = ""] = text.split("\n## What you bring\n");
  const [, block = ""] = /^```json\n(.*?)^```/ms.exec(section) ?? [];
  return JSON.parse(block.replace(/arn:aws:kms:[^"]+/, keyArn).replace(/123456789012/g, account)) as PolicyDocument;
}
