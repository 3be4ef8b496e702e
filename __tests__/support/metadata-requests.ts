/** A request of Metaflow's client, or of somebody who errs, and what Netflix/metaflow-service answers. */
export interface Exchange {
  readonly request: string;
  readonly body?: unknown;
  readonly status?: number;
  readonly type?: string;
  readonly answer?: unknown;
}

/** Sends requests one after another to a metadata service. Times, and the order of what has none, are made equal. */
export async function replay(url: string, exchanges: readonly Exchange[]): Promise<Exchange[]> {
  const answered: Exchange[] = [];
  for (const { request, body } of exchanges) {
    const [method = "", path = ""] = request.split(" ");
    const response = await fetch(url + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    answered.push({
      request,
      body,
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      answer: withoutTimes(parsed(text)),
    });
  }
  return answered;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all: unknown[] = value.map(withoutTimes);
    return all.every((one) => typeof one === "object") ? all.sort(byText) : all;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]: [string, unknown]) => {
        if ((name === "ts_epoch" || name === "last_heartbeat_ts") && typeof each === "number") return [name, "<time>"];
        if (name === "traceback") return [name, "<traceback>"];
        if (name === "tags" && Array.isArray(each)) return [name, [...(each as string[])].sort()];
        return [name, withoutTimes(each)];
      }),
  );
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
