import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { tone } from "./parts";
import { ARROWS, part, together, type Arrow, type Resource } from "./topology";

interface DiagramProps {
  readonly all: readonly Resource[];
  /** The part whose resources are shown below, if it is only one. */
  readonly selected: string | undefined;
}

/** What is deployed, as README.md draws it. A part leads to its resources. */
export function Diagram({ all, selected }: DiagramProps) {
  const here = useRef<HTMLDivElement>(null);
  const parts = new Set(all.map(({ part }) => part));
  const node = (id: string) => <Node id={id} all={all} selected={selected === id} />;
  const compute = ["queue", "machines", "events", "table"].some((id) => parts.has(id));
  return (
    <div class="diagram" ref={here}>
      <div class="node client" data-node="client">
        <strong>Metaflow client</strong>
        <span>your flows</span>
      </div>
      {node("api")}
      {node("bucket")}
      <section class="box vpc" aria-label="VPC">
        <h3>VPC</h3>
        {["balancer", "service", "database", "migration", "network"].map(node)}
      </section>
      {compute ? (
        <section class="box compute" data-node="compute" aria-label="Compute">
          <h3>Compute</h3>
          {["queue", "machines", "events", "table"].map(node)}
        </section>
      ) : null}
      {node("keys")}
      {node("other")}
      <Arrows within={here} names={[...parts].sort().join()} />
    </div>
  );
}

function Node({ id, all, selected }: { id: string; all: readonly Resource[]; selected: boolean }) {
  const about = part(id);
  const own = all.filter((resource) => resource.part === id);
  if (about === undefined || own.length === 0) return null;
  const state = together(own.map((resource) => resource.state));
  const deployed = own.filter((resource) => resource.state === "deployed").length;
  const main = about.main.split("|").flatMap((type) => own.filter((resource) => resource.type === type))[0];
  const name = id === "keys" || id === "other" ? undefined : main?.name;
  return (
    <a
      class={`node ${id} ${tone(state)}`}
      data-node={id}
      href={selected ? "#deployed" : `#deployed/${id}`}
      aria-current={selected ? "true" : undefined}
    >
      <strong>{about.title}</strong>
      {name === undefined ? null : <span class="name">{name}</span>}
      <span class={`state ${tone(state)}`}>
        <i aria-hidden="true" />
        {deployed === own.length ? String(own.length) : `${String(deployed)} of ${String(own.length)}, ${state}`}
      </span>
    </a>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The arrows between the parts, where the browser has put these. A narrow window has none. */
function Arrows({ within, names }: { within: { readonly current: HTMLDivElement | null }; names: string }) {
  const [paths, setPaths] = useState<readonly string[]>([]);
  useLayoutEffect(() => {
    const diagram = within.current;
    if (diagram === null) return undefined;
    const draw = () => {
      setPaths(ARROWS.flatMap((arrow) => path(diagram, arrow) ?? []));
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(diagram);
    return () => {
      observer.disconnect();
    };
  }, [within, names]);
  return (
    <svg class="arrows" aria-hidden="true">
      <defs>
        <marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {paths.map((one) => (
        <path key={one} d={one} marker-end="url(#head)" />
      ))}
    </svg>
  );
}

function path(diagram: HTMLElement, { from, to, leaves, arrives }: Arrow): string | undefined {
  const [one, other] = [from, to].map((id) => diagram.querySelector(`[data-node="${id}"]`));
  if (!one || !other) return undefined;
  const [a, b] = [at(diagram, one, leaves), at(diagram, other, arrives)];
  // Out of a client's bottom and into the side of a box: down, and round the corner.
  if (leaves === "bottom" && arrives === "left") {
    const y = Math.max(a.y + 30, b.y);
    return `M${xy(a)} V${String(y - 12)} Q${xy({ x: a.x, y })} ${xy({ x: a.x + 12, y })} H${String(b.x)}`;
  }
  const [c, d] = [bend(a, b, leaves), bend(b, a, arrives)];
  return `M${xy(a)} C${xy(c)} ${xy(d)} ${xy(b)}`;
}

function at(diagram: HTMLElement, node: Element, side: Arrow["leaves"]): Point {
  const [outer, inner] = [diagram.getBoundingClientRect(), node.getBoundingClientRect()];
  const middle = { x: inner.left - outer.left + inner.width / 2, y: inner.top - outer.top + inner.height / 2 };
  switch (side) {
    case "top":
      return { ...middle, y: inner.top - outer.top };
    case "bottom":
      return { ...middle, y: inner.bottom - outer.top };
    case "left":
      return { ...middle, x: inner.left - outer.left };
    case "right":
      return { ...middle, x: inner.right - outer.left };
  }
}

/** The point that an arrow's end is bent towards. */
function bend(end: Point, other: Point, side: Arrow["leaves"]): Point {
  const sideways = side === "left" || side === "right";
  const reach = Math.max(14, Math.abs(sideways ? other.x - end.x : other.y - end.y) / 2);
  const sign = side === "left" || side === "top" ? -1 : 1;
  return sideways ? { ...end, x: end.x + sign * reach } : { ...end, y: end.y + sign * reach };
}

function xy({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
