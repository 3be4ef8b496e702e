/** Inputs that a published module refuses at plan: `refusals.ts` of the module's tests. */
export interface Refusal {
  readonly name: string;
  /** What differs from the parity case with the module's defaults. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What Terraform must say: the input, the value and what is allowed. */
  readonly says: readonly (string | RegExp)[];
}
