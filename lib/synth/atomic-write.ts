import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";

type StackManifest = ReturnType<ISynthesisSession["manifest"]["forStack"]>;

/**
 * Has a stack's configuration put in its place in one step: a disk that is full, or a process that is killed, leaves what an earlier
 * synthesis wrote, and never a part of a configuration.
 *
 * @param text - the configuration's text; undefined where the synthesizer makes it
 */
export function inOneStep(
  stack: TerraformStack,
  synthesizer: IStackSynthesizer,
  text: () => Buffer | undefined,
): IStackSynthesizer {
  return {
    synthesize: (session) => {
      const manifest = session.manifest.forStack(stack);
      const file = join(session.outdir, manifest.synthesizedStackPath);
      const draft: StackManifest = { ...manifest, synthesizedStackPath: `${manifest.synthesizedStackPath}.new` };
      let written: Buffer | undefined;
      // The synthesizer asks for the manifest when the aspects have changed the stack and the validations have passed; then assets do.
      const forStack = () => {
        written ??= file.endsWith(".json") ? text() : undefined;
        if (written) Object.defineProperty(stack, "toTerraform", { value: () => ({}), configurable: true });
        return draft;
      };
      try {
        const { outdir } = session.manifest;
        synthesizer.synthesize({
          ...session,
          manifest: { forStack, outdir } as unknown as ISynthesisSession["manifest"],
        });
        if (written) writeFileSync(`${file}.new`, written);
        renameSync(`${file}.new`, file);
      } catch (error) {
        removeDraft(`${file}.new`);
        throw withFile(error, file);
      } finally {
        if (written) Reflect.deleteProperty(stack, "toTerraform");
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
