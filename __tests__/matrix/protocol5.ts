import * as fs from "node:fs";
import * as path from "node:path";
import { toolFile, localFolder } from "../../tools/system/paths";
import { shellQuoted } from "../../tools/system/python";
import { emulatedAws } from "../support/emulated-aws";

/**
 * A CLI configuration for a Terraform older than 0.15. The real providers speak its version of the protocol too; where
 * stand-ins take their place, it leads to those of protocol5.py.
 */
export function cliConfigForProtocol5(): string {
  const { cliConfig, standIns } = emulatedAws();
  if (standIns.length === 0) return cliConfig;
  const usual = path.join(localFolder, "providers");
  const mirror = path.join(localFolder, "terraform", "providers-protocol-5");
  fs.rmSync(mirror, { recursive: true, force: true });
  fs.cpSync(usual, mirror, { recursive: true });
  const programs = fs
    .readdirSync(mirror, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name).startsWith("terraform-provider-"));
  const adapter = [path.join(__dirname, "protocol5.py"), path.dirname(toolFile("terraform/python/providers.py"))];
  for (const program of programs)
    replace(
      path.join(mirror, program),
      shellQuoted(toolFile("terraform/python/providers.py")),
      adapter.map(shellQuoted).join(" "),
    );
  const config = path.join(localFolder, "terraform", "protocol-5.tfrc");
  fs.copyFileSync(cliConfig, config);
  replace(config, JSON.stringify(usual), JSON.stringify(mirror));
  return config;
}

function replace(file: string, from: string, to: string): void {
  const text = fs.readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not name ${from}:\n${text}`);
  fs.writeFileSync(
    file,
    text.replace(from, () => to),
  );
}
