/** Bad input in a call of a published module: `callers-line.ts` of the module's tests. */
export interface BadInput {
  readonly kind: "missing" | "mistyped" | "unknown" | "null" | "impossible";
  readonly input: string;
  /** HCL; absent where the input is not given. */
  readonly value?: string;
  readonly says: string;
}
