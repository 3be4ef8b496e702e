import { readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { projectFile } from "../../lib/synth/project";
import { MIGRATION_SOURCE } from "../../modules/metadata-service/migration-parts";

/** The migration function's code as Lambda takes it, of the same bytes wherever it is made. */
export function migrationArchive(): Uint8Array {
  // A zip file has local times, and none before 1980.
  const mtime = new Date(1980, 0, 1);
  return zipSync(
    { "index.py": [readFileSync(projectFile(MIGRATION_SOURCE)), { mtime, os: 3, attrs: (0o644 << 16) >>> 0 }] },
    { level: 9 },
  );
}

/** The same as TypeScript, for apps that are bundled into one file. */
export function migrationCode(): string {
  const source = readFileSync(projectFile(MIGRATION_SOURCE), "utf8");
  const archive = Buffer.from(migrationArchive()).toString("base64");
  return [
    "// Written by `npm run generate` from lambda/db_migrate/index.py.",
    "",
    "/** The migration function's source. */",
    `export const SOURCE = ${JSON.stringify(source)};`,
    "",
    "/** Its zip file in Base64. */",
    `export const ARCHIVE = ${JSON.stringify(archive)};`,
    "",
  ].join("\n");
}
