import { useEffect, useState } from "preact/hooks";
import { address, type Request, type Requests } from "./data";
import { Copy, Empty, includesAll, Search, Time } from "./parts";
import { usePolled } from "./polled";

const KEPT = 1000;
const SHOWN = 300;

/** The requests as they come, the newest first, and what was denied. */
export function RequestsView() {
  const [requests, setRequests] = useState<readonly Request[]>([]);
  const [search, setSearch] = useState("");
  const [only, setOnly] = useState(false);
  const [held, setHeld] = useState(false);
  const last = requests[0]?.number ?? 0;
  const { data } = usePolled<Requests>(held ? undefined : address("requests", { after: String(last) }), 1000);
  useEffect(() => {
    const news = data?.requests.filter(({ number }) => number > last) ?? [];
    if (news.length > 0) setRequests((before) => [...[...news].reverse(), ...before].slice(0, KEPT));
  }, [data, last]);

  const matching = requests.filter((request) => {
    const text = `${request.what} ${request.who} ${String(request.status)} ${request.denied ?? ""}`;
    return (!only || request.denied !== undefined) && includesAll(text, search);
  });
  return (
    <>
      <div class="bar">
        <Search
          placeholder="Find a request"
          label="Find a request by action, caller or status"
          value={search}
          onChange={setSearch}
        />
        <label>
          <input
            type="checkbox"
            checked={only}
            onChange={(event) => {
              setOnly(event.currentTarget.checked);
            }}
          />
          Denied only
        </label>
        <button
          type="button"
          class="small"
          aria-pressed={held}
          onClick={() => {
            setHeld(!held);
          }}
        >
          {held ? "Go on" : "Pause"}
        </button>
        <span class="quiet">
          {matching.length > SHOWN ? `the last ${String(SHOWN)} of ${String(matching.length)}` : matching.length}
        </span>
      </div>
      {matching.length === 0 ? (
        <Empty>{only ? "Nothing was denied." : "No such request."}</Empty>
      ) : (
        <section class="part requests">
          {matching.slice(0, SHOWN).map((request) => (
            <Row key={request.number} request={request} />
          ))}
        </section>
      )}
    </>
  );
}

function Row({ request: { denied, milliseconds, status, time, what, who } }: { request: Request }) {
  // A client asks for what may not be there yet: that it is not (404, 416) is no failure.
  const bad = denied !== undefined || status >= 500;
  return (
    <div class={denied === undefined ? "row request" : "row request denied"}>
      <Time at={time} />
      <span class={bad ? "bad" : status >= 400 ? "quiet" : "good"}>{status}</span>
      <span class="name">{what}</span>
      <span class="quiet who" title={who}>
        {who.split("/")[0]}
      </span>
      <span class="quiet took">{milliseconds} ms</span>
      {denied === undefined ? null : (
        <span class="reason">
          <span class="bad">{denied}</span> <Copy text={denied} />
        </span>
      )}
    </div>
  );
}
