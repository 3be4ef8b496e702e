import * as fs from "node:fs";
import * as path from "node:path";
import { Refusal } from "../../lib/contract/checks";
import { unknownNames } from "../../lib/contract/names";
import { projectRoot } from "../system/paths";

/** An object of a JSON file. */
export type Members = Readonly<Record<string, unknown>>;

/** What the context says of the app: that of an environment, and of all of them where it stands outside. */
export const SETTINGS = ["backend", "movedFrom", "options", "variables"] as const;

/** The keys of cdktf.json, from the `Config` of CDKTF's command line. */
const KEYS = [
  ...["language", "app", "output", "codeMakerOutput", "projectId", "sendCrashReports"],
  ...["terraformProviders", "terraformModules", "context"],
];

/** Keys of the context that are CDKTF's own. */
const OWN_TO_CDKTF = [
  ...["allowSepCharsInLogicalIds", "excludeStackIdFromLogicalIds"],
  ...["cdktfJsonPath", "cdktfRelativeModules", "cdktfStaticModuleAssetHash", "cdktfVersion"],
];

/**
 * The context of cdktf.json, and over it that of `CDKTF_CONTEXT_JSON`, by which CDKTF's command line passes it on.
 *
 * @throws Refusal naming every key that nothing reads
 */
export function readContext(environment: NodeJS.ProcessEnv = process.env, root: string = projectRoot): Members {
  const file = readMembers("cdktf.json", root);
  throwUnknown(unknownNames((name) => `cdktf.json has no key ${name}`, KEYS, file));
  const { context: own = {} } = file;
  if (!isMembers(own)) throw new Refusal("cdktf.json: context must be an object.");
  const passed = environment.CDKTF_CONTEXT_JSON;
  const over = passed === undefined || passed === "" ? {} : parse(passed, "CDKTF_CONTEXT_JSON");
  const context = { ...own, ...over };
  const ofApp = Object.entries(context).filter(([key]) => !OWN_TO_CDKTF.includes(key) && !key.startsWith("@cdktf/"));
  const known = [...SETTINGS, "environments"].sort();
  throwUnknown(unknownNames((name) => `context in cdktf.json has no key ${name}`, known, Object.fromEntries(ofApp)));
  return context;
}

/**
 * A JSON file of the project that is an object.
 *
 * @param name - its path, from the root
 * @param root - the folder of cdktf.json
 * @throws Refusal where there is none, or it is something else
 */
export function readMembers(name: string, root: string = projectRoot): Members {
  let text: string;
  try {
    text = fs.readFileSync(path.resolve(root, name), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refusal(code === "ENOENT" ? `There is no file ${name}.` : `${name} cannot be read: ${message}.`);
  }
  return parse(text, name);
}

/** Whether something is an object, and no list. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string, name: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new Refusal(
      `${name} is no JSON${place(text, message)}: ${message.replace(/ in JSON at .*| \(line .*/s, "")}.`,
    );
  }
  if (!isMembers(value)) throw new Refusal(`${name} must be a JSON object.`);
  return value;
}

/** Where the parser stopped, as editors count. */
function place(text: string, message: string): string {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` (line ${String(lines.length)}, column ${String((lines.at(-1) ?? "").length + 1)})`;
}

function throwUnknown(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refusal(problems.join("\n"));
}
