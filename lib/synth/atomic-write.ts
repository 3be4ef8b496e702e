import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";

type StackManifest = ReturnType<ISynthesisSession["manifest"]["forStack"]>;

/**
 * Has a stack's configuration put in its place in one step: a disk that is full, or a process that is killed, leaves what an earlier
 * synthesis wrote, and never a part of a configuration.
 */
export function inOneStep(stack: TerraformStack, synthesizer: IStackSynthesizer): IStackSynthesizer {
  return {
    synthesize: (session) => {
      const manifest = session.manifest.forStack(stack);
      const file = join(session.outdir, manifest.synthesizedStackPath);
      const draft: StackManifest = { ...manifest, synthesizedStackPath: `${manifest.synthesizedStackPath}.new` };
      const forStack = () => draft;
      try {
        synthesizer.synthesize({ ...session, manifest: { forStack } as unknown as ISynthesisSession["manifest"] });
        renameSync(`${file}.new`, file);
      } catch (error) {
        removeDraft(`${file}.new`);
        throw withFile(error, file);
      }
      // The annotations that the synthesis has found are read from the manifest.
      Object.assign(manifest, { annotations: draft.annotations });
    },
  };
}

function removeDraft(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder cannot be written: nothing is in it.
  }
}

/** The error of a failed write, which does not say by itself what it was for. */
export function withFile(error: unknown, file: string): unknown {
  const isOfSystem = error instanceof Error && "syscall" in error;
  return isOfSystem ? Object.assign(error, { path: file }) : error;
}
