import { Token, Tokenization, type IResolvable } from "cdktf";

/** The token that a text is, if it is one and nothing else. */
export function tokenOf(text: string): IResolvable | undefined {
  if (!text.startsWith("${TfToken[")) return undefined;
  const known = TOKENS.get(text);
  if (known || !WHOLE_TOKEN.test(text)) return known;
  const [token] = Tokenization.reverseString(text).tokens;
  if (token) TOKENS.set(text, token);
  return token;
}

/** Notes the text by which a token is passed on. */
export function rememberToken(text: string, token: IResolvable): void {
  TOKENS.set(text, token);
}

/** The tokens that texts have turned out to be. CDKTF keeps every token as long as the process runs, too. */
const TOKENS = new Map<string, IResolvable>();
const WHOLE_TOKEN = /^\$\{TfToken\[[\w:.-]+\]\}$/;

/** The literal parts of a text and the tokens between them. */
export function splitTokens(text: string): (string | IResolvable)[] {
  const token = tokenOf(text);
  if (token) return [token];
  if (!Token.isUnresolved(text)) return [text];
  return text
    .split(/(\$\{TfToken\[[\w:.-]+\]\})/)
    .map((part, index) => (index % 2 ? tokenOf(part) : part))
    .filter((part): part is string | IResolvable => part !== undefined && part !== "");
}

/** Whether a map stands for a token: CDKTF encodes them as maps with one key that nothing else has. */
export function isEncodedMap(value: object): boolean {
  for (const key in value) return key.startsWith("&{TfToken[");
  return false;
}

/** Whether a number may stand for a token: CDKTF encodes them as numbers that nothing else is. */
export function isEncodedToken(value: number): boolean {
  return value < -1e280;
}
