import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { project } from "./app-folder";

/** A fenced block of a guide. */
export interface Block {
  readonly language: string;
  /** The file that the block is (or changes), as its fence says: `hcl file=$HCL/main.tf`. */
  readonly file?: string;
  readonly text: string;
  /** What the block prints, if a block of the language `text` follows it. */
  readonly expected?: string;
}

/** The fenced blocks of a document's sections, by the headings of the second level. */
export function guideBlocks(path: string): Map<string, Block[]> {
  const sections = readFileSync(join(project, path), "utf8").split(/^## (?=\S)/m);
  return new Map(
    sections.slice(1).map((section) => {
      const heading = section.slice(0, section.indexOf("\n"));
      const blocks = [...section.matchAll(/^```(\w+)(?: file=(\S+))?\n(.*?)^```$/gms)].map(
        ([, language = "", file, text = ""]) => ({ language, file, text }),
      );
      const commands = blocks.map((block, index) => {
        const next = blocks[index + 1];
        return next?.language === "text" ? { ...block, expected: next.text } : block;
      });
      return [heading, commands.filter(({ language }) => language !== "text")];
    }),
  );
}

/** Somebody who follows a guide: the shell keeps its folder and its variables from block to block. */
export class Reader {
  private readonly variables: string;
  private readonly run = promisify(execFile);
  private readonly met = new Set<string>();

  /**
   * @param folder - where the shell's state is kept
   * @param env - the shell's environment
   * @param own - what the reader puts in place of a guide's examples, such as folders and ids
   */
  public constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly own: Readonly<Record<string, string>>,
  ) {
    this.variables = join(folder, "variables.sh");
    writeFileSync(this.variables, "");
  }

  /** Does what a block says: runs its commands, or writes or changes its file. @returns what the commands print */
  public async follow(block: Block): Promise<string> {
    const text = this.adapted(block.text);
    if (block.file === undefined) {
      if (block.language !== "sh") throw new Error(`A block of ${block.language} is of no file:\n${block.text}`);
      return this.shell(text);
    }
    const file = (await this.shell(`printf %s "${block.file}"`)).trim();
    if (block.language === "diff") change(file, text);
    else if (block.language === "json" && !text.startsWith("{")) merge(file, text);
    else writeFileSync(file, text);
    return "";
  }

  /** Runs commands as the guide's are run; the first that fails ends them. */
  public async shell(commands: string): Promise<string> {
    const script = `. "${this.variables}"\n${commands}\n{ export -p; printf 'cd %q\\n' "$PWD"; } > "${this.variables}"`;
    try {
      const options = { cwd: this.folder, env: this.env, maxBuffer: 1 << 26 };
      const { stdout } = await this.run("bash", ["--norc", "-euo", "pipefail", "-c", script], options);
      return stdout;
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
      const words = `${stdout?.split("\n").slice(-80).join("\n") ?? ""}\n${stderr ?? String(error)}`;
      throw new Error(`These commands ended with ${String(code)}:\n${commands}\n${words}`, { cause: error });
    }
  }

  /** The examples that the guide did not have. */
  public get unmet(): string[] {
    return Object.keys(this.own).filter((example) => !this.met.has(example));
  }

  private adapted(text: string): string {
    return Object.entries(this.own).reduce((result, [example, own]) => {
      if (result.includes(example)) this.met.add(example);
      return result.replaceAll(example, own);
    }, text);
  }
}

/** Puts the lines that begin with + in place of those that begin with -, which must be in the file. */
function change(file: string, diff: string): void {
  const lines = (sign: string) => diff.split("\n").flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
  const [removed, added] = [lines("-"), lines("+")];
  const content = removed.reduce(
    (text, line, index) => {
      if (!text.includes(`${line}\n`)) throw new Error(`${file} has no line\n${line}`);
      return text.replace(`${line}\n`, () => `${added[index] ?? ""}\n`);
    },
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, content);
}

/** Sets keys of a JSON file. */
function merge(file: string, members: string): void {
  const content = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...content, ...(JSON.parse(`{${members}}`) as object) }, undefined, 2));
}
