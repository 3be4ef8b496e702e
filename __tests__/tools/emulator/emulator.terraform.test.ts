import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import { connect, type AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findEmulator, injectFaults, setTargets, startEmulator } from "../../../tools/emulator/emulator";
import { isAlive } from "../../../tools/system/processes";
import { askAws, emulatedAws, freshAccount, invokeFunction } from "../../support/emulated-aws";
import { terraformRoot } from "../../support/terraform-root";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "metaflow-test-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

async function until(condition: () => boolean | Promise<boolean>, seconds = 15): Promise<boolean> {
  for (let waited = 0; waited < seconds; waited += 0.1) {
    if (await condition()) {
      return true;
    }
    await sleep(100);
  }
  return false;
}

describe("the emulated AWS", () => {
  test("says who it is, and stops only when it still is that one", async () => {
    const emulator = await startEmulator({ parent: process.pid, folder });
    expect(await findEmulator(emulator.port)).toMatchObject({ instance: emulator.instance, pid: emulator.pid });
    await emulator.stop();
    expect(isAlive(emulator.pid)).toBe(false);
    await emulator.stop();
  });

  test("ends with its parent", async () => {
    const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const emulator = await startEmulator({ parent: parent.pid, folder });
    parent.kill("SIGKILL");
    expect(await until(() => !isAlive(emulator.pid))).toBe(true);
  });

  test("shows the end of its log when it does not start", async () => {
    const server = http.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await expect(startEmulator({ port, parent: process.pid, folder })).rejects.toThrow(/did not start[^]*in use/);
    server.close();
  });

  test("keeps accounts apart, by bucket names too, and regions", async () => {
    const [one, two] = [freshAccount(), freshAccount()];
    const body =
      "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
    const create = async (account: string) =>
      askAws({ service: "s3", account, path: "/same-name", method: "PUT", body });
    expect([(await create(one)).status, (await create(two)).status]).toEqual([200, 200]);
    expect((await create(one)).body).toMatch(/BucketAlready/);
    await askAws({ service: "s3", account: one, path: "/same-name", method: "DELETE" });
    expect((await askAws({ service: "s3", account: two, path: "/same-name", method: "HEAD" })).status).toBe(200);
    const caller = await askAws({
      service: "sts",
      account: one,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=GetCallerIdentity&Version=2011-06-15",
    });
    expect(caller.body).toContain(`<Account>${one}</Account>`);
  });

  test("refuses what it does not know at once, not as a server's error that is tried again", async () => {
    const headers = {
      "x-amz-target": "AmazonEC2ContainerServiceV20141113.NoSuchThing",
      "content-type": "application/x-amz-json-1.1",
    };
    const { status, body } = await askAws({ service: "ecs", account: freshAccount(), headers, body: "{}" });
    expect([status, body]).toEqual([501, expect.stringContaining("does not know ecs:NoSuchThing")]);
  });

  test("gives an SDK that has lost an answer the same again, and refuses another call for what is there already", async () => {
    const account = freshAccount();
    const create = async (invocation: string, attempt: number, name: string) => {
      const sdk = { "amz-sdk-invocation-id": invocation, "amz-sdk-request": `attempt=${String(attempt)}; max=25` };
      const headers = { "content-type": "application/x-www-form-urlencoded", ...sdk };
      return askAws({
        service: "iam",
        account,
        headers,
        body: `Action=CreateGroup&GroupName=${name}&Version=2010-05-08`,
      });
    };
    const id = () => crypto.randomUUID();
    const [lost, failed] = [id(), id()];
    const first = await create(lost, 1, "one");
    expect([first.status, first.body]).toEqual([200, expect.stringContaining("<GroupName>one<")]);
    const again = await create(lost, 2, "one");
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await create(id(), 1, "one")).body).toContain("EntityAlreadyExists");
    await injectFaults(emulatedAws(), { rate: 1, account });
    expect((await create(failed, 1, "two")).status).not.toBe(200);
    await injectFaults(emulatedAws(), { rate: 0 });
    expect((await create(failed, 2, "two")).body).toContain("<GroupName>two<");
  });

  test("answers in one piece: a client may close when it has the headers", async () => {
    const pieces = await Promise.all(Array.from({ length: 20 }, () => piecesOf("GET / HTTP/1.1", "")));
    for (const all of pieces) expect(all).toEqual([expect.stringMatching(/^HTTP\/1\.1 \d+ [^]*\r\n\r\n[^]+/)]);
  });

  test("lets a client go on that asks first whether it may", async () => {
    const pieces = await piecesOf(
      "PUT /no-such-bucket/object HTTP/1.1",
      "Expect: 100-continue\r\nContent-Length: 4",
      "body",
    );
    expect(pieces).toEqual(["HTTP/1.1 100 Continue\r\n\r\n", expect.stringContaining("NoSuchBucket")]);
  });
});

/** What the emulated AWS sends to a bare request, piece by piece; a body is sent once it has asked for it. */
async function piecesOf(request: string, headers: string, body?: string): Promise<string[]> {
  const { hostname, port } = new URL(emulatedAws().endpoint);
  const scope = `${freshAccount()}/20260101/us-west-2/s3/aws4_request`;
  const authorization = `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  socket.write([request, `Host: 127.0.0.1:${port}`, authorization, headers].filter(Boolean).join("\r\n") + "\r\n\r\n");
  const pieces: string[] = [];
  for await (const piece of socket as AsyncIterable<string>) {
    if (pieces.push(piece) === 1 && body !== undefined) socket.write(body);
  }
  return pieces;
}

describe("fault injection", () => {
  const kms = {
    service: "kms",
    headers: { "x-amz-target": "TrentService.ListKeys", "content-type": "application/x-amz-json-1.1" },
    body: "{}",
  };
  const ec2 = {
    service: "ec2",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=DescribeVpcs&Version=2016-11-15",
  };

  test("answers the asked share of an account's calls as each service throttles", async () => {
    const account = freshAccount();
    await injectFaults(emulatedAws(), { rate: 1, kinds: ["throttle"], account });
    const rest = { service: "lambda", account, path: "/2015-03-31/functions/" };
    const answers = await Promise.all(
      [{ ...kms, account }, { ...ec2, account }, rest, { service: "s3", account }].map(askAws),
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 503, 429, 503]);
    const codes = ["ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown"];
    expect(answers.map(({ body }) => codes.find((code) => body.includes(code)))).toEqual(codes);
    expect((await askAws({ ...kms, account: freshAccount() })).status).toBe(200);
    expect(await injectFaults(emulatedAws(), { rate: 0 })).toMatchObject({ calls: 4, injected: 4 });
    expect((await askAws({ ...kms, account })).status).toBe(200);
  });

  test("takes sensible settings only", async () => {
    await expect(injectFaults(emulatedAws(), { rate: 2 })).rejects.toThrow("rate is a share between 0 and 1, not 2");
    await expect(injectFaults(emulatedAws(), { rate: 1, match: "(" })).rejects.toThrow(/refused/);
  });
});

describe("an emulated Lambda function", () => {
  const code = `
import json, os, urllib.request
def handler(event, context):
    print("called", context.function_name)
    if event.get("fail"):
        raise ValueError("no: " + event["fail"])
    if event.get("sleep"):
        import time; time.sleep(30)
    if event.get("exit"):
        os._exit(3)
    if event.get("url"):
        request = urllib.request.Request(event["url"], method=event.get("method", "GET"))
        return urllib.request.urlopen(request).read().decode()
    return [event, os.environ["GREETING"], os.environ["AWS_REGION"], sorted(name for name in os.environ if name.startswith("METAFLOW"))]
`;
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  const root = terraformRoot({
    terraform: { required_providers: { archive: { source: "hashicorp/archive" } } },
    data: {
      archive_file: {
        code: { type: "zip", output_path: "code.zip", source: [{ filename: "index.py", content: code }] },
      },
    },
    resource: {
      aws_iam_role: { role: { name: "function", assume_role_policy: JSON.stringify(trust) } },
      aws_lambda_function: {
        this: {
          function_name: "function",
          role: "${aws_iam_role.role.arn}",
          runtime: "python3.13",
          handler: "index.handler",
          filename: "${data.archive_file.code.output_path}",
          timeout: 2,
          environment: { variables: { GREETING: "hello" } },
        },
      },
    },
  });
  const invoke = (event: unknown) => invokeFunction(root.account, "function", event);
  beforeAll(async () => {
    await root.apply();
  });

  test("runs its handler with its own environment", async () => {
    expect(await invoke({ a: 1 })).toEqual({ error: undefined, answer: [{ a: 1 }, "hello", "us-west-2", []] });
  });

  test("reports an error, an end and a timeout as Lambda does", async () => {
    expect(await invoke({ fail: "reason" })).toMatchObject({
      error: "Unhandled",
      answer: {
        errorMessage: "no: reason",
        errorType: "ValueError",
        stackTrace: [expect.stringContaining("index.py")],
      },
    });
    expect(await invoke({ exit: true })).toMatchObject({
      error: "Unhandled",
      answer: { errorType: "Runtime.ExitError" },
    });
    expect(await invoke({ sleep: true })).toMatchObject({
      error: "Unhandled",
      answer: { errorMessage: "Task timed out after 2.00 seconds" },
    });
  });

  test("reaches no host but this machine", async () => {
    const { answer } = await invoke({ url: "http://example.com/" });
    expect(answer).toMatchObject({ errorType: "HTTPError" });
    expect((await invoke({ url: "https://example.com/" })).error).toBe("Unhandled");
  });

  test("reaches an emulated load balancer, behind which a stand-in or a real service answers", async () => {
    const { account } = root;
    const elb = async (body: string) =>
      askAws({
        service: "elasticloadbalancing",
        account,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body,
      });
    const vpc = await askAws({
      service: "ec2",
      account,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=DescribeSubnets&Version=2016-11-15",
    });
    const subnet = /subnet-\w+/.exec(vpc.body)?.[0] ?? "";
    const version = "Version=2015-12-01";
    const created = await elb(
      `Action=CreateLoadBalancer&${version}&Name=nlb&Type=network&Scheme=internal&Subnets.member.1=${subnet}`,
    );
    const [, arn = "", dns = ""] =
      /<LoadBalancerArn>(.*?)<[^]*<DNSName>(.*?)</.exec(created.body.replace(/\n/g, "")) ?? [];
    const balancer = arn === "" ? /<LoadBalancerArn>(.*?)</.exec(created.body)?.[1] : arn;
    const name = dns === "" ? /<DNSName>(.*?)</.exec(created.body)?.[1] : dns;
    expect((await invoke({ url: `http://${String(name)}:8082/ping` })).error).toBe("Unhandled");
    await elb(
      `Action=CreateListener&${version}&LoadBalancerArn=${String(balancer)}&Port=8082&Protocol=TCP&DefaultActions.member.1.Type=fixed-response&DefaultActions.member.1.FixedResponseConfig.StatusCode=200`,
    );
    const status = async () =>
      JSON.parse((await invoke({ url: `http://${String(name)}:8082/db_schema_status` })).answer as string) as unknown;
    expect(await status()).toMatchObject({ is_up_to_date: false });
    expect(await invoke({ url: `http://${String(name)}:8082/upgrade`, method: "PATCH" })).toEqual({
      answer: "upgrade success",
    });
    expect(await status()).toMatchObject({ is_up_to_date: true, unapplied_migrations: [] });

    const service = http
      .createServer((request, response) => response.end(`real ${String(request.url)}`))
      .listen(0, "127.0.0.1");
    await new Promise((resolve) => server(service, resolve));
    await setTargets(emulatedAws(), account, {
      "8082": `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`,
    });
    expect((await invoke({ url: `http://${String(name)}:8082/db_schema_status` })).answer).toBe(
      "real /db_schema_status",
    );
    service.close();
  });
});

function server(service: http.Server, resolve: (value: unknown) => void): void {
  if (service.listening) {
    resolve(undefined);
  } else {
    service.once("listening", resolve);
  }
}
