// A clock far behind the instants of a state stands still for it: a composition says what its members say as
// of them, however far behind, however deep, and without asking them for long.

import { expect, it } from "vitest";
import {
  allOf,
  coarse,
  inTurn,
  launch,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
  waitOut,
} from "../src/index.js";
import { pausing } from "./sample-policies.js";
import { restart, start } from "./traces.js";

const FULL_AT = 5_000_000_000;

/** One launch in any second; counts how often it was asked. */
function onePerSecond() {
  const seen = { asked: 0 };
  const policy = restartPolicy<{ readonly at: number | null }>({
    name: "one-per-second",
    describe: { timesMs: [1_000] },
    initial: () => ({ at: null }),
    launch(state, _, now) {
      seen.asked++;
      const age = state.at === null ? 1_000 : Math.max(0, now - state.at);
      return age < 1_000 ? [state, refuse("window-full", 1_000 - age)] : [{ at: now }, launch()];
    },
    parse: () => ({ at: null }),
  });
  return { policy: policy as RestartPolicy, seen };
}

const type = restartOn("permanent");
const delay = pausing(100);

it.each<[name: string, compose: (window: RestartPolicy) => RestartPolicy, hint: number]>([
  ["allOf", (window) => allOf(type, window), 1_000],
  ["inTurn", (window) => inTurn(delay, window), 1_100],
  ["coarse", (window) => coarse(window, 1_000), 1_000],
  ["waitOut", (window) => waitOut(window), 1_000],
  ["allOf of waitOut", (window) => allOf(type, waitOut(window)), 1_000],
  ["waitOut of inTurn", (window) => waitOut(inTurn(delay, window)), 1_100],
  ["waitOut of waitOut", (window) => waitOut(waitOut(window)), 1_000],
  ["allOf of inTurn", (window) => allOf(type, inTurn(delay, window)), 1_100],
  ["inTurn of allOf", (window) => inTurn(delay, allOf(window, type)), 1_100],
  ["inTurn of coarse", (window) => inTurn(delay, coarse(window, 1_000)), 1_000],
  [
    "three deep",
    (window) => allOf(type, inTurn(delay, allOf(coarse(window, 1_000), delay))),
    1_000,
  ],
])("%s", (_, compose, hint) => {
  const { policy: window, seen } = onePerSecond();
  const policy = compose(window);
  const [full] = policy.step(policy.initial(), start, FULL_AT);
  seen.asked = 0;
  for (const behind of [200_000, 1_000_000, FULL_AT]) {
    const [after, answer] = policy.step(full, restart, FULL_AT - behind);
    expect(answer, `${behind} ms behind`).toStrictEqual(refuse("window-full", hint));
    expect(after).toBe(full);
  }
  expect(seen.asked).toBeLessThan(20_000);
});
