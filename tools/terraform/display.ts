import {
  advance,
  begin,
  block,
  deprecations,
  diagnosticText,
  finishedLine,
  heartbeatLine,
  isDeprecation,
  type Progress,
} from "./progress";
import { wrapped } from "./prose";

const HEARTBEAT_SECONDS = 15;

/** Where progress is shown: standard output, or a stand-in for it. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Shows how a Terraform run proceeds: one block that renews itself on a terminal, plain lines anywhere else. */
export class ProgressDisplay {
  public progress: Progress;
  private drawn = 0;
  private spoke: number;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly screen: Screen,
    private readonly environment: NodeJS.ProcessEnv = process.env,
    private readonly now: () => number = Date.now,
  ) {
    this.progress = begin(now());
    this.spoke = now();
  }

  /** Starts the clock. */
  public start(): this {
    this.timer = setInterval(
      () => {
        this.tick();
      },
      this.isBlock ? 200 : 1000,
    );
    return this;
  }

  /** Takes a line of `terraform apply -json`. */
  public line(text: string): void {
    if (text.trim() === "") {
      return;
    }
    const { progress, change } = advance(this.progress, text, this.now());
    this.progress = progress;
    if (change.diagnostic && !isDeprecation(change.diagnostic)) {
      this.print(this.coloured(change.diagnostic.severity, diagnosticText(change.diagnostic)) + "\n");
    }
    if (change.finished && !this.isBlock) {
      this.print(finishedLine(progress, change.finished));
    }
  }

  /** Renews the block, or says every now and then what is waited for. */
  public tick(): void {
    if (this.isBlock) {
      this.draw();
    } else if (this.now() - this.spoke >= HEARTBEAT_SECONDS * 1000) {
      this.print(heartbeatLine(this.progress, this.now()));
    }
  }

  /** Stops the clock, takes the block away, and says in one line which arguments are deprecated. */
  public stop(): Progress {
    clearInterval(this.timer);
    this.erase();
    const deprecated = deprecations(this.progress);
    if (deprecated !== undefined) this.say(deprecated);
    return this.progress;
  }

  /** Prints prose, which is wrapped. */
  public say(text: string): void {
    this.print(wrapped(text));
  }

  /** Prints a line of its own, above the block. */
  public print(text: string): void {
    this.erase();
    this.screen.write(`${text}\n`);
    this.spoke = this.now();
  }

  private get isBlock(): boolean {
    return this.screen.isTTY === true && this.environment.TERM !== "dumb";
  }

  private draw(): void {
    const lines = block(this.progress, this.now(), this.screen.columns ?? 80);
    this.erase();
    this.screen.write(lines.map((line) => `${line}\n`).join(""));
    this.drawn = lines.length;
  }

  private erase(): void {
    if (this.drawn > 0) {
      this.screen.write(`\u001b[${String(this.drawn)}A\u001b[J`);
      this.drawn = 0;
    }
  }

  private coloured(severity: "error" | "warning", text: string): string {
    const colour = severity === "error" ? 31 : 33;
    return this.screen.isTTY === true && !this.environment.NO_COLOR
      ? text.replace(/^\w+:/, `\u001b[${String(colour)}m$&\u001b[0m`)
      : text;
  }
}
