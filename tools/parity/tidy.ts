/** Whether a value is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A resource's values as they are compared: without nulls and empty values, JSON texts parsed, so that their
 * formatting does not count, and without what says nothing of the module ({@link NOT_COMPARED}).
 */
export function tidy(value: unknown): unknown {
  if (isMap(value)) return tidyMap(value);
  if (Array.isArray(value)) return value.map(tidy).filter((item) => !isRuleWithoutSource(item));
  if (typeof value !== "string" || !/^[[{].*[\]}]$/s.test(value)) return value;
  try {
    return tidy(JSON.parse(value));
  } catch {
    return value;
  }
}

/** A plan's values, `<computed>` in place of those that are unknown until the apply. */
export function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return "<computed>";
  if (isMap(value) || isMap(unknown)) {
    const [known, unknowns] = [isMap(value) ? value : {}, isMap(unknown) ? unknown : {}];
    const keys = [...new Set([...Object.keys(known), ...Object.keys(unknowns)])].sort();
    return Object.fromEntries(keys.map((key) => [key, withUnknown(known[key], unknowns[key] ?? false)]));
  }
  if (!Array.isArray(value)) return value;
  const unknowns = Array.isArray(unknown) ? (unknown as unknown[]) : [];
  return value.map((item: unknown, index) => withUnknown(item, unknowns[index] ?? false));
}

/** The Lambda's code is the project's own. */
const NOT_COMPARED = new Set(["source_code_hash", "source_code_size", "output_size", "source"]);

function tidyMap(map: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(map).flatMap(([key, item]) => {
    const clean = NOT_COMPARED.has(key) ? null : tidy(item);
    return isEmpty(clean) || isDefault(key, clean, map) ? [] : [[key, clean] as const];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** What AWS answers for a function whose logging is not configured: the provider takes it for no configuration, too. */
function isDefault(key: string, value: unknown, { function_name: name }: Record<string, unknown>): boolean {
  if (key !== "logging_config" || typeof name !== "string") return false;
  return JSON.stringify(value) === JSON.stringify([{ log_format: "Text", log_group: `/aws/lambda/${name}` }]);
}

const RULE = ["from_port", "to_port", "protocol", "self"];
const SOURCES = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"];

/** A security group's rule without a source: AWS keeps none. */
function isRuleWithoutSource(value: unknown): boolean {
  if (!isMap(value) || value.self !== false) return false;
  return RULE.every((key) => key in value) && SOURCES.every((key) => !(key in value));
}
