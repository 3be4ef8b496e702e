import type { AwsCall } from "./emulated-aws";

/** Calls of one operation, `ecs:DeleteService`, some of whose parameters has a text in it. */
export interface Calls {
  readonly operation: string;
  readonly of?: string;
}

/** That calls are made before others. */
export type Order = readonly [before: Calls, after: Calls];

function positions(calls: readonly AwsCall[], { operation, of = "" }: Calls): number[] {
  return calls.flatMap(({ service, operation: name, parameters }, index) =>
    `${service}:${name}` === operation && JSON.stringify(parameters).includes(of) ? [index] : [],
  );
}

/**
 * Whether each of the former calls comes before each of the latter.
 *
 * @throws where one of them was not made: an order of calls that nobody makes proves nothing
 */
export function isInOrder(calls: readonly AwsCall[], [before, after]: Order): boolean {
  const [former, latter] = [positions(calls, before), positions(calls, after)];
  const missing = [...(former.length > 0 ? [] : [before]), ...(latter.length > 0 ? [] : [after])];
  if (missing.length > 0) throw new Error(`No call of ${missing.map((each) => JSON.stringify(each)).join(" and ")}.`);
  return Math.max(...former) < Math.min(...latter);
}

/** How the orders of a table read in a test's name. */
export function orderNames(orders: readonly Order[]): [string, Order][] {
  const name = ({ operation, of }: Calls) => (of === undefined ? operation : `${operation} (${of})`);
  return orders.map((order) => [`${name(order[0])} before ${name(order[1])}`, order]);
}
