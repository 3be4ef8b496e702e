import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Emulator } from "../emulator/emulator";
import { EMULATED_ACCOUNT } from "../terraform/environment";
import { localFolder } from "../system/paths";

/** Metaflow's folder of profiles, for METAFLOW_HOME. */
export const profileFolder = path.join(localFolder, "metaflow");

/** The profile's name, for METAFLOW_PROFILE. */
export const PROFILE = "local";

const EXECUTE_API =
  /^https:\/\/(?<api>[a-z0-9]+)\.execute-api\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<stage>[^/]+)\/?$/;

/**
 * A deployment's profile with addresses that resolve on this machine: the REST API's and S3's are the emulated AWS.
 *
 * The S3 client's parameters name endpoint and keys, so that a flow heeds no AWS setting of its environment and cannot reach
 * a real account.
 *
 * @param deployed - the profile that the stack gives as its output `metaflow_profile_json`
 */
export function localProfile(deployed: string, emulator: Pick<Emulator, "endpoint">): Record<string, unknown> {
  const profile = JSON.parse(deployed) as Record<string, unknown>;
  // The web interface does not run here: the link of a run, which the client prints, would lead nowhere.
  delete profile.METAFLOW_UI_URL;
  const found = EXECUTE_API.exec(String(profile.METAFLOW_SERVICE_URL))?.groups;
  if (found === undefined) return profile;
  return {
    ...profile,
    METAFLOW_USER: metaflowUser(process.env),
    // Metaflow's own number, 64 processes for an upload, is that of a large machine.
    METAFLOW_S3_WORKER_COUNT: os.availableParallelism(),
    METAFLOW_SERVICE_URL: `${emulator.endpoint}/execute-api/${String(found.api)}/${String(found.stage)}`,
    METAFLOW_DATATOOLS_CLIENT_PARAMS: {
      endpoint_url: emulator.endpoint,
      aws_access_key_id: EMULATED_ACCOUNT,
      aws_secret_access_key: "emulated",
      region_name: found.region,
    },
  };
}

/**
 * Whose runs they are: who Metaflow takes for its user in this shell, or else the login. An environment without USER, such as a
 * container's, and root, whom Metaflow does not take, would fail a flow.
 */
export function metaflowUser(environment: NodeJS.ProcessEnv, login: () => string = loginName): string {
  const { SUDO_USER, USERNAME, USER } = environment;
  return [SUDO_USER, USERNAME, USER, login()].find((name) => name && name !== "root") ?? PROFILE;
}

function loginName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return ""; // A container's user can have a number and no name.
  }
}

/** Writes the profile, which holds the API's key, for its owner alone. */
export function writeProfile(profile: Readonly<Record<string, unknown>>): void {
  fs.mkdirSync(profileFolder, { recursive: true, mode: 0o700 });
  const file = path.join(profileFolder, `config_${PROFILE}.json`);
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${JSON.stringify(profile, undefined, 2)}\n`, { mode: 0o600 });
}

/** The file that a shell reads to have the emulated AWS for its AWS. */
export const awsSettingsFile = path.join(profileFolder, "aws.sh");

/**
 * Writes the settings of an AWS client, which Metaflow needs for AWS Batch: its client heeds the environment alone.
 * No setting of the shell's own remains, so that none leads to a real account.
 */
export function writeAwsSettings(emulator: Pick<Emulator, "endpoint">, region: string): void {
  const settings = {
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: EMULATED_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: "emulated",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: os.devNull,
    AWS_SHARED_CREDENTIALS_FILE: os.devNull,
  };
  const lines = [
    "# The emulated AWS for this shell's AWS, until the shell ends.",
    "unset AWS_PROFILE $(env | sed -n 's/^\\(AWS_[A-Za-z0-9_]*\\)=.*/\\1/p')",
    ...Object.entries(settings).map(([name, value]) => `export ${name}=${value}`),
  ];
  fs.writeFileSync(awsSettingsFile, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** Takes the profile and the settings away, with the deployment that they are of. */
export function removeProfile(): void {
  [path.join(profileFolder, `config_${PROFILE}.json`), awsSettingsFile].forEach((file) => {
    fs.rmSync(file, { force: true });
  });
}
