import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "../../tools/system/python";
import { freePort } from "../support/local-app";
import { replay, type Exchange } from "../support/metadata-requests";

const FIXTURE = join(__dirname, "../fixtures/metadata-service/exchanges.json");
/** A real one at this address, on a new database, is compared, too; with METAFLOW_SERVICE_RECORD=1 its answers become the fixture. */
const { METAFLOW_SERVICE_REAL: real, METAFLOW_SERVICE_RECORD: record } = process.env;

const expected = JSON.parse(readFileSync(FIXTURE, "utf8")) as Exchange[];
let service: ChildProcess;
let emulator: Server;
let urls: { metadata: string; migration: string };
const asked: unknown[] = [];

beforeAll(async () => {
  const file = join(mkdtempSync(join(realpathSync(tmpdir()), "metadata-service-")), "rows.sqlite");
  emulator = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += String(data)));
    request.on("end", () => {
      asked.push(JSON.parse(body));
      response.end(JSON.stringify({ file }));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => emulator.once("listening", resolve));
  const [metadata, migration] = [await freePort(), await freePort()].map(String);
  urls = { metadata: `http://127.0.0.1:${String(metadata)}`, migration: `http://127.0.0.1:${String(migration)}` };
  const program = join(__dirname, "../../tools/emulator/python/metadata_service.py");
  const { port } = emulator.address() as AddressInfo;
  const env = {
    PATH: process.env.PATH,
    MF_METADATA_PORT: metadata,
    MF_MIGRATION_PORT: migration,
    MF_METADATA_DB_HOST: "database.example",
    MF_METADATA_DB_PORT: "5432",
    MF_METADATA_DB_USER: "metaflow",
    MF_METADATA_DB_PSWD: "secret",
    MF_METADATA_DB_NAME: "metaflow",
  };
  const { command } = await findPython();
  service = spawn(command, ["-B", program, `http://127.0.0.1:${String(port)}`], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve) =>
    service.stdout?.on("data", (data) => String(data).includes("serving") && resolve()),
  );
});

afterAll(() => {
  service.kill();
  emulator.close();
});

test("it asks for the database that its environment names", () => {
  const database = { host: "database.example", port: "5432", user: "metaflow", pswd: "secret", name: "metaflow" };
  expect(asked).toEqual([database]);
});

test("the schema is made by the migration, before which there are no tables", async () => {
  const status = async () =>
    (await fetch(`${urls.migration}/db_schema_status`)).json() as Promise<Record<string, unknown>>;
  const early = await fetch(`${urls.metadata}/flows`);
  expect([early.status, await early.text()]).toEqual([500, expect.stringContaining("does not exist")]);
  expect(await status()).toMatchObject({ is_up_to_date: false, current_version: "0", migration_in_progress: false });
  const upgraded = await fetch(`${urls.migration}/upgrade`, { method: "PATCH" });
  expect([upgraded.status, await upgraded.text()]).toEqual([200, "upgrade success"]);
  expect(await status()).toMatchObject({ is_up_to_date: true, unapplied_migrations: [] });
});

describe("it answers as Netflix/metaflow-service v2.5.1 did when its answers were recorded", () => {
  let answers: Exchange[] = [];
  beforeAll(async () => {
    answers = await replay(urls.metadata, expected);
  });
  test.each(expected.map((exchange, index) => ({ index, ...exchange })))("$index $request", ({ index }) => {
    expect(answers[index]).toEqual(expected[index]);
  });
});

(real === undefined ? test.skip : test)("the real service answers as recorded", async () => {
  const answers = await replay(String(real), expected);
  if (record !== undefined) writeFileSync(FIXTURE, `${JSON.stringify(answers, undefined, 2)}\n`);
  else expect(answers).toEqual(expected);
});
