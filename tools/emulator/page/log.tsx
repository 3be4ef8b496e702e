import { useEffect, useRef, useState } from "preact/hooks";
import { address, type Log, type LogPlace } from "./data";
import { Copy, Time } from "./parts";
import { usePolled } from "./polled";

/** A button that opens a log in a dialog. */
export function LogButton({ place, label = "Log" }: { place: LogPlace; label?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="small"
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </button>
      {open ? (
        <LogDialog
          place={place}
          close={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

function LogDialog({ place, close }: { place: LogPlace; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="log-dialog"
      aria-label="Log"
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="head">
        <code>
          {place.group}
          {place.stream === undefined ? "" : ` ${place.stream}`}
        </code>
        <button
          type="button"
          class="small"
          onClick={() => {
            dialog.current?.close();
          }}
        >
          Close
        </button>
      </div>
      <LogLines place={place} />
    </dialog>
  );
}

/** The lines of a log, as they come. It stays at the end where somebody looks at the end. */
export function LogLines({ place }: { place: LogPlace }) {
  const query = { group: place.group, ...(place.stream === undefined ? {} : { stream: place.stream }) };
  const { data, failure } = usePolled<Log>(address("log", query), 1500);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lines = data?.lines ?? [];
  useEffect(() => {
    const element = box.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines.length]);
  if (data === undefined || lines.length === 0) {
    return <p class="empty">{failure === undefined && data === undefined ? "Reading …" : "Nothing is logged yet."}</p>;
  }
  return (
    <>
      <div
        class="log"
        ref={box}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollTop + clientHeight >= scrollHeight - 8;
        }}
      >
        {data.left > 0 ? <div class="quiet">{data.left} earlier lines are not shown.</div> : null}
        {lines.map(({ time, message }, index) => (
          <div key={index}>
            <Time at={time} />
            <span>{message}</span>
          </div>
        ))}
      </div>
      <div class="bar">
        <Copy text={lines.map(({ message }) => message).join("\n")} label="Copy all lines" />
      </div>
    </>
  );
}
