import { localProfile, metaflowUser } from "../../../tools/local/profile";

const emulator = { endpoint: "http://127.0.0.1:7766" };
const deployed = {
  METAFLOW_SERVICE_URL: "https://abc123.execute-api.us-west-2.amazonaws.com/api/",
  METAFLOW_UI_URL: "https://metaflow.example",
  METAFLOW_DEFAULT_METADATA: "service",
};

test("a profile's addresses are the emulated AWS, and its user is there", () => {
  const {
    METAFLOW_USER: user,
    METAFLOW_S3_WORKER_COUNT: workers,
    ...others
  } = localProfile(JSON.stringify(deployed), emulator);
  expect(user).toMatch(/^(?!root$)./);
  expect(workers).toBeGreaterThan(0);
  expect(others).toEqual({
    METAFLOW_SERVICE_URL: "http://127.0.0.1:7766/execute-api/abc123/api",
    METAFLOW_DEFAULT_METADATA: "service",
    METAFLOW_DATATOOLS_CLIENT_PARAMS: {
      endpoint_url: emulator.endpoint,
      aws_access_key_id: "123456789012",
      aws_secret_access_key: "emulated",
      region_name: "us-west-2",
    },
  });
});

test.each<[environment: NodeJS.ProcessEnv, login: string, user: string]>([
  [{ SUDO_USER: "ada", USERNAME: "root", USER: "root" }, "root", "ada"],
  [{ USERNAME: "grace", USER: "ada" }, "ada", "grace"],
  [{ USER: "ada" }, "grace", "ada"],
  [{ USER: "root" }, "ada", "ada"],
  [{}, "ada", "ada"],
  [{}, "root", "local"],
  [{ USER: "root" }, "", "local"],
])("of %j and the login %j, Metaflow's user is %s", (environment, login, user) => {
  expect(metaflowUser(environment, () => login)).toBe(user);
});
