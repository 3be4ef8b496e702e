import { useState } from "preact/hooks";
import type { Deployed, Progress, ServiceTask } from "./data";
import { Diagram } from "./diagram";
import { LogButton } from "./log";
import { Command, Copy, duration, Empty, includesAll, Search, State } from "./parts";
import { READING, resources, together, type Resource } from "./topology";

interface DeployedProps {
  readonly deployed: Deployed | undefined;
  /** The one part whose resources are asked for. */
  readonly part: string | undefined;
}

/** What is deployed: how far Terraform is, the diagram, and each resource. */
export function DeployedView({ deployed, part }: DeployedProps) {
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(false);
  if (deployed === undefined) return <Empty>Asking the emulated AWS …</Empty>;
  const all = resources(deployed.resources, deployed.progress, Date.now());
  const shown = all.filter((resource) => {
    const text = `${resource.address} ${resource.name ?? ""} ${resource.state} ${resource.arn ?? ""}`;
    return (part === undefined || resource.part === part) && includesAll(text, search);
  });
  return (
    <>
      {deployed.progress === null ? null : <Applying progress={deployed.progress} />}
      {all.length === 0 ? (
        <Empty>Nothing is deployed yet.</Empty>
      ) : (
        <>
          <Diagram all={all} selected={part} />
          <div class="bar">
            <Search
              placeholder="Find a resource"
              label="Find a resource by name, address or state"
              value={search}
              onChange={setSearch}
            />
            <span class="quiet">
              {shown.length === all.length
                ? `${String(all.length)} resources`
                : `${String(shown.length)} of ${String(all.length)} resources`}
            </span>
            {part === undefined ? (
              <button
                type="button"
                class="small"
                onClick={() => {
                  setOpen(!open);
                }}
              >
                {open ? "Fold all" : "Unfold all"}
              </button>
            ) : (
              <a href="#deployed">All parts</a>
            )}
          </div>
          {READING.map(({ id, title }) => {
            const own = shown.filter((resource) => resource.part === id);
            if (own.length === 0) return null;
            const state = together(own.map((resource) => resource.state));
            return (
              <details
                key={id}
                class="part"
                open={open || part !== undefined || search !== "" || ["failed", "tainted", "missing"].includes(state)}
              >
                <summary>
                  <h2>
                    {title} <small>{own.length}</small>
                  </h2>
                  <State of={state} />
                </summary>
                <div class="rows">
                  {own.map((resource) => (
                    <Row key={resource.address} resource={resource} tasks={deployed.tasks} />
                  ))}
                </div>
              </details>
            );
          })}
        </>
      )}
    </>
  );
}

function Row({ resource, tasks }: { resource: Resource; tasks: readonly ServiceTask[] }) {
  const { address, arn, name, reached, seconds, state, type } = resource;
  const task = type === "aws_ecs_service" ? tasks.find(({ service }) => service === name) : undefined;
  return (
    <div class="row resource">
      <div class="what">
        <span class={name === undefined ? "quiet" : "name"}>{name ?? kind(type)}</span>
        {reached === undefined || reached === name ? null : <span class="reached">{reached}</span>}
        {task === undefined ? null : (
          <span class="task">
            task <State of={task.status} {...(task.status === "RUNNING" ? { as: "good" } : {})} />
            {task.stoppedReason === null ? null : <span class="bad">{task.stoppedReason}</span>}
            {task.logs.map((log) => (
              <LogButton key={log.stream} place={log} />
            ))}
          </span>
        )}
        {type === "aws_lambda_function" && state === "deployed" ? (
          <LogButton place={{ group: `/aws/lambda/${name ?? ""}` }} />
        ) : null}
      </div>
      <code class="address">{address}</code>
      <State of={state} more={seconds === undefined ? "" : ` ${duration(seconds * 1000)}`} />
      <span class="act">{arn === undefined ? null : <Copy text={arn} label="Copy ARN" />}</span>
    </div>
  );
}

/** `aws_lb_listener`: lb listener */
function kind(type: string): string {
  return type.replace(/^aws_/, "").replaceAll("_", " ");
}

/** How much of it is done; not known before the plan is. */
function Bar({ label, done, total }: { label: string; done: number; total: number | undefined }) {
  if (total === undefined) {
    return (
      <div class="meter" role="progressbar" aria-label="Planning">
        <i class="unknown" />
      </div>
    );
  }
  return (
    <div
      class="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <i style={{ width: `${String((100 * done) / Math.max(1, total))}%` }} />
    </div>
  );
}

/** How far Terraform is, while it is at work, and what it failed at. */
function Applying({ progress }: { progress: Progress }) {
  const { began, command, done, ended, errors, failed, running, total } = progress;
  if (ended !== undefined && failed !== true) return null;
  const verb = command === "apply" ? "Applying" : "Taking down";
  const longest = [...running].sort((a, b) => a.began - b.began);
  return (
    <section class="progress" aria-live="polite">
      {ended === undefined ? (
        <>
          <p>
            <strong>{total === undefined ? "Planning" : `${verb}: ${String(done.length)} of ${String(total)}`}</strong>{" "}
            <span class="quiet">after {duration(Date.now() - began)}</span>
          </p>
          <Bar label={verb} done={done.length} total={total} />
          <ul>
            {longest.slice(0, 5).map((one) => (
              <li key={one.address}>
                <code>{one.address}</code> <span class="quiet">{duration(Date.now() - one.began)}</span>
              </li>
            ))}
            {longest.length > 5 ? <li class="quiet">and {longest.length - 5} more</li> : null}
          </ul>
        </>
      ) : (
        <p>
          <strong class="bad">terraform {command} did not end well.</strong> It goes on with{" "}
          <Command>{command === "apply" ? "npm run local" : "npm run local:down"}</Command>
        </p>
      )}
      {errors.map((error) => (
        <p key={error} class="bad">
          {error}
        </p>
      ))}
    </section>
  );
}
