import { EMULATED_ACCOUNT, emulatedOverride, sealedEnvironment } from "../../../tools/terraform/environment";

const hostile = {
  PATH: "/bin",
  HOME: "/users/someone",
  LANG: "C.UTF-8",
  AWS_PROFILE: "production",
  AWS_ENDPOINT_URL_S3: "https://s3.example.com",
  AWS_SESSION_TOKEN: "real",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/x",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
  AWS_CA_BUNDLE: "/ca.pem",
  HTTPS_PROXY: "http://proxy.example.com",
  no_proxy: "*",
  TF_VAR_resource_prefix: "x-",
  TF_CLI_ARGS_apply: "-destroy",
  TF_WORKSPACE: "production",
  TF_DATA_DIR: "/data",
  TF_REATTACH_PROVIDERS: "{}",
  TF_TOKEN_app_terraform_io: "secret",
  PYTHONPATH: "/x",
};
const endpoint = "http://127.0.0.1:7766";

describe("sealedEnvironment", () => {
  test("keeps nothing that leads to an account or changes what Terraform does", () => {
    const sealed = sealedEnvironment({ endpoint, source: hostile });
    const kept = Object.keys(hostile).filter((name) => sealed[name] === hostile[name as keyof typeof hostile]);
    expect(kept).toEqual(["PATH", "LANG"]);
    expect(sealed).toMatchObject({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: EMULATED_ACCOUNT,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "127.0.0.1,localhost",
    });
  });

  test("lets an init reach a registry through the caller's proxy, but still no account", () => {
    const sealed = sealedEnvironment({ endpoint, registry: true, source: hostile });
    const names = Object.keys(sealed).filter((name) => name in hostile);
    expect(names.sort()).toEqual(["HOME", "HTTPS_PROXY", "LANG", "PATH", "TF_TOKEN_app_terraform_io", "no_proxy"]);
    expect(sealed.AWS_ENDPOINT_URL).toBe(endpoint);
    expect(sealed.HTTPS_PROXY).toBe(hostile.HTTPS_PROXY);
  });

  test("sets the account, the region, the CLI configuration and what is asked for on top", () => {
    const options = {
      endpoint,
      account: "111122223333",
      region: "eu-west-1",
      cliConfig: "/x.tfrc",
      extra: { TF_VAR_a: "b" },
    };
    expect(sealedEnvironment({ ...options, source: {} })).toMatchObject({
      AWS_ACCESS_KEY_ID: "111122223333",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      TF_CLI_CONFIG_FILE: "/x.tfrc",
      TF_VAR_a: "b",
    });
  });
});

describe("emulatedOverride", () => {
  const settings = { s3_use_path_style: true, allowed_account_ids: [EMULATED_ACCOUNT] };

  test("turns every AWS provider block, by its alias, and keeps the state beside the root", () => {
    const root = { provider: { aws: [{ region: "us-east-1" }, { alias: "dns", region: "us-west-2" }], random: [{}] } };
    expect(emulatedOverride(root)).toEqual({
      terraform: { backend: { local: {} } },
      provider: { aws: [settings, { alias: "dns", ...settings }] },
    });
  });

  test.each([{ provider: { aws: { region: "us-east-1" } } }, { provider: {} }, {}])(
    "takes one block or none: %j",
    (root) => {
      expect(emulatedOverride(root).provider).toEqual({ aws: [settings] });
    },
  );
});
