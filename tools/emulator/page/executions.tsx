import { address, type Execution, type ExecutionDetail, type ExecutionEvent, type Job } from "./data";
import { LogButton } from "./log";
import { Command, Copy, Empty, State, Time, Took } from "./parts";
import { usePolled } from "./polled";

interface ExecutionsProps {
  readonly executions: readonly Execution[] | undefined;
  readonly jobs: readonly Job[];
  /** Of the one that is looked at. */
  readonly arn: string | undefined;
}

/** The executions of AWS Step Functions, and one of them with what has happened in it. */
export function ExecutionsView({ executions, jobs, arn }: ExecutionsProps) {
  if (executions === undefined) return <Empty>Asking the emulated AWS …</Empty>;
  if (executions.length === 0) {
    return (
      <Empty>
        No state machine has run yet. After <Command>. .local/metaflow/aws.sh</Command> try{" "}
        <Command>python examples/flows/hello.py step-functions create</Command> and{" "}
        <Command>python examples/flows/hello.py step-functions trigger</Command>
      </Empty>
    );
  }
  return (
    <div class={arn === undefined ? "pair" : "pair chosen"}>
      <div class="list">
        {executions.map((one) => (
          <a
            key={one.arn}
            class="item"
            href={`#executions/${encodeURIComponent(one.arn)}`}
            aria-current={one.arn === arn ? "true" : undefined}
          >
            <span class="name">
              {one.machine} <small>{one.name}</small>
            </span>
            <State of={one.status} />
            <span class="quiet">
              <Time at={one.began} /> · <Took began={one.began} ended={one.ended} />
            </span>
          </a>
        ))}
      </div>
      {arn === undefined ? (
        <Empty>Choose an execution to see its states.</Empty>
      ) : (
        <Detail key={arn} arn={arn} jobs={jobs} />
      )}
    </div>
  );
}

function Detail({ arn, jobs }: { arn: string; jobs: readonly Job[] }) {
  const { data, failure } = usePolled<ExecutionDetail>(address("execution", { arn }), 1500);
  if (data === undefined) return <Empty>{failure ?? "Reading …"}</Empty>;
  const first = data.events[0]?.time ?? data.began;
  return (
    <article class="detail">
      <a class="back" href="#executions">
        All executions
      </a>
      <h2>
        {data.machine} <State of={data.status} />
      </h2>
      <dl>
        <dt>Execution</dt>
        <dd>
          <code>{data.name}</code> <Copy text={data.arn} label="Copy ARN" />
        </dd>
        <dt>Run</dt>
        <dd>
          <a href={`#runs/${flowOf(data.machine)}/sfn-${data.name}`}>sfn-{data.name}</a>
        </dd>
        {data.error === null && data.cause === null ? null : (
          <>
            <dt>Outcome</dt>
            <dd class="bad">{[data.error, data.cause].filter((part) => part !== null).join(": ")}</dd>
          </>
        )}
      </dl>
      <section class="part">
        {data.events.map((event) => (
          <EventRow key={event.id} event={event} first={first} job={jobs.find(({ jobId }) => jobId === event.job)} />
        ))}
      </section>
    </article>
  );
}

function EventRow({ event, first, job }: { event: ExecutionEvent; first: number; job: Job | undefined }) {
  const bad = /Failed|TimedOut|Aborted/.test(event.type);
  return (
    <div class={bad ? "row event failed" : "row event"}>
      <span class="quiet">+{((event.time - first) / 1000).toFixed(1)} s</span>
      <span class={bad ? "bad" : ""}>{event.type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()}</span>
      <span class="name">{event.name ?? ""}</span>
      <span class="act">
        {job === undefined || event.type !== "TaskSubmitted" ? null : (
          <a class="button small" href={`#jobs/${job.jobId}`}>
            Job
          </a>
        )}
        {job?.log && event.type === "TaskSubmitted" ? <LogButton place={job.log} /> : null}
      </span>
      {event.error === undefined && event.cause === undefined ? null : (
        <span class="bad reason">{[event.error, event.cause].filter((part) => part !== undefined).join(": ")}</span>
      )}
    </div>
  );
}

/** The flow of a state machine that Metaflow has made: `metaflow-prod_HelloFlow`. */
function flowOf(machine: string): string {
  return machine.split(/[_.]/).at(-1) ?? machine;
}
