import {
  DefaultTokenResolver,
  StringConcat,
  Tokenization,
  type IResolvable,
  type ITerraformDependable,
  type TerraformStack,
} from "cdktf";
import { Expression } from "../hcl/expression";
import type { ReferenceContext } from "../hcl/rendering";
import { isEncodedToken, splitTokens, tokenOf } from "../hcl/tokens";

/**
 * Resolves the tokens of a stack's values, as CDKTF resolves them; undefined values are left out.
 *
 * CDKTF makes a context of closures for every string, number and key that it meets. Here, plain values are passed on, and
 * the tokens that nearly all tokens are (expressions and references) are asked directly.
 */
export class Resolution implements ReferenceContext {
  public suppressBraces?: boolean;

  /**
   * @param scope - the stack
   * @param preparing - whether references to other stacks may still declare what they need
   */
  public constructor(
    public readonly scope: TerraformStack,
    public readonly preparing: boolean,
  ) {}

  public resolve(value: unknown): unknown {
    const outer = this.outermost(value);
    if (typeof outer !== "object" || outer === null) return outer;
    if (Array.isArray(outer)) return outer.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    const resolved: Record<string, unknown> = {};
    for (const key of Object.keys(outer)) {
      const result = this.resolve(outer[key as keyof typeof outer]);
      if (result !== undefined) resolved[key] = result;
    }
    return resolved;
  }

  /** What a value is where it is a token; a list or map of values as it is. */
  public outermost(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        return hasToken(value) ? this.resolveString(value) : value;
      case "number":
        return this.resolveNumber(value);
      case "object":
        return value === null ? null : this.resolveObject(value);
      default:
        return value;
    }
  }

  public identifierOf(token: IResolvable): string | undefined {
    return isReference(token) && token.originStack === this.scope ? token.identifier : undefined;
  }

  public registerPostProcessor(): void {
    // Neither expressions nor references have one.
  }

  private resolveToken(token: IResolvable): unknown {
    if (token instanceof Expression) return this.resolve(token.resolve(this));
    if (isReference(token)) {
      const identifier = this.identifierOf(token);
      if (identifier !== undefined) return `\${${identifier}}`;
      // It changes its context.
      return this.resolve(token.resolve(new Resolution(this.scope, this.preparing)));
    }
    const dependency = isDependable(token) ? tokenOf(token.dependable.fqn) : undefined;
    return (dependency && this.identifierOf(dependency)) ?? this.resolveElsewhere(token);
  }

  /** The way that CDKTF has for everything. */
  private resolveElsewhere(value: unknown): unknown {
    const { scope, preparing } = this;
    return Tokenization.resolve(value, { scope, preparing, resolver: RESOLVER });
  }

  private resolveString(text: string): unknown {
    const token = tokenOf(text);
    if (token) return this.resolveToken(token);
    const parts = splitTokens(text);
    // Tokens within a raw expression, and numbers within a text, are CDKTF's business.
    if (parts.some((part) => typeof part === "string" && (part.includes("${") || hasToken(part)))) {
      return this.resolveElsewhere(text);
    }
    const resolved = parts.map((part) => (typeof part === "string" ? part : this.resolveToken(part)));
    return resolved.length === 1 ? resolved[0] : resolved.map(String).join("");
  }

  private resolveNumber(value: number): unknown {
    const token = isEncodedToken(value) ? Tokenization.reverseNumber(value) : undefined;
    return token ? this.resolveToken(token) : value;
  }

  private resolveObject(value: object): unknown {
    if (Tokenization.isResolvable(value)) return this.resolveToken(value);
    if (Array.isArray(value)) return this.resolveList(value);
    return Object.keys(value).some(hasToken) ? this.resolveMap(value) : value;
  }

  private resolveList(list: unknown[]): unknown {
    const [first] = list;
    const isEncoded =
      typeof first === "string" ? first.startsWith("#{TfToken[") : typeof first === "number" && isEncodedToken(first);
    const token = isEncoded && list.length === 1 ? Tokenization.reverse(list)[0] : undefined;
    return token ? this.resolveToken(token) : list;
  }

  private resolveMap(map: object): unknown {
    const [token] = Tokenization.reverse(map);
    return token ? this.resolveToken(token) : this.resolveElsewhere(map);
  }
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** Whether a text may have a token in it; a number's text has a large exponent. */
function hasToken(text: string): boolean {
  return text.length > 9 && (text.includes("TfToken[") || (text.includes("e+") && LARGE_EXPONENT.test(text)));
}

const LARGE_EXPONENT = /e\+\d{3}/;

/** A reference to an attribute; CDKTF does not export the class. */
interface Reference extends IResolvable {
  readonly identifier: string;
  readonly originStack?: TerraformStack;
}

function isReference(token: IResolvable): token is Reference {
  return token.constructor.name === "Reference";
}

/** An item of `depends_on`; CDKTF does not export the class. */
interface Dependable extends IResolvable {
  readonly dependable: ITerraformDependable;
}

function isDependable(token: IResolvable): token is Dependable {
  return token.constructor.name === "Dependable";
}
