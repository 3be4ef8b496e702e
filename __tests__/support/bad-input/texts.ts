import fc from "fast-check";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A text of some characters. */
export function textOf(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
}

/** A word that begins with a letter. */
export function word(maxLength: number, characters = `${LETTERS}0123456789`): fc.Arbitrary<string> {
  return fc.tuple(textOf(LETTERS, 1, 1), textOf(characters, 0, maxLength - 1)).map((parts) => parts.join(""));
}

/** A text that means something to Terraform, to JSON, to a shell or to nobody, in whole Unicode characters. */
export const freeText: fc.Arbitrary<string> = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      ...'$ % { } $$ %% ${ %{ $${ %%{ ${x} %{if} " \\ \\n \\" \n \r\n \t ~ \' ` # é ß 漢 👍 < > & ; | = / . a Z 0'.split(
        " ",
      ),
      " ",
    ),
    maxLength: 12,
  }),
  fc.constantFrom(
    'say "hi"',
    "${var.secret}",
    "%{ if true }yes%{ endif }",
    "$${escaped}",
    "first\nsecond",
    "C:\\path\\new",
    "naïve Ünïcödé 密碼 пароль",
    '"}],"injected":[{"',
    "${jsonencode(1)}",
    "`rm -rf`; $(true)",
    "{{template}}",
    "\\u0041",
    "$",
    "%",
    "${",
    "%{",
  ),
  fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/\p{Cc}/u.test(text)),
);

/** Text of a tag, which AWS restricts to letters, digits, spaces and some signs. */
export const tagText: fc.Arbitrary<string> = fc
  .oneof(textOf("aZ0 _.:/=+-@éßñ漢字Жω", 1, 20), textOf("a", 120, 128))
  .filter((text) => !/^(aws|rds):/i.test(text));

/** Text that no tag may have: signs that AWS refuses, or what it keeps for itself. */
export const noTagText: fc.Arbitrary<string> = fc.constantFrom(
  'a "quote"',
  "${x}",
  "%{x}",
  "a\nb",
  "back\\slash",
  "a,b",
  "what?",
  "#1",
  "👍",
  "aws:owner",
  "AWS:owner",
  "a*",
  "it's",
);

/** One of some values. */
export const oneOf = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
