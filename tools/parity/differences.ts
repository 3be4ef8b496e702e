import { isMap } from "./tidy";

/** Where two values differ, by path. Lists of different lengths differ as a whole. */
export function differences(expected: unknown, actual: unknown, path = ""): string[] {
  if (isMap(expected) && isMap(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return keys.flatMap((key) => {
      if (!(key in actual)) return [`${path}/${key}: missing`];
      if (!(key in expected)) return [`${path}/${key}: not in the reference, ${JSON.stringify(actual[key])}`];
      return differences(expected[key], actual[key], `${path}/${key}`);
    });
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}/${String(index)}`));
  }
  const [want, have] = [JSON.stringify(expected), JSON.stringify(actual)];
  return want === have ? [] : [`${path}: ${have} instead of ${want}`];
}

/** A recorded result as the project's modules resolve to it: with the texts that correct a defect of the reference. */
export function corrected<Result>(result: Result, texts: Readonly<Record<string, string>> = {}): Result {
  const inside = (text: string) => JSON.stringify(text).slice(1, -1);
  const all = Object.entries(texts).reduce(
    (text, [wrong, right]) => text.replaceAll(inside(wrong), inside(right)),
    JSON.stringify(result),
  );
  return JSON.parse(all) as Result;
}
