import { useState } from "preact/hooks";
import { reveal, type Output, type Progress } from "./data";
import { Copy, Empty } from "./parts";

/** The outputs of the stack. A secret is asked for when somebody wants to see or copy it. */
export function OutputsView({ outputs, progress }: { outputs: readonly Output[]; progress: Progress | null }) {
  if (outputs.length === 0) {
    return (
      <Empty>
        {progress !== null && progress.ended === undefined
          ? "The outputs come when Terraform has ended."
          : "The stack has no outputs."}
      </Empty>
    );
  }
  const metaflow = outputs.filter(({ name }) => name.startsWith("METAFLOW_"));
  const others = outputs.filter(({ name }) => !name.startsWith("METAFLOW_"));
  return (
    <>
      <Group title="For Metaflow" outputs={metaflow} />
      <p class="quiet">
        These are the outputs as on AWS. The profile that <code>npm run local</code> writes for your flows has this
        machine&apos;s address as METAFLOW_SERVICE_URL.
      </p>
      <Group title="Others" outputs={others} />
    </>
  );
}

function Group({ title, outputs }: { title: string; outputs: readonly Output[] }) {
  if (outputs.length === 0) return null;
  return (
    <section class="part">
      <h2>{title}</h2>
      {outputs.map((output) => (
        <Row key={output.name} output={output} />
      ))}
    </section>
  );
}

function Row({ output: { name, sensitive, value } }: { output: Output }) {
  const [secret, setSecret] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const toggle = async () => {
    if (secret !== undefined) {
      setSecret(undefined);
      return;
    }
    try {
      setSecret(await reveal(name));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const shown = sensitive ? secret : value;
  return (
    <div class="row output">
      <code class="name">{name}</code>
      <div class="value">
        {shown === undefined ? <span class="quiet">{failure ?? "••••••••••••"}</span> : <Value text={shown} />}
      </div>
      <span class="act">
        {sensitive ? (
          <button type="button" class="small" onClick={() => void toggle()}>
            {secret === undefined ? "Show" : "Hide"}
          </button>
        ) : null}
        <Copy text={sensitive ? () => reveal(name) : (value ?? "")} />
      </span>
    </div>
  );
}

/** A value as text; an object, or a list of several, line by line. */
function Value({ text }: { text: string }) {
  const [folded, fold] = useState(true);
  const pretty = indented(text);
  if (pretty === undefined) return <code>{text === "" ? '""' : text}</code>;
  const lines = pretty.split("\n");
  const long = lines.length > 6;
  return (
    <>
      <pre>{long && folded ? [...lines.slice(0, 5), "…"].join("\n") : pretty}</pre>
      {long ? (
        <button
          type="button"
          class="small"
          onClick={() => {
            fold(!folded);
          }}
        >
          {folded ? `All ${String(lines.length)} lines` : "Fewer lines"}
        </button>
      ) : null}
    </>
  );
}

function indented(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return undefined;
  }
}
