import type { Job } from "./data";
import { LogLines } from "./log";
import { Command, Copy, Empty, State, Time, Took } from "./parts";

/** The jobs of AWS Batch, and one of them with its log. */
export function JobsView({ jobs, selected }: { jobs: readonly Job[] | undefined; selected: string | undefined }) {
  if (jobs === undefined) return <Empty>Asking the emulated AWS …</Empty>;
  if (jobs.length === 0) {
    return (
      <Empty>
        No job has been submitted yet. After <Command>. .local/metaflow/aws.sh</Command> try{" "}
        <Command>python examples/flows/hello.py run --with batch</Command>
      </Empty>
    );
  }
  const job = jobs.find(({ jobId }) => jobId === selected);
  return (
    <div class={selected === undefined ? "pair" : "pair chosen"}>
      <div class="list">
        {jobs.map((one) => (
          <a
            key={one.jobId}
            class="item"
            href={`#jobs/${one.jobId}`}
            aria-current={one.jobId === selected ? "true" : undefined}
          >
            <span class="name">{one.jobName}</span>
            <State of={one.status} />
            <span class="quiet">
              <Time at={one.createdAt} /> · {one.startedAt === undefined ? "waiting " : ""}
              <Took began={one.startedAt ?? one.createdAt} ended={one.stoppedAt} />
              {one.attempts > 1 ? ` · ${String(one.attempts)} attempts` : ""}
            </span>
          </a>
        ))}
      </div>
      {job === undefined ? (
        <Empty>{selected === undefined ? "Choose a job to see its log." : "There is no such job."}</Empty>
      ) : (
        <Detail key={job.jobId} job={job} />
      )}
    </div>
  );
}

function Detail({ job }: { job: Job }) {
  const { exitCode, reason } = job.container ?? {};
  return (
    <article class="detail">
      <a class="back" href="#jobs">
        All jobs
      </a>
      <h2>
        {job.jobName} <State of={job.status} />
      </h2>
      <dl>
        <dt>Job</dt>
        <dd>
          <code>{job.jobId}</code> <Copy text={job.jobId} />
        </dd>
        <dt>Queue</dt>
        <dd>{job.queue}</dd>
        <dt>Submitted</dt>
        <dd>
          <Time at={job.createdAt} />
        </dd>
        {job.startedAt === undefined ? null : (
          <>
            <dt>Ran</dt>
            <dd>
              <Took began={job.startedAt} ended={job.stoppedAt} />
              {job.attempts > 1 ? `, ${String(job.attempts)} attempts` : ""}
            </dd>
          </>
        )}
        {job.statusReason === undefined && reason === undefined && exitCode === undefined ? null : (
          <>
            <dt>Outcome</dt>
            <dd>
              {[job.statusReason, reason, exitCode === undefined ? "" : `exit code ${String(exitCode)}`]
                .filter((part) => part)
                .join(", ")}
            </dd>
          </>
        )}
      </dl>
      {job.log === null ? <Empty>It has no log yet.</Empty> : <LogLines place={job.log} />}
    </article>
  );
}
