import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTargets } from "../../tools/emulator/emulator";
import { emulatedAws } from "./emulated-aws";

/** The migration service of a metadata service, which counts its upgrades. */
export class MigrationService {
  public upgrades = 0;
  public isUpToDate = true;
  public failure?: string;
  private constructor(private readonly server: Server) {}

  public static async start(account: string): Promise<MigrationService> {
    const server = createServer((request, response) => {
      if (request.method === "PATCH" && request.url === "/upgrade") {
        service.upgrades += 1;
        response.statusCode = service.failure === undefined ? 200 : 500;
        service.isUpToDate = service.failure === undefined;
        response.end(service.failure ?? "upgrade success");
      } else {
        const status = { is_up_to_date: service.isUpToDate, current_version: "1", migration_in_progress: false };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ ...status, db_schema_versions: ["1"], unapplied_migrations: [] }));
      }
    });
    const service = new MigrationService(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await setTargets(emulatedAws(), account, { "8082": `http://127.0.0.1:${String(port)}` });
    return service;
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
