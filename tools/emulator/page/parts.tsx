import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

const GOOD = ["deployed", "succeeded", "up"];
const BAD = ["failed", "tainted", "missing", "denied", "stopped", "aborted", "timed_out", "unfinished", "gone"];
const BUSY = ["creating", "updating", "destroying", "running", "starting", "applying", "planning"];

/** How a state is coloured. Its word always stands beside the colour. */
export function tone(state: string): string {
  const word = state.toLowerCase();
  return GOOD.includes(word) ? "good" : BAD.includes(word) ? "bad" : BUSY.includes(word) ? "busy" : "still";
}

interface StateProps {
  readonly of: string;
  readonly more?: string;
  /** Where a word means another thing: a task of a service is well while it runs. */
  readonly as?: string;
}

/** A state: its colour and its word. */
export function State({ of, more = "", as = tone(of) }: StateProps) {
  return (
    <span class={`state ${as}`}>
      <i aria-hidden="true" />
      {of.toLowerCase().replace("_", " ")}
      {more}
    </span>
  );
}

/** A button that copies a text, or what a promise brings. */
export function Copy({ text, label = "Copy" }: { text: string | (() => Promise<string>); label?: string }) {
  const [said, say] = useState(label);
  useEffect(() => {
    if (said === label) return undefined;
    const timer = setTimeout(() => {
      say(label);
    }, 1500);
    return () => {
      clearTimeout(timer);
    };
  }, [said, label]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
      say("Copied");
    } catch {
      say("Not copied");
    }
  };
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      {said}
    </button>
  );
}

/** Whether a text has every word that is looked for. */
export function includesAll(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

interface SearchProps {
  readonly placeholder: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field for words to look for. */
export function Search({ placeholder, label, value, onChange }: SearchProps) {
  return (
    <input
      type="search"
      placeholder={placeholder}
      aria-label={label}
      value={value}
      onInput={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

/** What stands where nothing is to be shown yet. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** A command to type. */
export function Command({ children }: { children: string }) {
  return (
    <span class="command">
      <code>{children}</code>
      <Copy text={children} />
    </span>
  );
}

/** `14:03:59`, with the day as its title. */
export function Time({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {clock(date)}
    </time>
  );
}

function clock(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}

/** `83 s`, `2 min 5 s` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${String(whole)} s` : `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

/** For how long something took, or has taken until now. */
export function Took({ began, ended }: { began: number | undefined; ended: number | null | undefined }) {
  return <>{began === undefined ? "" : duration((ended ?? Date.now()) - began)}</>;
}
