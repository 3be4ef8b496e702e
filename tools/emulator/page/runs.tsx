import { useState } from "preact/hooks";
import { address, type Card, type Job, type Run, type RunDetail, type Task } from "./data";
import { LogButton } from "./log";
import { Command, Empty, State, Time, Took } from "./parts";
import { usePolled } from "./polled";

interface RunsProps {
  readonly runs: readonly Run[] | undefined;
  readonly jobs: readonly Job[];
  /** The run that is looked at. */
  readonly flow: string | undefined;
  readonly run: string | undefined;
}

/** Metaflow's runs, and one of them with its steps, tasks and cards. */
export function RunsView({ runs, jobs, flow, run }: RunsProps) {
  if (runs === undefined) return <Empty>Asking the emulated AWS …</Empty>;
  if (runs.length === 0) {
    return (
      <Empty>
        No flow has run yet. Try the first one: <Command>python examples/flows/hello.py run</Command>
      </Empty>
    );
  }
  return (
    <div class={flow === undefined ? "pair" : "pair chosen"}>
      <div class="list">
        {runs.map((one) => (
          <a
            key={`${one.flow}/${one.run}`}
            class="item"
            href={`#runs/${one.flow}/${one.run}`}
            aria-current={one.flow === flow && one.run === run ? "true" : undefined}
          >
            <span class="name">
              {one.flow} <small>{one.run}</small>
            </span>
            <State of={one.state} />
            <span class="quiet">
              <Time at={one.began} /> · <Took began={one.began} ended={one.ended} /> · {one.tasks} tasks
              {one.user === null ? "" : ` · ${one.user}`}
            </span>
          </a>
        ))}
      </div>
      {flow === undefined || run === undefined ? (
        <Empty>Choose a run to see its steps and cards.</Empty>
      ) : (
        <Detail key={`${flow}/${run}`} flow={flow} run={run} jobs={jobs} />
      )}
    </div>
  );
}

function Detail({ flow, run, jobs }: { flow: string; run: string; jobs: readonly Job[] }) {
  const { data, failure } = usePolled<RunDetail>(address("run", { flow, run }), 2000);
  const [card, setCard] = useState<Card>();
  if (data === undefined) return <Empty>{failure ?? "Reading …"}</Empty>;
  return (
    <article class="detail">
      <a class="back" href="#runs">
        All runs
      </a>
      <h2>
        {data.flow} <small>{data.run}</small> <State of={data.state} />
      </h2>
      {data.steps.map(({ name, tasks }) => (
        <section key={name} class="part">
          <h3>
            {name} {tasks.length > 1 ? <small>{tasks.length} tasks</small> : null}
          </h3>
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              job={jobOf(jobs, task, `-${flow}-${run}-${name}-${task.id}-`)}
              show={setCard}
            />
          ))}
        </section>
      ))}
      {card === undefined ? null : (
        <section class="card">
          <div class="bar">
            <strong>Card {card.name}</strong>
            <a href={cardAddress(card)} target="_blank" rel="noreferrer">
              Open in a tab
            </a>
            <button
              type="button"
              class="small"
              onClick={() => {
                setCard(undefined);
              }}
            >
              Close
            </button>
          </div>
          <iframe title={`Card ${card.name}`} sandbox="allow-scripts" src={cardAddress(card)} />
        </section>
      )}
    </article>
  );
}

function TaskRow({ task, job, show }: { task: Task; job: Job | undefined; show: (card: Card) => void }) {
  return (
    <div class="row task-row">
      <span class="name">{task.id}</span>
      <State of={task.state} />
      <span class="quiet">
        {task.attempts > 0 ? <Took began={task.began} ended={task.ended} /> : null}
        {task.attempts > 1 ? ` · ${String(task.attempts)} attempts` : ""}
      </span>
      <span class="act">
        {job === undefined ? null : (
          <a class="button small" href={`#jobs/${job.jobId}`}>
            Job
          </a>
        )}
        {job?.log ? <LogButton place={job.log} /> : null}
        {task.cards.map((card) => (
          <button
            key={card.key}
            type="button"
            class="small"
            onClick={() => {
              show(card);
            }}
          >
            Card
          </button>
        ))}
      </span>
    </div>
  );
}

/** The job that a task has named, or the last one that was submitted for it: a job that could not start has named none. */
function jobOf(jobs: readonly Job[], task: Task, part: string): Job | undefined {
  return jobs.find(({ jobId }) => jobId === task.job) ?? jobs.find(({ jobName }) => jobName.includes(part));
}

function cardAddress({ bucket, key }: Card): string {
  return address("card", { bucket, key });
}
