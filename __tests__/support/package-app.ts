import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { project } from "./app-folder";
import { CALM, temporaryFolder } from "./package";
import type { Configuration } from "./synth";

const run = promisify(execFile);

const PNPM = join(project, "node_modules", "pnpm", "bin", "pnpm.cjs");
const YARN = join(project, "node_modules", "@yarnpkg", "cli-dist", "bin", "yarn.js");

/** What a run of Node.js ends with. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** An app of someone's own, whose packages a package manager installs. */
export class PackageApp {
  public readonly folder = temporaryFolder("metaflow-app-");

  /** @param names - the packages that it imports: CDKTF's, or its successor's */
  public constructor(private readonly names: "cdktf" | "cdktn") {
    writeFileSync(join(this.folder, "app.cjs"), appSource(names, "cjs"));
    writeFileSync(join(this.folder, "app.mjs"), appSource(names, "mjs"));
  }

  /** Installs packages, from npm's cache where it has them. */
  public async npm(dependencies: Readonly<Record<string, string>>): Promise<void> {
    this.manifest(dependencies);
    await this.install("npm", ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
  }

  /** @param options - beside those that keep pnpm to the app's folder */
  public async pnpm(dependencies: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<void> {
    this.manifest(dependencies);
    const store = ["--store-dir", join(this.folder, "store")];
    await this.install(process.execPath, [
      PNPM,
      "install",
      "--ignore-scripts",
      "--strict-peer-dependencies",
      ...store,
      ...options,
    ]);
  }

  /** Yarn with its own linker, Plug'n'Play, and without a network. */
  public async yarn(dependencies: Readonly<Record<string, string>>): Promise<void> {
    this.manifest(dependencies);
    const settings = {
      enableGlobalCache: false,
      enableImmutableInstalls: false,
      enableNetwork: false,
      enableScripts: false,
      enableTelemetry: false,
      nodeLinker: "pnp",
      pnpEnableEsmLoader: true,
    };
    writeFileSync(join(this.folder, "yarn.lock"), "");
    writeFileSync(join(this.folder, ".yarnrc.yml"), JSON.stringify(settings));
    await this.install(process.execPath, [YARN, "install"]);
  }

  /** Runs Node.js in the app's folder. */
  public async node(...args: readonly string[]): Promise<Ended> {
    return this.ended(args);
  }

  /** Likewise, as Yarn has it find packages. */
  public async yarnNode(...args: readonly string[]): Promise<Ended> {
    return this.ended([YARN, "node", ...args]);
  }

  /** What the app has synthesized, but for what names versions. */
  public synthesized(kind: "cjs" | "mjs"): object {
    return Object.fromEntries(
      ["own", "metaflow"].map((name) => {
        const text = readFileSync(join(this.folder, kind, "stacks", name, "cdk.tf.json"), "utf8");
        return [name, blocksOf(JSON.parse(text) as Configuration)];
      }),
    );
  }

  private manifest(dependencies: Readonly<Record<string, string>>): void {
    writeFileSync(join(this.folder, "package.json"), JSON.stringify({ name: this.names, private: true, dependencies }));
  }

  /** @throws Error with the words of the package manager, some of which write them to the standard output */
  private async install(command: string, args: readonly string[]): Promise<void> {
    await this.run(command, args).catch((error: unknown) => {
      const { stdout, stderr } = error as Ended;
      throw new Error(`${[command, ...args].join(" ")}:\n${stdout}${stderr}`);
    });
  }

  private async ended(args: readonly string[]): Promise<Ended> {
    try {
      return { ...(await this.run(process.execPath, args)), code: 0 };
    } catch (error) {
      return error as Ended;
    }
  }

  private run(command: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return run(command, args, { cwd: this.folder, env: { ...CALM, CI: "true" } });
  }
}

/** The blocks of a configuration that name no version. */
export function blocksOf({ variable, locals, data, resource, output }: Configuration): object {
  return { variable, locals, data, resource, output };
}

/** An app with a stack of its own, and with the stack of the package. It tells whether it has one copy of each package. */
function appSource(names: "cdktf" | "cdktn", kind: "cjs" | "mjs"): string {
  const end = kind === "mjs" ? "/index.js" : "";
  const imports = {
    "{ App, TerraformResource, TerraformStack }": names,
    "{ IamRole }": `@${names}/provider-aws/lib/iam-role${end}`,
    "{ AwsProvider }": `@${names}/provider-aws/lib/provider${end}`,
    "{ RandomProvider }": `@${names}/provider-random/lib/provider${end}`,
    "{ Metaflow, MetaflowStack }": `${names}-metaflow/metaflow`,
  };
  const lines = Object.entries(imports).map(([what, from]) =>
    kind === "mjs" ? `import ${what} from "${from}";` : `const ${what} = require("${from}");`,
  );
  return `${lines.join("\n")}
    const app = new App({ outdir: "${kind}" });
    const stack = new TerraformStack(app, "own");
    new AwsProvider(stack, "aws", { region: "us-west-2" });
    new RandomProvider(stack, "random");
    const { executionRole } = new Metaflow(stack, "metaflow");
    new MetaflowStack(app, "metaflow");
    app.synth();
    console.log([executionRole instanceof IamRole, executionRole instanceof TerraformResource].join());`;
}
