import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import { startEmulator, type StartedEmulator } from "../../../tools/emulator/emulator";
import { toolFile } from "../../../tools/system/paths";
import { preparePython, pythonEnvironment } from "../../../tools/system/python";
import { ADDRESSES, progress, SECRET, state } from "./page/deployment";

/** The Chromium of the machine: that of CHROMIUM, or one on the PATH. */
const executablePath = [
  process.env.CHROMIUM ?? "",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
]
  .map((name) =>
    name === "" ? "" : spawnSync("sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" }).stdout.trim(),
  )
  .find((found) => found !== "");
const inBrowser = executablePath === undefined ? describe.skip : describe;
const reason = executablePath === undefined ? " (skipped: no Chromium on the PATH or in CHROMIUM)" : "";

inBrowser(`the page in Chromium${reason}`, () => {
  let folder: string;
  let stack: string;
  let emulator: StartedEmulator;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let asked: string[];

  const write = (name: string, text: string) => {
    writeFileSync(join(stack, name), text);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), "page-"));
    stack = join(folder, "stack");
    mkdirSync(stack);
    mkdirSync(join(folder, "databases"));
    const python = await preparePython();
    emulator = await startEmulator({ parent: process.pid, folder, python, tasks: true, page: stack });
    const seed = [
      "-B",
      join(__dirname, "page", "seed.py"),
      emulator.endpoint,
      join(folder, "databases", "one.sqlite"),
      SECRET,
    ];
    const PYTHONPATH = [toolFile("emulator/python"), join(__dirname, "python")].join(":");
    await promisify(execFile)(python, seed, { env: { ...pythonEnvironment(), PYTHONPATH } });
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser.close();
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    write("terraform.tfstate", state());
    write("progress.json", progress(ADDRESSES.length, { ended: Date.now(), failed: false }));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    [complaints, asked] = [[], []];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
  });

  afterEach(async () => {
    await page.close();
    // It says no error, and asks nobody else: there is no network.
    expect(complaints).toEqual([]);
    expect([...new Set(asked)]).toEqual([emulator.endpoint]);
  });

  const open = async (where = "") => {
    await page.goto(`${emulator.endpoint}/${where}`);
  };
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();

  test("shows what is deployed, part by part, with each resource's name, address and state", async () => {
    await open();
    await page.getByRole("link", { name: /S3 bucket metaflow-bucket 1/ }).click();
    await sees("aws_s3_bucket.datastore_this");
    expect(await page.locator(".resource").allInnerTexts()).toEqual([
      expect.stringMatching(/metaflow-bucket\s+aws_s3_bucket.datastore_this\s+deployed\s+Copy ARN/),
    ]);
    await page.getByRole("link", { name: "All parts" }).click();
    await page.getByRole("searchbox").fill("database");
    expect(await page.locator(".resource .address").allInnerTexts()).toEqual(["aws_db_instance.datastore_this"]);
  });

  test("has the diagram's arrows between the parts that there are", async () => {
    await open();
    await page.locator(".arrows > path").first().waitFor();
    // client to API, bucket and compute; API to balancer to service to database; queue to bucket and balancer.
    expect(await page.locator(".arrows > path").count()).toBe(8);
  });

  test("shows the progress while it is applied, and what is reached as it comes", async () => {
    write("terraform.tfstate", state(2));
    write("progress.json", progress(2));
    await open();
    await sees("Applying: 2 of 6");
    await sees(/aws_ecs_service\.metadata_service_this/);
    await page.getByRole("link", { name: /AWS Batch 0 of 1, waiting/ }).waitFor();
    write("terraform.tfstate", state(5));
    write("progress.json", progress(5));
    await sees("Applying: 5 of 6");
    await page.getByRole("link", { name: /AWS Batch metaflow-queue 1/ }).waitFor();
    write("terraform.tfstate", state());
    write("progress.json", progress(6, { ended: Date.now(), failed: false }));
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await sees("up");
  });

  test("says that an apply has failed, and how to go on", async () => {
    write("progress.json", progress(3, { ended: Date.now(), failed: true }));
    await open();
    await sees("terraform apply did not end well.");
    await sees("npm run local");
  });

  test("hides secrets until they are asked for, and copies outputs", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("#outputs");
    const row = page.locator(".output", { hasText: "METAFLOW_SERVICE_AUTH_KEY" });
    await row.waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await row.getByRole("button", { name: "Show" }).click();
    await sees(SECRET);
    await row.getByRole("button", { name: "Hide" }).click();
    await page.getByText(SECRET).waitFor({ state: "detached" });
    await page
      .locator(".output", { hasText: "METAFLOW_DEFAULT_DATASTORE" })
      .getByRole("button", { name: "Copy" })
      .click();
    await sees("Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("s3");
    await row.getByRole("button", { name: "Copy" }).click();
    await row.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(SECRET);
  });

  test("shows a run with its steps, its job's log and its card", async () => {
    await open("#runs");
    await page.getByRole("link", { name: /SeedFlow 1/ }).click();
    expect(await page.locator(".detail h3").allInnerTexts()).toEqual(["start", "greet", "end"]);
    await page.getByRole("button", { name: "Card" }).click();
    await page.frameLocator("iframe").getByText("the card of greet").waitFor();
    await page.getByRole("button", { name: "Log" }).click();
    await sees("a line of the job");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("shows a job with its log, in which a secret stays hidden", async () => {
    await open("#jobs");
    await page.getByRole("link", { name: /ada-SeedFlow-1-greet-2-0/ }).click();
    await sees("the secret (hidden)");
    await sees("Essential container in task exited, exit code 0");
    expect(await page.content()).not.toContain(SECRET);
  });

  test("shows the requests as they come, and those that were denied", async () => {
    await open("#requests");
    await sees("s3:PUT /data/metaflow/mf.cards/SeedFlow/runs/1/steps/greet/tasks/2/cards/default-1.html");
    await fetch(`${emulator.endpoint}/execute-api/none/api/flows/as-they-come`);
    await sees("execute-api GET /flows/as-they-come");
    await page.getByLabel("Denied only").check();
    await sees(/is not authorized to perform: s3:DeleteObject on resource: arn:aws:s3:::data\/mine/);
    await sees("The REST API: Missing Authentication Token");
    expect(await page.locator(".request:not(.denied)").count()).toBe(0);
  });

  test.each([
    ["light", 390],
    ["dark", 390],
    ["dark", 760],
    ["light", 1920],
  ] as const)("is readable %s and %d wide", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const tab of ["deployed/database", "outputs", "runs/SeedFlow/1", "jobs", "executions", "requests"]) {
      await open(`#${tab}`);
      await page.locator("main :is(.part, .list, .empty):visible").first().waitFor();
      const sizes = "[document.documentElement.scrollWidth, innerWidth]";
      const [content = 0, seen = 0] = await page.evaluate<number[]>(sizes);
      expect({ tab, wider: Math.max(0, content - seen) }).toEqual({ tab, wider: 0 });
    }
    const style = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]";
    const [ink = 0, ground = 0] = (await page.evaluate<string[]>(style)).map(luminance);
    expect((Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)).toBeGreaterThan(12);
    expect(ink < ground).toBe(colorScheme === "light");
  });

  test("another site reads nothing of it, and a page whose emulated AWS has ended says so", async () => {
    const other = await startEmulator({ parent: process.pid, folder: join(folder, "other"), page: stack });
    try {
      await page.goto(`${other.endpoint}/`);
      const place = `${emulator.endpoint}/_emulator/page/deployed`;
      expect(await page.evaluate(`fetch("${place}").then(() => "read", () => "refused")`)).toBe("refused");
      expect((await fetch(place, { headers: { origin: other.endpoint } })).status).toBe(403);
      await sees("API Gateway");
    } finally {
      await other.stop();
    }
    await sees("The emulated AWS does not answer.");
    // What could not be reached is what was asked for.
    [complaints, asked] = [[], [emulator.endpoint]];
  });
});

/** Of `rgb(1, 2, 3)`, as WCAG computes it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((value) => {
    const part = Number(value) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
