import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { checkTools, nextFreePort, PORT_VARIABLE, requestedPort, requestedPython } from "../../../tools/local/checks";
import { probePort } from "../../../tools/emulator/emulator";
import { isUnreachable, mirrorFolders, ownConfig } from "../../../tools/terraform/providers";
import { atLeast, findPython, installationName, pythonEnvironment, shellQuoted } from "../../../tools/system/python";
import { isAlive } from "../../../tools/system/processes";
import { findTerraform, parseVersion } from "../../../tools/terraform/terraform";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "metaflow-test-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function command(name: string, output: string): NodeJS.ProcessEnv {
  fs.writeFileSync(path.join(folder, name), `#!/bin/sh\nprintf '%s\\n' ${shellQuoted(output)}\n`, { mode: 0o755 });
  return { PATH: folder };
}

async function listening(answer: string): Promise<{ port: number; close: () => void }> {
  const server = http.createServer((_, response) => response.end(answer)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test.each([
  ["3.11.7", "3.10", true],
  ["3.9.18", "3.10", false],
  ["1.10.0", "1.10.0", true],
  ["1.10.0-beta1", "1.10", true],
  ["1.9.8", "1.10.0", false],
  ["2.0", "1.10.0", true],
])("%s is at least %s: %s", (version, minimum, expected) => {
  expect(atLeast(version, minimum)).toBe(expected);
});

describe("Terraform", () => {
  const version = (text: string) => JSON.stringify({ terraform_version: text, platform: "linux_amd64" });

  test("is the one on the PATH", () => {
    const env = command("terraform", version("1.11.4"));
    expect(findTerraform(undefined, env)).toEqual({ command: "terraform", version: "1.11.4", platform: "linux_amd64" });
  });

  test("or the one that TERRAFORM_BINARY_NAME names", () => {
    const env = { ...command("terraform-next", version("1.12.0")), TERRAFORM_BINARY_NAME: "terraform-next" };
    expect(findTerraform(undefined, env).version).toBe("1.12.0");
  });

  test("must be there, be Terraform and be new enough", () => {
    expect(() => findTerraform(undefined, { PATH: folder })).toThrow(
      /Terraform 1\.10\.0 or newer is needed, and there is no terraform on the PATH/,
    );
    expect(() => findTerraform(undefined, command("terraform", version("1.9.8")))).toThrow(
      /terraform on the PATH is 1\.9\.8/,
    );
    expect(() => findTerraform(undefined, command("terraform", "hello"))).toThrow(
      /did not say which Terraform it is:\nhello/,
    );
    expect(parseVersion("[]")).toEqual({});
  });
});

describe("Python", () => {
  test("is the first that is new enough", () => {
    command("python3", "3.9.2\n/old");
    expect(findPython(undefined, command("python3.12", "3.12.1\n/new"))).toEqual({
      command: "/new",
      version: "3.12.1",
    });
  });

  test("must be there and new enough", () => {
    expect(() => findPython(undefined, { PATH: folder })).toThrow("needs Python 3.10 or newer, and the PATH has none");
    expect(() => findPython(undefined, command("python3", "3.9.2\n/old"))).toThrow(
      "only older ones (python3 is 3.9.2)",
    );
  });

  test("is installed anew when the requirements, the interpreter or the platform changes", () => {
    const python = { command: "/python", version: "3.11.7" };
    const names = [
      installationName("a", python, "linux-x64"),
      installationName("b", python, "linux-x64"),
      installationName("a", { ...python, version: "3.12.0" }, "linux-x64"),
      installationName("a", python, "darwin-arm64"),
    ];
    expect(new Set(names).size).toBe(4);
    expect(installationName("a", python, "linux-x64")).toBe(names[0]);
  });

  test("keeps what leads pip to its index and drops what would break an install", () => {
    const hostile = {
      PATH: "/bin",
      PIP_INDEX_URL: "https://pip.example.com",
      PIP_TARGET: "/x",
      PIP_PREFIX: "/y",
      PYTHONHOME: "/z",
      VIRTUAL_ENV: "/v",
    };
    const env = pythonEnvironment({
      ...hostile,
      HTTPS_PROXY: "http://proxy.example.com",
      PIP_REQUIRE_VIRTUALENV: "1",
      PIP_USER: "1",
    });
    expect(env).toMatchObject({
      PATH: "/bin",
      PIP_INDEX_URL: "https://pip.example.com",
      HTTPS_PROXY: "http://proxy.example.com",
    });
    expect(env).toMatchObject({ PIP_REQUIRE_VIRTUALENV: "0", PIP_USER: "0" });
    expect(Object.keys(env)).toEqual(
      expect.not.arrayContaining(["PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "VIRTUAL_ENV"]),
    );
  });

  test("a process that has ended is not alive", () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(2 ** 22 + 1)).toBe(false);
  });
});

describe("providers", () => {
  test("an unreachable registry is told from a wrong request", () => {
    expect(isUnreachable("could not\nconnect to registry.terraform.io: failed to request discovery document")).toBe(
      true,
    );
    expect(
      isUnreachable("provider registry.terraform.io/hashicorp/random was not found in any of the search locations"),
    ).toBe(true);
    expect(isUnreachable("no available releases match the given constraints 99.0.0")).toBe(false);
  });

  test("the caller's CLI configuration counts when its file exists", () => {
    const file = path.join(folder, ".terraformrc");
    expect(ownConfig({ HOME: folder, TF_CLI_CONFIG_FILE: path.join(folder, "gone") })).toBeUndefined();
    fs.writeFileSync(file, "");
    expect(ownConfig({ HOME: folder, TF_CLI_CONFIG_FILE: path.join(folder, "gone") })).toBe(file);
    expect(ownConfig({ HOME: "/nowhere", TF_CLI_CONFIG_FILE: file })).toBe(file);
  });

  test("mirrors are those of the configuration, the plugin cache and the home folder", () => {
    const [named, cache, home] = ["named", "cache", "home/.terraform.d/plugins"].map((name) => path.join(folder, name));
    [named, cache, home].forEach((mirror) =>
      fs.mkdirSync(path.join(mirror ?? "", "registry.terraform.io"), { recursive: true }),
    );
    const config = path.join(folder, "config");
    fs.writeFileSync(config, `provider_installation { filesystem_mirror { path = ${JSON.stringify(named)} } }`);
    const found = mirrorFolders({ HOME: path.join(folder, "home"), TF_PLUGIN_CACHE_DIR: cache }, config);
    expect(found.slice(0, 3)).toEqual([cache, named, home]);
  });
});

describe("the port", () => {
  test("METAFLOW_LOCAL_PYTHON names an interpreter", () => {
    const python = command("python", "/the/interpreter");
    const given = path.join(folder, "python");
    expect(requestedPython({ ...python, METAFLOW_LOCAL_PYTHON: given })).toBe("/the/interpreter");
    expect(requestedPython({ METAFLOW_LOCAL_PYTHON: "" })).toBeUndefined();
    expect(() => requestedPython({ METAFLOW_LOCAL_PYTHON: path.join(folder, "none") })).toThrow(
      `METAFLOW_LOCAL_PYTHON is "${path.join(folder, "none")}", which is no Python; name an interpreter, such as .venv/bin/python.`,
    );
  });

  test.each(["80", "70000", "x", "1e4", "-1"])("METAFLOW_LOCAL_PORT must not be %s", (text) => {
    expect(() => requestedPort({ [PORT_VARIABLE]: text })).toThrow(
      `METAFLOW_LOCAL_PORT is "${text}"; a port is a number from 1024 to 65535.`,
    );
  });

  test("is asked who listens on it", async () => {
    const foreign = await listening("hello");
    const emulator = await listening(JSON.stringify({ service: "cdktf-metaflow-emulator", instance: "i", pid: 7 }));
    expect(await probePort(foreign.port)).toEqual({ kind: "foreign" });
    expect(await probePort(emulator.port)).toMatchObject({
      kind: "emulator",
      emulator: { instance: "i", pid: 7, port: emulator.port },
    });
    foreign.close();
    emulator.close();
    expect(await probePort(foreign.port)).toEqual({ kind: "free" });
  });

  test("where none is asked for, the next one that is free is taken", async () => {
    const foreign = await listening("hello");
    const next = await nextFreePort(foreign.port);
    expect(next).toBeGreaterThan(foreign.port);
    expect(next).toBeLessThan(foreign.port + 20);
    expect(await probePort(next)).toEqual({ kind: "free" });
    foreign.close();
  });

  test("a foreign one is named with the way out, and all that is missing is told at once", async () => {
    const foreign = await listening("hello");
    const check = checkTools(undefined, { PATH: folder, [PORT_VARIABLE]: String(foreign.port) });
    await expect(check).rejects.toThrow(
      new RegExp(
        `^Terraform 1.10.0 or newer is needed.*\n.*Python 3.10 or newer.*\nPort ${String(foreign.port)} is in use by another program. ` +
          `Choose another one:\n  METAFLOW_LOCAL_PORT=${String(foreign.port + 1)} npm run local$`,
      ),
    );
    foreign.close();
  });
});
