import type { MetaflowOptions } from "../../modules/metaflow";
import { guideBlocks } from "./guide";

/** What docs/migrate-from-hcl.md has of the takeover by the app. */
export const takeover = guideBlocks("docs/migrate-from-hcl.md").get("B. On to the app") ?? [];

/** The block of the guide that is a file. */
export function blockOf(file: string): string {
  return takeover.find((block) => block.file?.endsWith(file))?.text ?? "";
}

/** What the guide has in the app's context, the options among it. */
export const { options: OPTIONS } = (
  JSON.parse(`{${blockOf("cdktf.json")}}`) as { context: { options: MetaflowOptions } }
).context;

/** What the guide sets beside the modules' inputs. */
export const SWITCHES = JSON.parse(blockOf(".tfvars.json")) as Record<string, unknown>;
