import { stackRoot } from "../support/app-stack";
import { deviations, disturb, outcome, recovered, type Moment, type Outcome } from "../support/faults";

/** Ten moments of an apply: half-way all is there but the database and the load balancer, which take a minute. */
const MOMENTS: readonly Moment[] = [
  { done: 0 },
  { done: 0.06 },
  { done: 0.15 },
  { done: 0.25 },
  { done: 0.35 },
  { done: 0.45 },
  { done: 0.55 },
  { done: 0.6, seconds: 20 },
  { done: 0.75 },
  { done: 0.95 },
];
const CASES = (["SIGINT", "SIGKILL"] as const).flatMap((signal) =>
  MOMENTS.map(({ done, seconds = 0 }) => ({ signal, done, seconds, percent: Math.round(done * 100) })),
);

let expected: Promise<Outcome> | undefined;

/** What an apply makes that nothing disturbs. */
function undisturbed(): Promise<Outcome> {
  const apply = async () => {
    const root = stackRoot();
    await root.apply();
    return outcome(root);
  };
  return (expected ??= apply());
}

describe("terraform apply, stopped and run again after npm run recover, comes to what an undisturbed one makes:", () => {
  test.concurrent.each(CASES)(
    "$signal $seconds s after $percent % of the resources",
    async ({ signal, done, seconds }) => {
      const root = stackRoot();
      const stopped = await disturb(root, signal, { done, seconds });
      expect(stopped.code).toBe(signal === "SIGINT" ? 1 : null);
      await recovered(root);
      await root.apply();
      expect(deviations(await undisturbed(), await outcome(root))).toEqual([]);
    },
  );
});
