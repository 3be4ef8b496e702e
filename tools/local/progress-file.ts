import * as fs from "node:fs";
import * as path from "node:path";
import type { Progress } from "../terraform/progress";
import { stackFolder } from "./record";

const INTERVAL_MILLISECONDS = 250;

/** Writes how far a run of Terraform is to where the page of the emulated AWS reads it: `.local/stack/progress.json`. */
export class ProgressFile {
  private written = 0;

  /** @param pid - of Terraform: where that is gone without a word, the run has ended */
  public constructor(
    private readonly command: "apply" | "destroy",
    private readonly pid: number,
    private readonly file: string = path.join(stackFolder, "progress.json"),
  ) {}

  /** At most four times a second. */
  public update(progress: Progress): void {
    if (Date.now() - this.written >= INTERVAL_MILLISECONDS) this.write(progress);
  }

  /** The last word. */
  public end(progress: Progress, code: number | null): void {
    this.write(progress, { ended: Date.now(), failed: code !== 0 });
  }

  private write(progress: Progress, ending: object = {}): void {
    const { began, total, expected, running, done, failed, diagnostics } = progress;
    const { command, pid } = this;
    const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);
    const text = JSON.stringify({
      ...{ command, pid, began, total, expected, running, done, errors },
      failures: failed,
      ...ending,
    });
    this.written = Date.now();
    try {
      fs.writeFileSync(`${this.file}.new`, text);
      fs.renameSync(`${this.file}.new`, this.file);
    } catch {
      // Where nothing can be written, Terraform goes on without: it is only for whoever looks.
    }
  }
}
