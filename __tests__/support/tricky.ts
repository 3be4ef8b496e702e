/** A text that Terraform, JSON or a shell could mistake for something else. */
export const TRICKY = 'a "quote", ${x}, %{ if y }, \\ and é\nnext';
