import { isMembers, readContext, type Members } from "../app/cdktf-json";

/** Parts of a deployment that a flag of `npm run local` adds, with the options by which they come. */
const OPTIONS = {
  "--notebook": { notebook: {} },
  // Every certificate is there in the emulated AWS (tools/emulator/python/certificates.py).
  "--ui": {
    ui: {
      certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      ownUserPool: true,
    },
  },
} as const;

/** A flag that adds a part. */
export type Part = keyof typeof OPTIONS;

/** Whether an argument is one of the flags. */
export function isPart(argument: string): argument is Part {
  return Object.hasOwn(OPTIONS, argument);
}

/**
 * The context by which the app has the parts, unless cdktf.json has them already, in its own way.
 *
 * @throws Refusal where cdktf.json cannot be read
 */
export function contextWith(parts: readonly Part[]): Members {
  if (parts.length === 0) return {};
  const { options: own } = readContext();
  const added = Object.assign({}, ...parts.map((part) => OPTIONS[part])) as Members;
  return { options: { ...added, ...(isMembers(own) ? own : {}) } };
}
