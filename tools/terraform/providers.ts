import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { randomBytes } from "node:crypto";
import { sealedEnvironment } from "./environment";
import { toolFile, localFolder } from "../system/paths";
import { putInPlace, scratchFolder } from "../system/processes";
import { findPython, preparePython, shellQuoted, STAND_INS_PYTHON } from "../system/python";
import { runTerraform, type Terraform } from "./terraform";

/** The providers and the versions that the constructs are made for; also those of the stand-ins (providers.py). */
export const PROVIDER_VERSIONS = { aws: "5.100.0", random: "3.7.2", archive: "2.7.1" } as const;

export type ProviderName = keyof typeof PROVIDER_VERSIONS;
const NAMES = Object.keys(PROVIDER_VERSIONS) as ProviderName[];
/** What the names of providers' programs begin with. */
const PROGRAM = "terraform-provider-";
const STAND_INS: readonly ProviderName[] = ["random", "archive"];

/** Where Terraform gets its providers from. */
export interface Providers {
  /** A CLI configuration file, for `TF_CLI_CONFIG_FILE`. */
  readonly cliConfig: string;
  /** Which providers are stand-ins; empty where the real ones can be had. */
  readonly standIns: readonly ProviderName[];
  /** One line that says so. @default - nothing out of the ordinary */
  readonly note?: string;
}

export interface PrepareProvidersOptions {
  readonly terraform: Terraform;
  /** @default `.local` */
  readonly folder?: string;
  /** @default process.env */
  readonly source?: NodeJS.ProcessEnv;
  /** Told in a few words what takes a while. */
  readonly progress?: (message: string) => void;
}

/**
 * Finds a way to the providers: the copies that an earlier call has fetched; else what the caller's Terraform can reach (a
 * registry, or whatever its CLI configuration names), fetched once into `.local`; else, where no registry answers, the AWS
 * provider found on this machine and stand-ins for the two small ones.
 */
export async function prepareProviders(options: PrepareProvidersOptions): Promise<Providers> {
  const folder = options.folder ?? localFolder;
  const source = options.source ?? process.env;
  const { platform } = options.terraform;
  const cache = path.join(folder, "plugin-cache");
  const cached = () => hasAll(cache, platform);
  const useCache = () => ({ cliConfig: writeConfig(folder, "cached", [cache]), standIns: [] });
  if (cached()) {
    return useCache();
  }
  const own = ownConfig(source);
  const patience = setTimeout(() => options.progress?.("getting Terraform's providers (once) …"), 2000);
  const failure = await fetchProviders(options.terraform, folder, cache, own, source).finally(() => {
    clearTimeout(patience);
  });
  if (failure === undefined) {
    return cached() ? useCache() : { cliConfig: own ?? writeFile(path.join(folder, "default.tfrc"), ""), standIns: [] };
  }
  return offline(options, folder, own, source, failure);
}

async function offline(
  options: PrepareProvidersOptions,
  folder: string,
  own: string | undefined,
  source: NodeJS.ProcessEnv,
  failure: string,
): Promise<Providers> {
  if (!isUnreachable(failure)) {
    throw new Error(`Terraform could not get its providers:\n${failure}`);
  }
  const { platform } = options.terraform;
  const roots = mirrorFolders(source, own);
  const found = new Map(NAMES.map((name) => [name, roots.find((root) => hasProvider(root, name, platform))]));
  const aws = found.get("aws");
  if (aws === undefined) {
    const wanted = `registry.terraform.io/hashicorp/aws/${PROVIDER_VERSIONS.aws}/${platform}`;
    throw new Error(
      `Terraform reaches no registry, and no copy of the provider hashicorp/aws ${PROVIDER_VERSIONS.aws} (${platform}) lies on this machine. ` +
        `Connect to the network, or put the unpacked provider into ${path.join(homeOf(source), ".terraform.d", "plugins", wanted)}. ` +
        `Terraform said:\n${failure}`,
    );
  }
  const standIns = STAND_INS.filter((name) => found.get(name) === undefined);
  const mirrors = new Set([...found.values()].filter((root) => root !== undefined));
  if (standIns.length > 0) {
    const python = await preparePython({
      python: findPython(STAND_INS_PYTHON, source),
      folder,
      progress: options.progress,
    });
    const mirror = path.join(folder, "providers");
    standIns.forEach((name) => writeStandIn(mirror, name, platform, python));
    mirrors.add(mirror);
  }
  const names = standIns.map((name) => `hashicorp/${name}`).join(" and ");
  const instead = standIns.length > 0 ? `; stand-ins take the place of ${names}` : "";
  return {
    cliConfig: writeConfig(folder, "offline", [...mirrors]),
    standIns,
    note: `No Terraform registry answers: hashicorp/aws comes from ${aws}${instead}.`,
  };
}

/** Lets Terraform install the providers, in a root that needs nothing else. @returns what Terraform said when it could not. */
async function fetchProviders(
  terraform: Terraform,
  folder: string,
  cache: string,
  cliConfig: string | undefined,
  source: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const root = scratchFolder(folder);
  const fetched = path.join(root, "cache");
  fs.mkdirSync(fetched, { recursive: true });
  try {
    const required = NAMES.map(
      (name) => [name, { source: `hashicorp/${name}`, version: PROVIDER_VERSIONS[name] }] as const,
    );
    const config = { terraform: { required_providers: Object.fromEntries(required) } };
    fs.writeFileSync(path.join(root, "main.tf.json"), JSON.stringify(config));
    const env = sealedEnvironment({
      endpoint: "http://127.0.0.1:9",
      cliConfig: cliConfig ?? writeFile(path.join(folder, "default.tfrc"), ""),
      registry: true,
      source,
      extra: { TF_PLUGIN_CACHE_DIR: fetched, TF_REGISTRY_CLIENT_TIMEOUT: "10" },
    });
    const result = await runTerraform(["init", "-no-color", "-backend=false"], {
      cwd: root,
      env,
      command: terraform.command,
    });
    if (result.code !== 0) {
      return result.stderr.trim() || result.stdout.trim();
    }
    if (hasAll(fetched, terraform.platform)) {
      if (!hasAll(cache, terraform.platform)) {
        // Of other versions, or of another platform.
        fs.rmSync(cache, { recursive: true, force: true });
      }
      putInPlace(fetched, cache);
    }
    return undefined;
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

/** Whether Terraform's words mean that no registry (or nothing that stands for one) answered. */
export function isUnreachable(words: string): boolean {
  const text = words.replaceAll(/\s+/g, " ");
  return /could not connect to|failed to request discovery document|no such host|connection refused|i\/o timeout|context deadline exceeded|network is unreachable|not found in any of the search locations/i.test(
    text,
  );
}

/** The CLI configuration that the caller's Terraform would read, if there is one. */
export function ownConfig(source: NodeJS.ProcessEnv): string | undefined {
  const named = source.TF_CLI_CONFIG_FILE ?? source.TERRAFORM_CONFIG;
  return [named, path.join(homeOf(source), ".terraformrc")].find(
    (file) => file !== undefined && file !== "" && fs.existsSync(file),
  );
}

/** A provider's program, where a CLI configuration names a folder in which it lies unpacked. */
export function providerProgram(cliConfig: string, name: ProviderName, platform: string): string | undefined {
  const folder = namedIn(cliConfig)
    .map((root) => providerFolder(root, name, platform))
    .find(isComplete);
  const file = folders(folder ?? "").find((each) => each.startsWith(PROGRAM));
  return folder === undefined || file === undefined ? undefined : path.join(folder, file);
}

/** What a CLI configuration names in quotation marks, folders among it. */
function namedIn(cliConfig: string): string[] {
  return [...fs.readFileSync(cliConfig, "utf8").matchAll(/"([^"\n]+)"/g)].map((match) => match[1] ?? "");
}

/** Folders laid out as Terraform's filesystem mirrors that may lie on a machine, the caller's own first. */
export function mirrorFolders(source: NodeJS.ProcessEnv, config?: string): string[] {
  const home = homeOf(source);
  const named = config === undefined ? [] : namedIn(config);
  const implied = [
    path.join(home, ".terraform.d", "plugins"),
    path.join(home, ".terraform.d", "plugin-cache"),
    path.join(home, ".local", "share", "terraform", "plugins"),
    path.join(home, "Library", "Application Support", "io.terraform", "plugins"),
    "/Library/Application Support/io.terraform/plugins",
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const below = ["/opt", "/usr/local/share", "/usr/share", "/usr/local/lib", "/usr/lib", "/var/lib"].flatMap((root) =>
    folders(root).map((name) => path.join(root, name)),
  );
  const all = [source.TF_PLUGIN_CACHE_DIR, ...named, ...implied, ...below];
  const present = all.filter(
    (folder): folder is string => folder !== undefined && fs.existsSync(path.join(folder, "registry.terraform.io")),
  );
  return [...new Set(present)];
}

function hasProvider(root: string, name: ProviderName, platform: string): boolean {
  const packed = `terraform-provider-${name}_${PROVIDER_VERSIONS[name]}_${platform}.zip`;
  const hashicorp = path.join(root, "registry.terraform.io", "hashicorp", name);
  return isComplete(providerFolder(root, name, platform)) || fs.existsSync(path.join(hashicorp, packed));
}

function hasAll(root: string, platform: string): boolean {
  return NAMES.every((name) => isComplete(providerFolder(root, name, platform)));
}

function providerFolder(root: string, name: ProviderName, platform: string): string {
  return path.join(root, "registry.terraform.io", "hashicorp", name, PROVIDER_VERSIONS[name], platform);
}

/** Terraform does not follow a link in a mirror. */
function isComplete(folder: string): boolean {
  const isFolder = fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder && fs.readdirSync(folder).some((name) => name.startsWith(PROGRAM));
}

function writeStandIn(mirror: string, name: ProviderName, platform: string, python: string): void {
  const folder = providerFolder(mirror, name, platform);
  fs.mkdirSync(folder, { recursive: true });
  const command = [python, toolFile("terraform/python/providers.py"), name].map(shellQuoted).join(" ");
  writeFile(
    path.join(folder, `terraform-provider-${name}_v${PROVIDER_VERSIONS[name]}`),
    `#!/bin/sh\nexec ${command} "$@"\n`,
    0o755,
  );
}

function writeConfig(folder: string, name: string, mirrors: readonly string[]): string {
  const providers = JSON.stringify(NAMES.map((provider) => `registry.terraform.io/hashicorp/${provider}`));
  const blocks = mirrors.map(
    (mirror) => `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ${providers}\n  }\n`,
  );
  const text = `provider_installation {\n${blocks.join("")}  direct {\n    exclude = ${providers}\n  }\n}\n`;
  return writeFile(path.join(folder, `${name}.tfrc`), text);
}

/** Writes a file in one step, and not at all when it says so already. */
function writeFile(file: string, content: string, mode = 0o644): string {
  if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== content) {
    const temporary = `${file}.${String(process.pid)}-${randomBytes(4).toString("hex")}`;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(temporary, content, { mode });
    fs.renameSync(temporary, file);
  }
  return file;
}

function folders(root: string): string[] {
  try {
    return fs.readdirSync(root);
  } catch {
    return [];
  }
}

function homeOf(source: NodeJS.ProcessEnv): string {
  return source.HOME ?? os.homedir();
}
