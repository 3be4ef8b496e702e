import { spawn, type ChildProcessByStdio } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as http2 from "node:http2";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import type { Readable, Writable } from "node:stream";
import { projectRoot } from "../../tools/system/paths";
import { answer, call, fields, forward, messageOf, UNIMPLEMENTED } from "./grpc";

/** A program that Terraform attaches to, and what it is to Terraform. */
export interface ProviderProgram {
  /** Its source address. */
  readonly address: string;
  /** Of Terraform's plugin protocol. */
  readonly protocol: 5 | 6;
  /** What it is started with, so that it says where it listens and waits for Terraform. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: NodeJS.ProcessEnv;
  /** Where it runs: files are named from there. */
  readonly cwd: string;
  /** Its answer to GetSchema, see {@link recordSchema}. @default - its own */
  readonly schema?: Buffer;
  /** Whether it keeps nothing of one call for another one, and so serves all commands at once. @default - it has a configuration */
  readonly isStateless?: boolean;
}

/** HealthCheckResponse: status = 1, of which SERVING is 1. */
const SERVING = Buffer.from([8, 1]);
/** Calls that a provider answers from its schemas and the call's message alone, and takes a fifth of a second for. */
const REMEMBERED = ["PrepareProviderConfig"];
const CONFIGURE = ["Configure", "ConfigureProvider"];
const STOP = ["Stop", "StopProvider"];

/** A provider's process, and the way to it. */
interface Backend {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly session: http2.ClientHttp2Session;
  /** Terraform's connections that it serves. */
  readonly clients: Set<Client>;
  /** The configuration that it has. @default - none yet */
  configuration?: Buffer;
  /** Whether Terraform told it to stop, or left it in the middle of a call. */
  stopped: boolean;
}

/** One of Terraform's connections: each walk of a command's graph has its own. */
interface Client {
  backend?: Promise<Backend>;
  isConfigured: boolean;
  isClosed: boolean;
  /** How many of its calls are not answered yet. */
  calls: number;
}

/** Providers that wait for their root's next command, the latest last, and how they are ended. */
const waiting = new Map<Backend, () => void>();

/** How many may wait in this process: the AWS provider takes 300 MB, a stand-in 40. */
const MOST_WAITING = 6;

/**
 * A provider for the Terraform commands of one root: the real one. This process stands between them, for what takes most of a
 * short command's time without being the test's matter: the schemas of 1,500 types are answered from memory, with those only that
 * this project names; the provider's 700 MB are not hashed by each command; one provider serves a command's walks (to validate,
 * plan and apply), each of which configures it anew, and then the root's next command. Providers of different configurations are
 * processes of their own.
 */
export class AttachedProvider {
  private readonly socket = path.join(os.tmpdir(), `metaflow-provider-${randomBytes(6).toString("hex")}`);
  private readonly server = http2.createServer();
  private readonly backends = new Set<Backend>();
  private readonly sessions = new Set<http2.ServerHttp2Session>();
  private readonly remembered = new Map<string, Promise<Buffer>>();
  private readonly service: string;
  private starting?: Promise<Backend>;

  public constructor(private readonly program: ProviderProgram) {
    this.service = serviceOf(program);
    this.server.on("session", (session) => {
      this.serve(session);
    });
    this.server.listen(this.socket);
    this.server.unref();
  }

  /** What Terraform needs to know of it, in TF_REATTACH_PROVIDERS. */
  public get attachment(): Readonly<Record<string, unknown>> {
    const { address, protocol } = this.program;
    const addr = { Network: "unix", String: this.socket };
    return { [address]: { Protocol: "grpc", ProtocolVersion: protocol, Pid: process.pid, Test: true, Addr: addr } };
  }

  public close(): void {
    this.server.close();
    this.sessions.forEach((session) => {
      session.destroy();
    });
    this.backends.forEach((backend) => {
      this.end(backend);
    });
    fs.rmSync(this.socket, { force: true });
  }

  private serve(session: http2.ServerHttp2Session): void {
    const client: Client = { isConfigured: false, isClosed: false, calls: 0 };
    this.sessions.add(session);
    session.on("stream", (stream, headers) => {
      const path = String(headers[":path"]);
      stream.on("error", () => undefined);
      if (path === "/grpc.health.v1.Health/Check") {
        answer(stream, SERVING);
      } else if (!path.startsWith(this.service)) {
        answer(stream, undefined, UNIMPLEMENTED);
      } else if (path === `${this.service}GetSchema` && this.program.schema) {
        answer(stream, this.program.schema);
      } else {
        this.handle(client, stream, headers, path.slice(this.service.length)).catch(() => {
          stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
        });
      }
    });
    session.on("error", () => undefined);
    session.on("close", () => {
      this.sessions.delete(session);
      client.isClosed = true;
      client.backend?.then(
        (backend) => {
          backend.stopped ||= client.calls > 0;
          this.leave(client, backend);
        },
        () => undefined,
      );
    });
  }

  private async handle(
    client: Client,
    stream: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    method: string,
  ): Promise<void> {
    // A stand-in would end itself, and with it what it does for others.
    if (this.program.isStateless && STOP.includes(method)) {
      answer(stream, Buffer.alloc(0));
      return;
    }
    if (REMEMBERED.includes(method)) {
      answer(stream, await this.remember(client, method, await messageOf(stream)));
      return;
    }
    const configuration = CONFIGURE.includes(method) ? await messageOf(stream) : undefined;
    if (configuration) client.backend = this.configurable(client, configuration);
    const backend = await (client.backend ??= this.join(client));
    backend.stopped ||= STOP.includes(method);
    client.calls += 1;
    stream.on("aborted", () => (backend.stopped = true));
    forward(stream, headers, backend.session, () => (client.calls -= 1), configuration);
  }

  /** An answer that is the same each time: the first is kept, unless it is an error. */
  private async remember(client: Client, method: string, message: Buffer): Promise<Buffer> {
    const key = `${method} ${message.toString("base64")}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const asked = (client.backend ??= this.join(client)).then(({ session }) =>
      call(session, `${this.service}${method}`, message),
    );
    this.remembered.set(key, asked);
    asked.catch(() => this.remembered.delete(key));
    return asked;
  }

  /** A provider for calls that need no configuration: any that this root has. */
  private async join(client: Client): Promise<Backend> {
    const [latest] = this.usable();
    const backend = latest ?? (await (this.starting ??= this.start()));
    this.enter(client, backend);
    return backend;
  }

  /** A provider that may be given a configuration: one that none of another one needs. */
  private async configurable(client: Client, configuration: Buffer): Promise<Backend> {
    const former = await client.backend;
    const isFree = (backend: Backend) => {
      if (this.program.isStateless) return true;
      const others = [...backend.clients].filter((other) => other !== client && other.isConfigured);
      const isSame = backend.configuration?.equals(configuration) ?? false;
      return others.length === 0 || (isSame && others.every(({ calls }) => calls === 0));
    };
    const backend = this.usable().find(isFree) ?? (await startProvider(this.program));
    this.backends.add(backend);
    this.enter(client, backend);
    client.isConfigured = true;
    backend.configuration = configuration;
    if (former && former !== backend) this.leave(client, former);
    return backend;
  }

  /** The providers that a command may use, the latest first. */
  private usable(): Backend[] {
    return [...this.backends].filter(({ stopped }) => !stopped).reverse();
  }

  private async start(): Promise<Backend> {
    try {
      const backend = await startProvider(this.program);
      this.backends.add(backend);
      return backend;
    } finally {
      this.starting = undefined;
    }
  }

  private enter(client: Client, backend: Backend): void {
    waiting.delete(backend);
    backend.clients.add(client);
    if (client.isClosed) this.leave(client, backend);
  }

  /** A provider that was left in the middle of a call may still do what it was told: it ends with the command. */
  private leave(client: Client, backend: Backend): void {
    backend.clients.delete(client);
    if (backend.clients.size > 0) return;
    if (backend.stopped || !this.server.listening) {
      this.end(backend);
      return;
    }
    waiting.set(backend, () => {
      this.end(backend);
    });
    const [endOldest] = waiting.values();
    if (waiting.size > MOST_WAITING) endOldest?.();
  }

  private end(backend: Backend): void {
    waiting.delete(backend);
    this.backends.delete(backend);
    stopProvider(backend);
  }
}

/** The types of resources and data sources that this project's code, tests, examples and documents name. */
export function projectTypes(): Set<string> {
  const files = ["__tests__", "docs", "examples", "lib", "modules", "tools"].flatMap((folder) => {
    const names = fs.readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" });
    return names.map((name) => path.join(projectRoot, folder, name)).filter((name) => fs.statSync(name).isFile());
  });
  const types = new Set<string>();
  for (const file of files) {
    const text = fs.readFileSync(file, "utf8");
    for (const [type] of text.matchAll(/aws_[a-z0-9_]+/g)) types.add(type);
    for (const [, name = ""] of text.matchAll(/@cdktf\/provider-aws\/lib\/(?:data-aws-)?([a-z0-9-]+)/g)) {
      types.add(`aws_${name.replaceAll("-", "_")}`);
    }
  }
  return types;
}

/** Asks the provider for its schemas and leaves those of the given types. */
export async function recordSchema(program: ProviderProgram, types: ReadonlySet<string>): Promise<Buffer> {
  const backend = await startProvider(program);
  try {
    return withTypes(await call(backend.session, `${serviceOf(program)}GetSchema`), types);
  } finally {
    stopProvider(backend);
  }
}

/** GetProviderSchema.Response: resource_schemas = 2, data_source_schemas = 3, ephemeral_resource_schemas = 8 are maps by type. */
function withTypes(response: Buffer, types: ReadonlySet<string>): Buffer {
  const isWanted = (entry: Buffer) => {
    const [key] = fields(entry);
    return types.has(String(key?.content));
  };
  const kept = [...fields(response)].filter(({ field, content }) => ![2, 3, 8].includes(field) || isWanted(content));
  return Buffer.concat(kept.map(({ whole }) => whole));
}

function serviceOf({ protocol }: ProviderProgram): string {
  return `/tfplugin${String(protocol)}.Provider/`;
}

/** Ends the provider when its standard input does: it is gone with this process, however that ends. */
const UNTIL_INPUT_ENDS = '"$0" "$@" & exec > /dev/null; cat; kill -9 $!';

async function startProvider({ command, cwd, env }: ProviderProgram): Promise<Backend> {
  const child = spawn("sh", ["-c", UNTIL_INPUT_ENDS, ...command], {
    cwd,
    // A stand-in says at once where it listens.
    env: { ...env, PYTHONUNBUFFERED: "1" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const socket = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /"String": ?"([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.stdout.once("end", () => {
      reject(new Error(`${command[0]} ended before it was there:\n${text}`));
    });
  });
  const session = http2.connect("http://localhost", { createConnection: () => net.connect(socket) });
  session.on("error", () => undefined);
  return { process: child, session, clients: new Set(), stopped: false };
}

function stopProvider({ process: child, session }: Backend): void {
  session.destroy();
  child.stdin.destroy();
}
