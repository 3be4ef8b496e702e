import type { IResolvable } from "cdktf";

/** What an expression's operand may be: literals (strings being templates), tokens, and lists and maps of them. */
export type Operand =
  string | number | boolean | null | undefined | IResolvable | readonly Operand[] | { readonly [key: string]: Operand };

/** A value that is known at synth time. */
export type Known = string | number | boolean | null | readonly Known[] | { readonly [key: string]: Known };
