import { isMap } from "./tidy";

/** A resource as it came to be. */
export interface Applied {
  /** Its address, as it stands in a result. */
  readonly name: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A generated value, and the symbol that stands for it. */
export type GeneratedSymbol = readonly [value: string, name: string];

/** The symbol `<address.attribute>` of every generated value, the longest value first: one may be part of another. */
export function symbolsOf(resources: readonly Applied[]): GeneratedSymbol[] {
  const names = new Map<string, string>();
  for (const { name, type, values } of resources) {
    for (const attribute of GENERATED) {
      if (TIMES.has(attribute) || CONFIGURED.has(`${type}.${attribute}`)) continue;
      const value = values[attribute];
      const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
      if (text.length >= shortest(type) && !names.has(text)) names.set(text, `<${name}.${attribute}>`);
    }
  }
  return [...names].sort(([a], [b]) => b.length - a.length);
}

/** A resource's values with symbols in place of generated ones. A time stands under its own address only. */
export function symbolicValues(
  { name, values }: Applied,
  symbols: readonly GeneratedSymbol[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, TIMES.has(key) ? `<${name}.${key}>` : symbolic(value, symbols)]),
  );
}

/** A value with symbols in place of generated ones. Lists are sorted: their order may follow from generated values. */
export function symbolic(value: unknown, symbols: readonly GeneratedSymbol[]): unknown {
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, symbolic(item, symbols)]));
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => symbolic(item, symbols));
    return items.sort((a, b) => order(sortKey(a), sortKey(b)));
  }
  if (typeof value !== "string" && typeof value !== "number") return value;
  const text = symbols.reduce((current, [generated, name]) => current.replaceAll(generated, name), String(value));
  return text === String(value) ? value : text;
}

/** Shorter values, such as a port, are no identity; a pet's name, of two words at least, is one. */
const shortest = (type: string): number => (type === "random_pet" ? 3 : 8);

/** The attributes that AWS and the random provider make up. */
const GENERATED = (
  "id arn key_id root_resource_id dns_name endpoint address zone_id hosted_zone_id result bcrypt_hash unique_id invoke_arn " +
  "qualified_arn execution_arn invoke_url value created_date last_updated_date create_date bucket_domain_name " +
  "bucket_regional_domain_name arn_suffix resource_id latest_restorable_time last_modified output_md5 output_sha " +
  "output_sha256 output_base64sha256 output_sha512 output_base64sha512 output_size code_sha256 source_code_hash " +
  "source_code_size qualified_invoke_arn revision arn_without_revision created_time domain_name reader_endpoint " +
  "ecs_cluster_arn cluster_resource_id dbi_resource_id vpc_id version_id"
).split(" ");

/** Of these several resources that are made in one second have one. */
const TIMES = new Set(
  "created_date last_updated_date create_date created_time last_modified latest_restorable_time".split(" "),
);

/** Attributes of a generated one's name that are an argument of their resource. */
const CONFIGURED = new Set(["aws_ecs_tag.value"]);

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A JSON text with sorted keys, and blanks as recorded lists are sorted with. */
function sortKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortKey).join(", ")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${sortKey(item)}`).join(", ")}}`;
}
