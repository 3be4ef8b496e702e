import * as os from "node:os";
import * as path from "node:path";
import { localFolder } from "../system/paths";

/** The account in which the emulated AWS puts everything, unless another one is asked for. */
export const EMULATED_ACCOUNT = "123456789012";

/** The region in which a test or `npm run local` deploys, unless another one is asked for. */
export const EMULATED_REGION = "us-west-2";

/** Variables of the caller that a sealed process may see: none of them leads to an account or changes what Terraform does. */
const KEPT = [
  "PATH",
  "TMPDIR",
  "TMP",
  "TEMP",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TERM",
  "COLUMNS",
  "NO_COLOR",
  "SHELL",
];

/** Variables that reach a registry through a proxy or a private mirror; the Terraform ones are credentials of registries. */
const REGISTRY = /^(https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|home|tf_token_.*)$/i;

/** Where a request that should not exist ends: nothing listens on the discard port of this machine. */
const NOWHERE = "http://127.0.0.1:9";

/** Providers write each step of a call as JSON, for Terraform to pass over: an eighth of their time. */
const NO_LOGS = Object.fromEntries(
  ["PROVIDER", "PROVIDER_AWS", "SDK", "SDK_FRAMEWORK", "SDK_HELPER_SCHEMA", "SDK_MUX", "SDK_PROTO"].map((name) => [
    `TF_LOG_${name}`,
    "OFF",
  ]),
);

export interface SealedOptions {
  /** The emulated AWS, `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** @default EMULATED_ACCOUNT */
  readonly account?: string;
  /** @default EMULATED_REGION */
  readonly region?: string;
  /** Terraform's CLI configuration file, see `prepareProviders`. @default - Terraform's defaults */
  readonly cliConfig?: string;
  /** Let the process reach a Terraform registry (`terraform init`), though still no AWS. @default false */
  readonly registry?: boolean;
  /** Variables to set on top, `TF_VAR_…` for example. */
  readonly extra?: Readonly<Record<string, string>>;
  /** @default process.env */
  readonly source?: NodeJS.ProcessEnv;
}

/**
 * The environment for Terraform and AWS clients that can reach the emulated AWS and nothing else, whatever credentials,
 * profile, endpoint or Terraform settings the caller's environment and home folder hold.
 */
export function sealedEnvironment(options: SealedOptions): NodeJS.ProcessEnv {
  const source = options.source ?? process.env;
  const region = options.region ?? EMULATED_REGION;
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(source)) {
    if (KEPT.includes(name) || (options.registry && REGISTRY.test(name))) {
      environment[name] = value;
    }
  }
  if (!options.registry) {
    Object.assign(environment, {
      // An empty home: no ~/.aws, no ~/.terraformrc, no ~/.netrc.
      HOME: path.join(localFolder, "home"),
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      ALL_PROXY: NOWHERE,
      NO_PROXY: "127.0.0.1,localhost",
    });
  }
  return {
    ...environment,
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: options.account ?? EMULATED_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: "emulated",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: os.devNull,
    AWS_SHARED_CREDENTIALS_FILE: os.devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    CHECKPOINT_DISABLE: "1",
    // Terraform and the AWS provider are short-lived and large: collecting garbage takes them a quarter of their time.
    GOGC: source.GOGC ?? "400",
    ...NO_LOGS,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    ...(options.cliConfig === undefined ? {} : { TF_CLI_CONFIG_FILE: options.cliConfig }),
    ...options.extra,
  };
}

/**
 * What a root's AWS provider block needs on top of {@link sealedEnvironment}: path-style bucket addresses, and a refusal of any
 * account but the emulated one, should a provider block name credentials of its own.
 */
export function emulatedProvider(account: string = EMULATED_ACCOUNT): Record<string, unknown> {
  return { s3_use_path_style: true, allowed_account_ids: [account] };
}

/**
 * The content of an override file that turns a root into one for the emulated AWS: each of its AWS provider blocks gets
 * {@link emulatedProvider}, and its state stays beside it, whatever backend it names.
 */
export function emulatedOverride(root: unknown, account: string = EMULATED_ACCOUNT): Record<string, unknown> {
  const settings = emulatedProvider(account);
  const blocks = (root as { provider?: { aws?: unknown } }).provider?.aws ?? {};
  const aws = (Array.isArray(blocks) ? (blocks as unknown[]) : [blocks]).map((block) => {
    const alias = (block as { alias?: unknown }).alias;
    return alias === undefined ? settings : { alias, ...settings };
  });
  return { terraform: { backend: { local: {} } }, provider: { aws } };
}
