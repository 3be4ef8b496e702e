import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process of that id runs on this machine. One that has ended counts no longer, even if nobody has asked how. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  try {
    return !/\) [ZX] /.test(fs.readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return true;
  }
}

/**
 * Waits for the end of a process that an earlier run has started and left alone, and ends what its group still runs, such as
 * Terraform's providers. Terraform ends by itself when nobody reads what it prints.
 */
export async function outlast(leader: number, seconds: number): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; isAlive(leader) && Date.now() < deadline;) {
    await sleep(200);
  }
  if (isAlive(leader)) {
    return;
  }
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // The group is gone as well.
  }
}

/**
 * The name of a folder for this process alone, in which something is made that is then renamed to its place. Those that processes
 * have left behind when they were killed are removed.
 */
export function scratchFolder(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) {
    const pid = /^\.making-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }
  return path.join(folder, `.making-${String(process.pid)}-${randomBytes(4).toString("hex")}`);
}

/** Renames a finished folder to its place, unless another process was faster: what that one made is as good. */
export function putInPlace(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if (!fs.existsSync(to)) {
      throw error;
    }
  }
}
