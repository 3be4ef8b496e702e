import { useEffect, useState } from "preact/hooks";
import { address, type Deployed, type Execution, type Job, type Requests, type Run } from "./data";
import { DeployedView } from "./deployed";
import { ExecutionsView } from "./executions";
import { JobsView } from "./jobs";
import { OutputsView } from "./outputs";
import { State } from "./parts";
import { usePolled } from "./polled";
import { RequestsView } from "./requests";
import { RunsView } from "./runs";

const TABS = {
  deployed: "Deployed",
  outputs: "Outputs",
  runs: "Runs",
  jobs: "Batch jobs",
  executions: "Executions",
  requests: "Requests",
} as const;

type Tab = keyof typeof TABS;

/** Where somebody is on the page, by the part of its address after "#": `runs/HelloFlow/3`. */
function useWhere(): readonly [Tab, readonly string[]] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => {
      setHash(location.hash);
    };
    addEventListener("hashchange", changed);
    return () => {
      removeEventListener("hashchange", changed);
    };
  }, []);
  const [tab = "", ...rest] = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  return [Object.keys(TABS).includes(tab) ? (tab as Tab) : "deployed", rest];
}

export function App() {
  const [tab, rest] = useWhere();
  const [busy, setBusy] = useState(true);
  const deployed = usePolled<Deployed>(address("deployed"), busy ? 1000 : 4000);
  const runs = usePolled<readonly Run[]>(address("runs"), 3000);
  const jobs = usePolled<readonly Job[]>(address("jobs"), 2000);
  const executions = usePolled<readonly Execution[]>(address("executions"), 3000);
  // What is new of all requests is the view's to ask for; this is their number.
  const counts = usePolled<Requests>(address("requests", { after: String(Number.MAX_SAFE_INTEGER) }), 2000);
  const progress = deployed.data?.progress;
  useEffect(() => {
    setBusy(progress != null && progress.ended === undefined);
  }, [progress]);

  const count: Partial<Record<Tab, number | undefined>> = {
    deployed: deployed.data?.resources.length,
    outputs: deployed.data?.outputs.length,
    runs: runs.data?.length,
    jobs: jobs.data?.length,
    executions: executions.data?.length,
    requests: counts.data?.number,
  };
  const denied = counts.data?.denied ?? 0;
  return (
    <>
      <header>
        <h1>Metaflow on the emulated AWS</h1>
        <span class="where">{location.host}</span>
        <State of={stateOf(deployed.data, deployed.failure)} />
      </header>
      <nav aria-label="Parts of the page">
        {(Object.keys(TABS) as Tab[]).map((one) => (
          <a key={one} href={`#${one}`} aria-current={one === tab ? "page" : undefined}>
            {TABS[one]}
            {count[one] ? <b>{count[one]}</b> : null}
            {one === "requests" && denied > 0 ? <b class="denied">{denied} denied</b> : null}
          </a>
        ))}
      </nav>
      {deployed.failure === undefined ? null : (
        <p class="notice bad" role="alert">
          The emulated AWS does not answer. It has ended, or is being taken down; what stands here was its last word.
        </p>
      )}
      <main>
        {tab === "deployed" ? <DeployedView deployed={deployed.data} part={rest[0]} /> : null}
        {tab === "outputs" ? <OutputsView outputs={deployed.data?.outputs ?? []} progress={progress ?? null} /> : null}
        {tab === "runs" ? <RunsView runs={runs.data} jobs={jobs.data ?? []} flow={rest[0]} run={rest[1]} /> : null}
        {tab === "jobs" ? <JobsView jobs={jobs.data} selected={rest[0]} /> : null}
        {tab === "executions" ? (
          <ExecutionsView executions={executions.data} jobs={jobs.data ?? []} arn={rest[0]} />
        ) : null}
        {tab === "requests" ? <RequestsView /> : null}
      </main>
    </>
  );
}

function stateOf(deployed: Deployed | undefined, failure: string | undefined): string {
  if (failure !== undefined) return "gone";
  const progress = deployed?.progress;
  if (progress == null) return "starting";
  if (progress.ended !== undefined) return progress.failed === true ? "failed" : "up";
  if (progress.total === undefined) return "planning";
  return progress.command === "destroy" ? "destroying" : "applying";
}
