import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { emulatedProvider, EMULATED_REGION, sealedEnvironment } from "../../tools/terraform/environment";
import {
  startTerraform,
  terraform,
  type RunningTerraform,
  type RunOptions,
  type TerraformResult,
} from "../../tools/terraform/terraform";
import type { Diagnostic } from "../../tools/terraform/progress";
import { AttachedProvider, type ProviderProgram } from "./attached-provider";
import { attachable, emulatedAws, freshAccount } from "./emulated-aws";
import { projectContent, type Content } from "../../lib/synth/project";
import { MIGRATION_ARCHIVE } from "../../modules/metadata-service/migration-parts";

/** Terraform's JSON plan, as far as tests look at it. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly planned_values: { readonly root_module: unknown };
  readonly output_changes?: Readonly<Record<string, unknown>>;
}

export interface ResourceChange {
  readonly address: string;
  /** Where the resource is in the state, if it is moved. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: unknown;
    /** The attributes that force a replacement. */
    readonly replace_paths?: readonly (readonly string[])[];
  };
}

interface PlannedChange {
  readonly action: string;
  readonly resource: { readonly addr: string };
}

/** A line of `terraform plan -json`. */
interface Event {
  readonly type: string;
  readonly change?: PlannedChange;
  readonly diagnostic?: Diagnostic;
}

export interface TerraformRootOptions {
  /** Further files of the root, by their path in it. */
  readonly files?: Readonly<Record<string, Content>>;
  /** The path among the files at which the root lies that they hold; the configuration then overrides it. */
  readonly path?: string;
  /** @default - a fresh one */
  readonly account?: string;
  /** @default us-west-2 */
  readonly region?: string;
  /** A root of the same account and region whose providers are this one's, too; they name files from its folder. */
  readonly providersOf?: TerraformRoot;
  /** Values of the root's variables. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Another Terraform. @default - that of the test run */
  readonly command?: string;
  /** Another CLI configuration. @default - that of the test run */
  readonly cliConfig?: string;
}

/** What a plan would change, `address: action+action`; data sources are not counted. */
export function changesOf({ resource_changes: all = [] }: Plan): string[] {
  const changed = all.filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op");
  return changed.map(({ address, change }) => `${address}: ${change.actions.join("+")}`);
}

const roots: TerraformRoot[] = [];
const attached: AttachedProvider[] = [];
/** What serves all roots of a test file, by its address. */
const shared = new Map<string, AttachedProvider>();

/**
 * A Terraform root in a folder of its own, in an account of its own of the emulated AWS. It gets an AWS provider block unless it
 * has one; the folder goes away after the test file.
 */
export function terraformRoot(
  config: Readonly<Record<string, unknown>>,
  options: TerraformRootOptions = {},
): TerraformRoot {
  const root = new TerraformRoot(config, options);
  roots.push(root);
  return root;
}

afterAll(() => {
  roots.splice(0).forEach((root) => {
    root.dispose();
  });
  attached.splice(0).forEach((provider) => {
    provider.close();
  });
  shared.clear();
});

/** The environment for Terraform in a folder, where it reaches its providers through an {@link AttachedProvider} each. */
export function withAttachedProvider(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const { provider, programs } = emulatedAws();
  if (provider === undefined) return env;
  const start = (program: Omit<ProviderProgram, "env" | "cwd">) => {
    const known = shared.get(program.address);
    if (known) return known;
    const started = new AttachedProvider({ env, cwd: folder, ...program });
    attached.push(started);
    if (program.isStateless) shared.set(program.address, started);
    return started;
  };
  const aws = start({ ...attachable.aws(provider.program), schema: fs.readFileSync(provider.schema) });
  const standIns = Object.entries(programs).map(([name, program]) =>
    start({ ...attachable.standIn(name, program), isStateless: name === "random" }),
  );
  const attachments = [aws, ...standIns].map(({ attachment }) => attachment);
  return { ...env, TF_REATTACH_PROVIDERS: JSON.stringify(Object.assign({}, ...attachments)) };
}

export class TerraformRoot {
  public readonly folder: string;
  public readonly account: string;
  private readonly files = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "metaflow-test-"));
  private readonly file: string;
  private readonly region: string;
  private initialized = false;
  private env?: NodeJS.ProcessEnv;

  public constructor(
    config: Readonly<Record<string, unknown>>,
    private readonly given: TerraformRootOptions,
  ) {
    this.account = given.account ?? freshAccount();
    this.region = given.region ?? EMULATED_REGION;
    this.folder = path.join(this.files, given.path ?? "");
    this.file = given.path === undefined ? "main.tf.json" : "test_override.tf.json";
    Object.entries(given.files ?? {}).forEach(([name, content]) => {
      fs.mkdirSync(path.dirname(path.join(this.files, name)), { recursive: true });
      fs.writeFileSync(path.join(this.files, name), content);
    });
    this.write(config);
    if (given.variables) {
      fs.writeFileSync(path.join(this.folder, "terraform.tfvars.json"), JSON.stringify(given.variables));
    }
  }

  /** Replaces the root's configuration; the state stays. */
  public write(config: Readonly<Record<string, unknown>>): void {
    // A root that uses nothing of AWS is spared its provider, which takes a second to start.
    const usesAws = "module" in config || JSON.stringify(config).includes('"aws_');
    const block = config.terraform as { required_providers?: object } | undefined;
    const required = { ...(usesAws ? { aws: { source: "hashicorp/aws" } } : {}), ...block?.required_providers };
    const given = config.provider as { aws?: unknown } | undefined;
    // A list of one is that of a synthesized stack, which is for no account yet.
    const [ofStack, ...aliases] = Array.isArray(given?.aws) ? (given.aws as object[]) : [];
    const isOfStack = ofStack !== undefined && aliases.length === 0;
    const providers = {
      ...given,
      ...(usesAws && (given?.aws === undefined || isOfStack)
        ? { aws: { ...ofStack, ...emulatedProvider(this.account) } }
        : {}),
    };
    const provider = Object.keys(providers).length > 0 ? { provider: providers } : {};
    const settings = { ...block, required_providers: required };
    this.writeAssets(JSON.stringify(config));
    fs.writeFileSync(
      path.join(this.folder, this.file),
      JSON.stringify({ ...config, ...provider, terraform: settings }, undefined, 1),
    );
    this.initialized = false;
  }

  /** Puts the migration's code where a synth puts it, for configurations that were not written by one. */
  private writeAssets(text: string): void {
    for (const [, asset = ""] of text.matchAll(/\$\{path\.module\}\/(assets\/[^"]+)/g)) {
      fs.mkdirSync(path.dirname(path.join(this.folder, asset)), { recursive: true });
      fs.writeFileSync(path.join(this.folder, asset), projectContent(MIGRATION_ARCHIVE));
    }
  }

  /** Runs any Terraform command. @throws unless it ends with one of the expected codes. */
  public async run(args: readonly string[], expected: readonly number[] = [0]): Promise<TerraformResult> {
    return terraform(args, this.options(), expected);
  }

  /** Starts any Terraform command, in a process group of its own. */
  public start(args: readonly string[], onLine?: (line: string) => void): RunningTerraform {
    return startTerraform(args, { ...this.options(), onLine });
  }

  /** The other commands do this by themselves when it is needed. */
  public async init(): Promise<void> {
    if (!this.initialized) {
      await this.run(["init", "-no-color"]);
      this.initialized = true;
    }
  }

  public async validate(): Promise<void> {
    await this.init();
    await this.run(["validate", "-no-color"]);
  }

  public async plan(...args: readonly string[]): Promise<Plan> {
    await this.planned("-out=plan", ...args);
    return this.shown();
  }

  /** What a plan replaces, by its addresses; not of a Terraform of the root's own. */
  public async replaced(...args: readonly string[]): Promise<string[]> {
    const changes = await this.planned(...args);
    if (changes === undefined) throw new Error("A Terraform of the root's own does not say what it replaces.");
    return changes
      .filter(({ action }) => action === "replace")
      .map(({ resource }) => resource.addr)
      .sort();
  }

  /** What a plan would change, `address: action+action`; data sources are not counted. */
  public async changes(...args: readonly string[]): Promise<string[]> {
    const changes = await this.planned("-out=plan", ...args);
    return changes?.every(({ action }) => action === "read" || action === "move") ? [] : changesOf(await this.shown());
  }

  /**
   * Plans. Terraform says what it would change while it plans, which costs it less than to show it to people: where that is enough,
   * the plan need not be read.
   *
   * @returns undefined where the root has a Terraform of its own: 0.13 does not say it
   * @throws with Terraform's own words where it refuses the plan
   */
  private async planned(...args: readonly string[]): Promise<PlannedChange[] | undefined> {
    await this.init();
    if (this.given.command !== undefined) {
      await this.run(["plan", "-no-color", ...args]);
      return undefined;
    }
    const { code, stdout, stderr } = await this.run(["plan", "-json", ...args], [0, 1]);
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    const events = lines.map((line) => JSON.parse(line) as Event);
    if (code === 1) {
      const errors = events.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []));
      throw new Error([...errors.map(({ summary, detail = "" }) => `${summary}\n${detail}`), stderr].join("\n"));
    }
    if (!events.some(({ type }) => type === "change_summary")) throw new Error(`Terraform planned nothing:\n${stdout}`);
    return events.flatMap(({ type, change }) => (type === "planned_change" && change ? [change] : []));
  }

  public async apply(...args: readonly string[]): Promise<void> {
    await this.init();
    await this.run(["apply", "-no-color", "-auto-approve", ...args]);
  }

  public async destroy(...args: readonly string[]): Promise<void> {
    await this.init();
    await this.run(["destroy", "-no-color", "-auto-approve", ...args]);
  }

  public async output(name: string): Promise<unknown> {
    return JSON.parse((await this.run(["output", "-json", name])).stdout);
  }

  /** The addresses in the state. */
  public async addresses(): Promise<string[]> {
    const { stdout } = await this.run(["state", "list"]);
    return stdout.split("\n").filter((line) => line !== "");
  }

  /** The state as `terraform show -json` gives it. */
  public async state(): Promise<unknown> {
    return JSON.parse((await this.run(["show", "-json"])).stdout);
  }

  private async shown(): Promise<Plan> {
    return JSON.parse((await this.run(["show", "-json", "plan"])).stdout) as Plan;
  }

  public dispose(): void {
    fs.rmSync(this.files, { recursive: true, force: true });
  }

  /** Where and how Terraform runs for this root. */
  public options(): RunOptions {
    const { command = emulatedAws().terraform } = this.given;
    this.env ??= this.environment();
    return { cwd: this.folder, env: this.env, command };
  }

  /** A root with a Terraform or a CLI configuration of its own gets its providers as these have it. */
  private environment(): NodeJS.ProcessEnv {
    const { endpoint, cliConfig: usual } = emulatedAws();
    const { cliConfig = usual, command, providersOf } = this.given;
    if (providersOf) return providersOf.options().env;
    const sealed = sealedEnvironment({ endpoint, cliConfig, account: this.account, region: this.region });
    return cliConfig === usual && command === undefined ? withAttachedProvider(sealed, this.folder) : sealed;
  }
}
