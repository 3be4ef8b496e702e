/**
 * Keeps CDKTF from noting, for every reference, the whole call stack of its creation: most of the time and memory that
 * an app with many stacks takes. The note is shown only where a reference cannot be resolved.
 *
 * Errors keep their stacks. Where source maps are enabled (`NODE_OPTIONS=--enable-source-maps`), nothing changes.
 */
export function omitCreationStacks(): void {
  if (process.sourceMapsEnabled) return;
  const formatStack = Error.prepareStackTrace ?? plainStack;
  // CDKTF captures into a plain object, which tells it from an error.
  Error.prepareStackTrace = (target, frames): unknown => (target instanceof Error ? formatStack(target, frames) : "");
}

function plainStack(error: Error, frames: NodeJS.CallSite[]): string {
  return [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join("\n");
}
