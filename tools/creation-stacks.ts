/**
 * Keeps CDKTF from noting, for every reference, the whole call stack of its creation: most of the time and memory that
 * an app with many stacks takes. The note is shown only where a reference cannot be resolved. Errors keep their stacks.
 */
export function omitCreationStacks(): void {
  const capture = Error.captureStackTrace.bind(Error);
  // CDKTF captures into a plain object, which tells it from an error.
  Error.captureStackTrace = (target, below) => {
    if (target instanceof Error) capture(target, below);
  };
}
