import { spawn, type ChildProcessByStdio } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as http2 from "node:http2";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import type { Readable, Writable } from "node:stream";
import { localFolder, projectRoot } from "../../tools/system/paths";
import { answer, call, fields, forward, UNIMPLEMENTED } from "./grpc";

const ADDRESS = "registry.terraform.io/hashicorp/aws";
const SERVICE = "/tfplugin5.Provider/";
/** HealthCheckResponse: status = 1, of which SERVING is 1. */
const SERVING = Buffer.from([8, 1]);

/** A provider's process, and the way to it. */
interface Backend {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly session: http2.ClientHttp2Session;
  /** How many calls it has not answered yet. */
  calls: number;
  /** Whether Terraform told it to stop, or left it in the middle of a call. */
  stopped: boolean;
}

/** Providers that wait for their root's next command, the latest last, and how they are ended. */
const waiting = new Map<Backend, () => void>();

/** How many may wait in this process: each takes 300 MB. */
const MOST_WAITING = 3;

/**
 * The AWS provider for the Terraform commands of one root: the real one, of which each of Terraform's connections has one for
 * itself, as it has without this. This process stands between them, for what takes most of a short command's time without being
 * the test's matter: the schemas of 1,500 types are answered from memory, with those only that this project names; the provider's
 * 700 MB are not hashed by each command; a provider whose command has ended serves the root's next one, which configures it anew.
 */
export class AttachedProvider {
  private readonly socket = path.join(os.tmpdir(), `metaflow-provider-${randomBytes(6).toString("hex")}`);
  private readonly server = http2.createServer();
  private readonly backends = new Set<Backend>();
  private readonly sessions = new Set<http2.ServerHttp2Session>();

  /**
   * @param program the provider's binary
   * @param schema its answer to GetSchema, see {@link recordSchema}
   * @param env as Terraform would hand it on
   * @param cwd the folder in which Terraform runs: files are named from there
   */
  public constructor(
    private readonly program: string,
    private readonly schema: Buffer,
    private readonly env: NodeJS.ProcessEnv,
    private readonly cwd: string,
  ) {
    this.server.on("session", (session) => {
      this.serve(session);
    });
    this.server.listen(this.socket);
    this.server.unref();
  }

  /** What tells Terraform of it. */
  public get variables(): { TF_REATTACH_PROVIDERS: string } {
    const addr = { Network: "unix", String: this.socket };
    const attachment = { Protocol: "grpc", ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: addr };
    return { TF_REATTACH_PROVIDERS: JSON.stringify({ [ADDRESS]: attachment }) };
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
    let lease: Promise<Backend> | undefined;
    this.sessions.add(session);
    session.on("stream", (stream, headers) => {
      const method = String(headers[":path"]);
      stream.on("error", () => undefined);
      if (method === `${SERVICE}GetSchema`) {
        answer(stream, this.schema);
      } else if (method === "/grpc.health.v1.Health/Check") {
        answer(stream, SERVING);
      } else if (!method.startsWith(SERVICE)) {
        answer(stream, undefined, UNIMPLEMENTED);
      } else {
        lease ??= this.lease();
        lease.then(
          (backend) => {
            backend.stopped ||= method === `${SERVICE}Stop`;
            backend.calls += 1;
            stream.on("aborted", () => (backend.stopped = true));
            forward(stream, headers, backend.session, () => (backend.calls -= 1));
          },
          () => {
            stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
          },
        );
      }
    });
    session.on("error", () => undefined);
    session.on("close", () => {
      this.sessions.delete(session);
      lease?.then(
        (backend) => {
          this.release(backend);
        },
        () => undefined,
      );
    });
  }

  private async lease(): Promise<Backend> {
    const latest = [...this.backends].filter((each) => waiting.has(each)).at(-1);
    const backend = latest ?? (await startProvider(this.program, this.env, this.cwd));
    waiting.delete(backend);
    this.backends.add(backend);
    return backend;
  }

  /** A provider that was left in the middle of a call may still do what it was told: it ends with the command. */
  private release(backend: Backend): void {
    if (backend.stopped || backend.calls > 0 || !this.server.listening) {
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
export async function recordSchema(
  program: string,
  env: NodeJS.ProcessEnv,
  types: ReadonlySet<string>,
): Promise<Buffer> {
  const backend = await startProvider(program, env);
  try {
    return withTypes(await call(backend.session, `${SERVICE}GetSchema`), types);
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

/** Ends the provider when its standard input does: it is gone with this process, however that ends. */
const UNTIL_INPUT_ENDS = '"$0" -debug & exec > /dev/null; cat; kill -9 $!';

async function startProvider(program: string, env: NodeJS.ProcessEnv, cwd = localFolder): Promise<Backend> {
  const child = spawn("sh", ["-c", UNTIL_INPUT_ENDS, program], { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
  const socket = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /"String":"([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.stdout.once("end", () => {
      reject(new Error(`${program} ended before it was there:\n${text}`));
    });
  });
  const session = http2.connect("http://localhost", { createConnection: () => net.connect(socket) });
  session.on("error", () => undefined);
  return { process: child, session, calls: 0, stopped: false };
}

function stopProvider({ process: child, session }: Backend): void {
  session.destroy();
  child.stdin.destroy();
}
