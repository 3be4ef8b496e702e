import { parse, USAGE, type Command } from "./arguments";
import { chosen, readCases } from "./cases";
import { abandon, prepareTools } from "./emulated";
import { compare, keep, requireRecorded, resolve } from "./record";
import { checkTakeover, recordTakeover } from "./takeover";

async function run(command: Command): Promise<number> {
  switch (command.action) {
    case "record":
    case "check":
      return resolveCases(command);
    case "record-takeover":
      return recordTakeover(command, await prepareTools(say), say);
    case "check-takeover":
      return checkTakeover(command, await prepareTools(say), say);
  }
}

/** Records or checks cases. @returns how many of them failed or differ */
async function resolveCases({ action, modules, cases, expected, names }: Command): Promise<number> {
  const all = chosen("case", readCases(cases), names);
  if (action === "check") requireRecorded(expected, Object.keys(all));
  const tools = await prepareTools(say);
  let bad = 0;
  await resolve(all, modules, tools, (name, result) => {
    if (result instanceof Error) {
      bad++;
      say(`${name}: ${result.message}`);
    } else if (action === "record") {
      say(`${name}: ${keep(expected, name, result)}`);
    } else {
      const found = compare(expected, name, result, modules.isReference ? {} : all[name]?.corrected);
      bad += Math.min(found.length, 1);
      say([`${name}: ${found.length === 0 ? "equal" : "differs"}`, ...found.map((each) => `  ${each}`)].join("\n"));
    }
  });
  return bad;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.some((arg) => /^--?h(elp)?$/.test(arg))) {
    say(USAGE);
    return;
  }
  const command = parse(args);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      abandon();
      process.exit(1);
    });
  }
  process.exitCode = (await run(command)) > 0 ? 1 : 0;
}

// `npm run parity`: what the reference's modules resolve to, and whether others do so, too.
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
