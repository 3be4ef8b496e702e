import { terraformName } from "../../../lib/contract/contract";
import type { Configuration } from "./configurations";
import type { Problem } from "./oracle";

/** What is wrong with the message by which a configuration was refused, if anything. */
export function unclear({ face, given, problems }: Configuration, message: string): string | undefined {
  const named = problems.filter(({ inputs }) => inputs.some((name) => new RegExp(`\\b${name}\\b`).test(message)));
  if (named.length === 0) return `it names none of ${problems.flatMap(({ inputs }) => inputs).join(", ")}`;
  const isShown = named.some(
    (problem) =>
      problem.isMissing ||
      (problem.isOfWrongType && face === "module") ||
      shows(message, problem.received) ||
      showsInputs(message, problem, given),
  );
  if (!isShown) return `it does not show ${named.map(({ received }) => JSON.stringify(received)).join(" or ")}`;
  return /\bmust\b|\brequired\b|It has /.test(message) ? undefined : "it does not say what is allowed";
}

/** A name may be shown that another one was expected for: it is made of the same inputs. */
function showsInputs(message: string, { inputs }: Problem, given: Configuration["given"]): boolean {
  const values = Object.keys(given).filter((name) => inputs.includes(terraformName(name)));
  return values.length > 0 && values.every((name) => typeof given[name] === "string" && shows(message, given[name]));
}

function shows(message: string, received: unknown): boolean {
  if (received === "" && message.includes("is empty")) return true;
  const texts = Array.isArray(received)
    ? received.flat()
    : isMap(received)
      ? Object.entries(received).flat(2)
      : [received];
  return texts.every((text) => forms(text).some((form) => plain(message).includes(form))) || message.includes("…");
}

/** How a value may stand in a message; Terraform writes 1e+12 for a large number. */
function forms(value: unknown): string[] {
  const texts = typeof value === "number" ? [String(value), value.toExponential()] : [String(value)];
  return texts.map((text) => plain(text).slice(0, 60));
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A text without what JSON, HCL and Terraform's messages escape, each in its way. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\\u003c/g, "<")
    .replace(/\\u003e/g, ">")
    .replace(/\\u0026/g, "&")
    .replace(/\\[nrt]/g, "")
    .replace(/[\\"$%\s]/g, "");
}
