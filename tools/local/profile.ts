import * as fs from "node:fs";
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
  const found = EXECUTE_API.exec(String(profile.METAFLOW_SERVICE_URL))?.groups;
  if (found === undefined) return profile;
  return {
    ...profile,
    METAFLOW_SERVICE_URL: `${emulator.endpoint}/execute-api/${String(found.api)}/${String(found.stage)}`,
    METAFLOW_DATATOOLS_CLIENT_PARAMS: {
      endpoint_url: emulator.endpoint,
      aws_access_key_id: EMULATED_ACCOUNT,
      aws_secret_access_key: "emulated",
      region_name: found.region,
    },
  };
}

/** Writes the profile, which holds the API's key, for its owner alone. */
export function writeProfile(profile: Readonly<Record<string, unknown>>): void {
  fs.mkdirSync(profileFolder, { recursive: true, mode: 0o700 });
  const file = path.join(profileFolder, `config_${PROFILE}.json`);
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${JSON.stringify(profile, undefined, 2)}\n`, { mode: 0o600 });
}

/** Takes the profile away, with the deployment that it is of. */
export function removeProfile(): void {
  fs.rmSync(path.join(profileFolder, `config_${PROFILE}.json`), { force: true });
}
