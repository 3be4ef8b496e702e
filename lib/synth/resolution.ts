import {
  DefaultTokenResolver,
  StringConcat,
  Tokenization,
  type IResolvable,
  type IResolveContext,
  type TerraformStack,
} from "cdktf";
import { Expression, splitTokens } from "../hcl/expression";

/**
 * A value with its tokens resolved, as CDKTF resolves them; undefined values are left out.
 *
 * CDKTF makes a context of closures for every string, number and key that it meets. Here, plain values are passed on, and
 * the tokens that nearly all tokens are (expressions and references) are asked directly.
 *
 * @param preparing - whether references to other stacks may still declare what they need
 */
export function resolveTokens(value: unknown, scope: TerraformStack, preparing: boolean): unknown {
  switch (typeof value) {
    case "string":
      return TOKEN.test(value) ? resolveString(value, scope, preparing) : value;
    case "number":
      return resolveNumber(value, scope, preparing);
    case "object":
      return value === null ? null : resolveObject(value, scope, preparing);
    default:
      return value;
  }
}

/** What a token in text form has in it; a number's text has a large exponent. */
const TOKEN = /TfToken\[|e\+\d{3}/;
const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** The way that CDKTF has for everything. */
function resolveElsewhere(value: unknown, scope: TerraformStack, preparing: boolean): unknown {
  return Tokenization.resolve(value, { scope, preparing, resolver: RESOLVER });
}

function resolveToken(token: IResolvable, scope: TerraformStack, preparing: boolean): unknown {
  const isSimple = token instanceof Expression || token.constructor.name === "Reference";
  if (!isSimple) return resolveElsewhere(token, scope, preparing);
  return resolveTokens(token.resolve(new Context(scope, preparing)), scope, preparing);
}

/** What expressions and references need to know when they are resolved. */
class Context implements IResolveContext {
  public suppressBraces?: boolean;

  public constructor(
    public readonly scope: TerraformStack,
    public readonly preparing: boolean,
  ) {}

  public resolve(value: unknown): unknown {
    return resolveTokens(value, this.scope, this.preparing);
  }

  public registerPostProcessor(): void {
    // Neither expressions nor references have one.
  }
}

function resolveString(text: string, scope: TerraformStack, preparing: boolean): unknown {
  const parts = splitTokens(text);
  // Tokens within a raw expression, and numbers within a text, are CDKTF's business.
  if (parts.some((part) => typeof part === "string" && /\$\{|e\+\d{3}/.test(part))) {
    return resolveElsewhere(text, scope, preparing);
  }
  const resolved = parts.map((part) => (typeof part === "string" ? part : resolveToken(part, scope, preparing)));
  return resolved.length === 1 ? resolved[0] : resolved.map(String).join("");
}

function resolveNumber(value: number, scope: TerraformStack, preparing: boolean): unknown {
  const token = value < -1e280 ? Tokenization.reverseNumber(value) : undefined;
  return token ? resolveToken(token, scope, preparing) : value;
}

function resolveObject(value: object, scope: TerraformStack, preparing: boolean): unknown {
  if (Tokenization.isResolvable(value)) return resolveToken(value, scope, preparing);
  if (Array.isArray(value)) return resolveList(value, scope, preparing);
  const resolved: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (TOKEN.test(key)) return resolveMap(value, scope, preparing);
    const result = resolveTokens(item, scope, preparing);
    if (result !== undefined) resolved[key] = result;
  }
  return resolved;
}

function resolveList(list: unknown[], scope: TerraformStack, preparing: boolean): unknown {
  const [first] = list;
  const isEncoded = list.length === 1 && (typeof first === "string" || typeof first === "number");
  const token = isEncoded && TOKEN.test(String(first)) ? Tokenization.reverse(list)[0] : undefined;
  if (token) return resolveToken(token, scope, preparing);
  return list.map((item) => resolveTokens(item, scope, preparing)).filter((item) => item !== undefined);
}

function resolveMap(map: object, scope: TerraformStack, preparing: boolean): unknown {
  const [token] = Tokenization.reverse(map);
  return token ? resolveToken(token, scope, preparing) : resolveElsewhere(map, scope, preparing);
}
