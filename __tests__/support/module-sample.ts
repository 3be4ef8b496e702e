/** Props of a module's construct, and values of its inputs: `sample.ts` of the module's tests. */
export interface ModuleSample {
  /** Props that the construct is made with, all of them known at synth. */
  readonly props: object;
  /** Further such props, by what they are. */
  readonly variants?: Readonly<Record<string, object>>;
  /** Values of those inputs of its own that not every value of the type would do for. */
  readonly values?: Readonly<Record<string, unknown>>;
}
