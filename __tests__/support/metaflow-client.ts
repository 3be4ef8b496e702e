import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { sealedEnvironment } from "../../tools/terraform/environment";
import { preparePython } from "../../tools/system/python";
import { emulatedAws } from "./emulated-aws";
import { pythonPackages } from "./python-packages";

const run = promisify(execFile);

/** Metaflow's own client with the profile that a deployment gave, in the emulated AWS. */
export class MetaflowClient {
  private constructor(
    private readonly python: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly folder: string,
  ) {}

  /**
   * @param profile - the content of the profile's configuration file
   * @param account - the account that the deployment is in
   */
  public static async with(profile: string, account: string): Promise<MetaflowClient> {
    const python = await preparePython();
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-client-"));
    writeFileSync(join(folder, "config_deployed.json"), profile);
    const { endpoint } = emulatedAws();
    const extra = {
      HOME: folder,
      METAFLOW_HOME: folder,
      METAFLOW_PROFILE: "deployed",
      METAFLOW_S3_ENDPOINT_URL: endpoint,
      PYTHONPATH: await pythonPackages("metaflow-client", python),
      USERNAME: "tester",
    };
    return new MetaflowClient(python, sealedEnvironment({ endpoint, account, extra }), folder);
  }

  /** What Metaflow made of its configuration. */
  public async configuration(...names: readonly string[]): Promise<Record<string, unknown>> {
    const code =
      "import json, sys; from metaflow import metaflow_config as c; print(json.dumps({n: getattr(c, n) for n in sys.argv[1:]}))";
    const { stdout } = await run(this.python, ["-c", code, ...names], { env: this.environment, cwd: this.folder });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Runs a flow whose artifacts go to the deployment's bucket; its metadata stays here, as no service really runs. */
  public async runFlow(file: string): Promise<string> {
    const env = { ...this.environment, METAFLOW_DEFAULT_METADATA: "local" };
    const { stdout } = await run(this.python, [join(__dirname, file), "run"], { env, cwd: this.folder });
    return stdout;
  }
}
