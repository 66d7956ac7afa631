// The policy of a chaos run: a window, and beside it how many launches it has ever granted.

import { allOf, launch, type RestartPolicy, readState, restartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

export interface Bound {
  readonly limit: number;
  readonly windowMs: number;
}

const granted = restartPolicy<number>({
  name: "granted",
  initial: () => 0,
  launch: (count) => [count + 1, launch()],
  parse: (raw) => readState({ count: raw }).whole("count"),
});

export const chaosPolicy = ({ limit, windowMs }: Bound): RestartPolicy =>
  allOf(slidingWindow({ limit, windowMs }), granted);

/** How many launches the policy has granted, by what the store holds. */
export function grantedIn(value: string): number {
  const { state } = JSON.parse(value) as { readonly state: readonly [unknown, number] };
  return state[1];
}
