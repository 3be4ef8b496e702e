import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MetaflowProps, type NotebookSettings } from "../../../modules/metaflow";
import { Notebook, type NotebookProps } from "../../../modules/notebook";
import { startScript } from "../../../modules/notebook/start-script";
import { metaflow } from "../../support/composition";
import { addresses, synthesized, type Configuration } from "../../support/synth";
import { NOTEBOOK } from "./sample";

const KEY = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

const notebook = (props: Partial<NotebookProps> = {}): Configuration =>
  synthesized((stack) => new Notebook(stack, "it", { ...NOTEBOOK, ...props }));
const instance = (props: Partial<NotebookProps> = {}) =>
  notebook(props).resource?.aws_sagemaker_notebook_instance?.it_this ?? {};

test("it is private, encrypted and without root access by default", () => {
  expect(instance()).toMatchObject({
    name: "metaflow-notebook-dev",
    direct_internet_access: "Disabled",
    instance_metadata_service_configuration: { minimum_instance_metadata_service_version: "2" },
    kms_key_id: "${aws_kms_key.it_this[0].arn}",
    platform_identifier: "notebook-al2-v3",
    root_access: "Disabled",
    security_groups: ["${aws_security_group.it_this.id}"],
    subnet_id: "subnet-0a1b2c3d4e5f60718",
  });
  const { resource } = notebook();
  expect(resource?.aws_security_group?.it_this).toMatchObject({
    ingress: [],
    egress: [{ to_port: 443 }, { to_port: 80 }],
  });
  expect(resource?.aws_kms_key?.it_this).toMatchObject({ enable_key_rotation: true });
});

test.each<[what: string, props: Partial<NotebookProps>, expected: object]>([
  ["a key of the caller's", { kmsKeyArn: KEY }, { kms_key_id: KEY }],
  ["direct internet access", { directInternetAccess: true }, { direct_internet_access: "Enabled" }],
  [
    "another size",
    { instanceType: "ml.m5.xlarge", volumeSize: 100 },
    { instance_type: "ml.m5.xlarge", volume_size: 100 },
  ],
  ["Amazon Linux 2023", { platformIdentifier: "notebook-al2023-v1" }, { platform_identifier: "notebook-al2023-v1" }],
])("takes %s", (_, props, expected) => {
  expect(instance(props)).toMatchObject(expected);
});

test("with a key of the caller's, it makes none", () => {
  expect(addresses(notebook({ kmsKeyArn: KEY })).filter((address) => address.includes("kms"))).toEqual([]);
});

test.each<[what: string, props: Partial<NotebookProps>, message: string]>([
  [
    "a name with an underscore",
    { resourcePrefix: "meta_flow-" },
    'The name of the notebook instance, "meta_flow-notebook-dev"',
  ],
  ["an instance type of EC2", { instanceType: "m5.large" }, "an instance type of SageMaker, such as ml.t3.medium"],
  ["an unknown platform", { platformIdentifier: "notebook-al1-v1" }, "one of notebook-al2-v3, notebook-al2023-v1"],
  ["a small volume", { volumeSize: 4 }, "volumeSize (volume_size) must be a whole number from 5 to 16384; received 4"],
  ["a negative time", { idleMinutes: -1 }, "idleMinutes (idle_minutes) must be a whole number from 0 to 10080"],
  ["a shell's text in place of a package", { metaflowPackage: "metaflow'; rm -rf /" }, "a requirement of pip"],
  [
    "the API key",
    { extraConfiguration: { METAFLOW_SERVICE_AUTH_KEY: "k" } },
    "none of them METAFLOW_DATASTORE_SYSROOT_S3",
  ],
  ["another key", { extraConfiguration: { PATH: "/tmp" } }, "a map of keys of Metaflow's configuration"],
  ["the id of a subnet's VPC", { subnetId: "vpc-0a1b2c3d4e5f60718" }, "the id of a subnet"],
])("refuses %s", (_, props, message) => {
  expect(() => notebook(props)).toThrow(message);
});

test("a script that is too long is refused when Terraform plans, as the region is in it", () => {
  const { resource } = notebook({ extraConfiguration: { METAFLOW_X: "x".repeat(12000) } });
  const { lifecycle } = resource?.aws_sagemaker_notebook_instance_lifecycle_configuration?.it_this as {
    lifecycle: { precondition: { condition: string; error_message: string }[] };
  };
  expect(lifecycle.precondition).toMatchObject([
    {
      condition: expect.stringMatching(/<= 16384/) as string,
      error_message: expect.stringContaining("characters in Base64; SageMaker takes 16384.") as string,
    },
  ]);
});

describe("in a deployment", () => {
  const withNotebook = (settings: NotebookSettings = {}, props: MetaflowProps = {}) =>
    metaflow({ notebook: settings, ...props });
  const OF_NOTEBOOK = /[.]notebook_|endpoints_(s3|sagemaker_api|this)$/;

  test("without the option there is no trace of it", () => {
    expect(JSON.stringify(metaflow())).not.toMatch(/notebook|sagemaker/);
    const others = (configuration: Configuration) =>
      addresses(configuration).filter((address) => !OF_NOTEBOOK.test(address));
    expect(others(withNotebook())).toEqual(others(metaflow()));
  });

  const endpoints = (settings: NotebookSettings, props: MetaflowProps = {}) =>
    addresses(withNotebook(settings, props)).filter((address) => /^aws_vpc_endpoint[.]/.test(address));
  const VPC = {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnet1Id: "subnet-0a1b2c3d4e5f60718",
    subnet2Id: "subnet-0a1b2c3d4e5f60719",
  };

  test.each<[what: string, settings: NotebookSettings, props: MetaflowProps, services: readonly string[]]>([
    ["in the deployment's own network", {}, {}, ["s3", "sagemaker_api"]],
    ["with direct internet access", { directInternetAccess: true }, {}, []],
    ["in a VPC of the caller's", {}, VPC, []],
  ])("%s, it has the endpoints %#", (_, settings, props, services) => {
    expect(endpoints(settings, props)).toEqual(services.map((name) => `aws_vpc_endpoint.endpoints_${name}`));
  });

  test("with VPC endpoints, there is that of SageMaker beside the others", () => {
    expect(endpoints({}, { ...VPC, vpcEndpoints: true })).toContain("aws_vpc_endpoint.endpoints_sagemaker_api");
    expect(addresses(metaflow({ vpcEndpoints: true }))).not.toContain("aws_vpc_endpoint.endpoints_sagemaker_api");
  });

  test("its key has the deployment's policy, and users may open it", () => {
    const { resource, data } = withNotebook({}, { userRolePrincipals: ["arn:aws:iam::123456789012:user/ada"] });
    expect(resource?.aws_kms_key?.notebook_this).toMatchObject({
      policy: "${data.aws_iam_policy_document.encryption_key.json}",
    });
    expect(resource?.aws_iam_role_policy?.user_role_notebook).toBeDefined();
    expect(data?.aws_iam_policy_document?.user_role_notebook).toMatchObject({
      statement: [{ resources: ["${aws_sagemaker_notebook_instance.notebook_this.arn}"] }],
    });
  });

  test.each<[what: string, settings: NotebookSettings, expected: string]>([
    ["the deployment's", {}, "arn:aws:kms:us-west-2:123456789012:key/deployment"],
    ["its own", { kmsKeyArn: KEY }, KEY],
  ])("with a key of the caller's, its volume has %s, and no key is made", (_, settings, expected) => {
    const { resource } = withNotebook(settings, { kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/deployment" });
    expect(resource?.aws_sagemaker_notebook_instance?.notebook_this?.kms_key_id).toBe(expected);
    expect(resource?.aws_kms_key).toBeUndefined();
  });

  test("refuses a field that it has not, or of a wrong value", () => {
    expect(() => withNotebook({ instancetype: "ml.t3.large" } as NotebookSettings)).toThrow(
      "notebook has no option instancetype (did you mean instanceType?)",
    );
    expect(() => withNotebook({ volumeSize: 1 })).toThrow("notebook.volumeSize must be a whole number from 5 to 16384");
  });
});

describe("the start script", () => {
  const configuration = JSON.stringify({
    METAFLOW_SERVICE_URL: "http://nlb/",
    METAFLOW_UI_URL: "https://it's $HOME `x`",
  });
  const script = (idleMinutes = 30) =>
    String(
      startScript({
        configuration,
        wheels: "s3://acme/data/notebook",
        requirement: "metaflow==2.19.39",
        idleMinutes,
        notebookName: "metaflow-notebook-dev",
        region: "us-west-2",
      }).evaluate(),
    );

  const folder = mkdtempSync(join(realpathSync(tmpdir()), "notebook-"));
  const home = join(folder, "home");
  const calls = join(folder, "calls");

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A command that notes what it is called with, and then does something. */
  function stub(path: string, then = ""): void {
    writeFileSync(path, `#!/bin/bash\necho "$(basename $0) $*" >> ${calls}\n${then}\n`);
    chmodSync(path, 0o755);
  }

  /** Runs the script with everything that it calls replaced. @returns the calls */
  async function start(text: string, wheels: boolean): Promise<string[]> {
    rmSync(home, { recursive: true, force: true });
    rmSync(calls, { force: true });
    const bin = join(folder, "bin");
    for (const each of [bin, join(home, "SageMaker"), join(home, "usr/local/bin")])
      mkdirSync(each, { recursive: true });
    for (const env of ["python3", "JupyterSystemEnv"]) {
      mkdirSync(join(home, `anaconda3/envs/${env}/bin`), { recursive: true });
      stub(join(home, `anaconda3/envs/${env}/bin/python`));
    }
    for (const command of ["chown", "systemd-run"]) stub(join(bin, command));
    stub(join(bin, "aws"), wheels ? `[ "$1" = s3 ] && touch "$4/metaflow-2.19.39-py2.py3-none-any.whl"` : "");
    stub(join(bin, "sudo"), 'shift 3; "$@"');
    stub(join(bin, "rm"), '/bin/rm "$@"');
    const file = join(folder, "on-start");
    writeFileSync(file, text.replaceAll("~ec2-user", home).replaceAll("/usr/local/bin", join(home, "usr/local/bin")));
    const env = { PATH: `${bin}:${process.env.PATH ?? ""}` };
    execFileSync("bash", [file], { env, stdio: ["ignore", "ignore", "inherit"] });
    // Its installation goes on by itself, and cleans up in the end.
    const isOver = () => /^rm -rf/m.test(existsSync(calls) ? readFileSync(calls, "utf8") : "");
    for (let tries = 0; tries < 200 && !isOver(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    return readFileSync(calls, "utf8").replaceAll(folder, "").trim().split("\n");
  }

  test("writes Metaflow's configuration as it is", async () => {
    await start(script(), false);
    expect(readFileSync(join(home, ".metaflowconfig/config.json"), "utf8").trim()).toBe(configuration);
  });

  test("installs Metaflow from PyPI into each environment but Jupyter's own", async () => {
    const pips = (await start(script(), false)).filter((call) => call.startsWith("python "));
    expect(pips).toEqual([
      "python -m pip install --disable-pip-version-check --retries 2 --timeout 15 metaflow==2.19.39",
    ]);
  });

  test("installs the wheels of the bucket without PyPI where there are some", async () => {
    const all = await start(script(), true);
    expect(all).toContainEqual(expect.stringMatching(/^aws s3 cp s3:\/\/acme\/data\/notebook\/ \S+ --recursive/));
    const pips = all.filter((call) => call.startsWith("python "));
    expect(pips).toEqual([
      expect.stringMatching(/^python -m pip install --no-index --find-links \S+ --no-deps \S+[/]metaflow-\S+[.]whl$/),
    ]);
  });

  test.each<[minutes: number, isThere: boolean]>([
    [30, true],
    [0, false],
  ])("with idleMinutes = %d, whether it looks for idleness is %j", async (minutes, isThere) => {
    const all = await start(script(minutes), false);
    expect(all.some((call) => call.startsWith("systemd-run "))).toBe(isThere);
  });

  test("what a deployment has of it is short enough, and has no key", () => {
    const encoded = String(
      notebook().resource?.aws_sagemaker_notebook_instance_lifecycle_configuration?.it_this?.on_start,
    );
    const text = encoded.replace(/^\$\{base64encode\("/, "");
    expect(Buffer.byteLength(text) * (4 / 3)).toBeLessThan(16384);
    expect(text).not.toMatch(/AUTH_KEY/);
  });

  describe("stops the notebook", () => {
    let server: Server;
    // What a version manager has in its place would put other commands before the stubs.
    const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
    const jupyter = { kernels: [] as object[], last: new Date() };

    beforeAll(async () => {
      await start(script(), false);
      server = createServer((request, response) => {
        const answer = request.url?.startsWith("/api/kernels")
          ? jupyter.kernels
          : { last_activity: jupyter.last.toISOString() };
        response.end(JSON.stringify(answer));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });

    afterAll(() => {
      server.close();
    });

    test.each<[what: string, minutesAgo: number, state: string, isStopped: boolean]>([
      ["after the time", 31, "idle", true],
      ["not before", 29, "idle", false],
      ["not while a cell runs", 600, "busy", false],
    ])("%s", async (_what, minutesAgo, execution_state, isStopped) => {
      rmSync(calls, { force: true });
      jupyter.last = new Date(Date.now() - minutesAgo * 60_000);
      jupyter.kernels = [{ execution_state }];
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${String(port)}`;
      const file = join(home, "usr/local/bin/stop-idle-notebook");
      await new Promise<void>((resolve, reject) => {
        const env = { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}` };
        spawn(python, [file, "30", "metaflow-notebook-dev", "us-west-2", url], { env, stdio: "inherit" }).on(
          "close",
          (code) => (code === 0 ? resolve() : reject(new Error(`it ended with ${String(code)}`))),
        );
      });
      const stopped = existsSync(calls) ? readFileSync(calls, "utf8").trim() : "";
      expect(stopped).toBe(
        isStopped
          ? "aws sagemaker stop-notebook-instance --notebook-instance-name metaflow-notebook-dev --region us-west-2"
          : "",
      );
    });
  });

  test("bash can read it", () => {
    expect(() => execFileSync("bash", ["-n", "-c", script()], { stdio: "ignore" })).not.toThrow();
  });
});
