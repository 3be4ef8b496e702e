import type { Content } from "../../lib/synth/project";

/** The package of CDKTF's successor. */
const NAME = "cdktn-metaflow";

/** The range of `constructs` that cdktn 0.24 takes. */
const CONSTRUCTS = ">=10.6.0 <10.8.0";

/** What the successor's provider bindings ask for. */
const NODE = ">=22.11.0";

/** What an app of the successor installs. */
const INSTALL = `npm install ${NAME} cdktn@0.24 constructs@10.7 @cdktn/provider-aws@25 @cdktn/provider-random@15 @cdktn/provider-archive@14`;

/** Members of package.json that only the project's own development needs; `prepack` would compile anew. */
const DEVELOPMENT = ["allowScripts", "devDependencies", "jest", "overrides", "scripts"];

/**
 * The npm package for CDK Terrain, `cdktn`: the files of this one, whose imports name the successor's packages. Nothing is compiled again.
 *
 * @param files - the files of the npm package, by their paths in it
 */
export function successorFiles(files: ReadonlyMap<string, Content>): Map<string, Content> {
  return new Map([...files].map(([path, content]) => [path, successorFile(path, content)]));
}

function successorFile(path: string, content: Content): Content {
  if (typeof content !== "string") return content;
  if (path === "package.json") return successorManifest(content);
  if (path === "README.md")
    return withNotice(successorImports(content).replace(/^npm install cdktf-metaflow .*$/gm, INSTALL));
  if (/\.(js|ts|md)$/.test(path)) return successorImports(content);
  return content;
}

/** Each name is as long as its successor, so that source maps stay true. */
function successorImports(text: string): string {
  return text.replace(
    /(from |import |import\(|require\()"(@cdktf\/provider-|cdktf-metaflow|cdktf")/g,
    (_, before: string, name: string) => `${before}"${name.replace("cdktf", "cdktn")}`,
  );
}

function withNotice(readme: string): string {
  const notice = `\`${NAME}\` is the package \`cdktf-metaflow\` for CDK Terrain, the successor of CDKTF: the same code, which imports \`cdktn\` and \`@cdktn/provider-*\`.`;
  return readme.replace(/^# .*\n/, `# ${NAME}\n\n${notice}\n`);
}

/** The manifest, with the peers that cdktf-metaflow has under aliases. */
function successorManifest(text: string): string {
  const manifest = JSON.parse(text) as { readonly peerDependencies: Record<string, string> };
  const kept = Object.entries(manifest).filter(([member]) => !DEVELOPMENT.includes(member));
  const peers = Object.entries(manifest.peerDependencies).map(([peer, range]) =>
    peer === "constructs" ? [peer, CONSTRUCTS] : [peer.replace("cdktf", "cdktn"), rangeOfSuccessor(peer, range)],
  );
  const changed = { peerDependencies: Object.fromEntries(peers) as unknown, engines: { node: NODE } };
  return `${JSON.stringify({ ...Object.fromEntries(kept), name: NAME, ...changed }, null, 2)}\n`;
}

/** The last alternative of a range. */
function rangeOfSuccessor(peer: string, range: string): string {
  const [, successor] = range.split(" || ");
  if (successor === undefined) throw new Error(`package.json admits no successor of ${peer}: its range is ${range}.`);
  return successor;
}
