// Backoffs that compute wrong delays.

import { delayAt, leftOf } from "../reference/backoff.js";
import { backoffFault, delayFault } from "./backoff-fault.js";

export const baseWrittenIn = delayFault(
  {
    name: "backoff-base-written-in",
    defect: "The option `factor` is ignored: the base 2 is written in.",
    seenIn: "cockatiel 4.0.0: `exponent: 3` with `noJitterGenerator` gives 100, 200, 400",
  },
  (place, draw, options, healthy) => {
    const delayMs = healthy(place, { ...options, factor: 2 });
    return options.jitter === "full" ? delayMs * draw : delayMs;
  },
);

export const jitterAfterCap = delayFault(
  {
    name: "backoff-jitter-after-cap",
    defect: "The jitter is added to a delay that was capped before, and exceeds the cap.",
    seenIn: "pacer 0.22.0: `maxWait: 1000, jitter: 1` waits 1 966 ms; backon; processkit 0.7",
  },
  (place, draw, options, healthy) =>
    healthy(place, options) * (options.jitter === "full" ? 1 + draw : 1),
  { jitter: "full" },
);

export const noSpreadAtCap = delayFault(
  {
    name: "backoff-no-spread-at-the-cap",
    defect: "The cap comes after the jitter, so that nothing is spread once the cap is reached.",
    seenIn: "p-retry 9.0.0, attempt 8 with `randomize`: one delay in 1 000; jd/tenacity PR#703",
  },
  (place, draw, options, healthy) => {
    const grown = healthy(place, { ...options, capMs: Number.MAX_VALUE });
    return Math.min(options.capMs, options.jitter === "full" ? grown * (1 + draw) : grown);
  },
  { jitter: "full" },
);

export const decorrelatedCollapses = delayFault(
  {
    name: "backoff-decorrelated-collapses",
    defect: "Each delay is drawn from above three times the one before, until all are the cap.",
    seenIn: "cockatiel 4.0.0, its default generator: 7 delays in 1 000 at the 12th attempt",
  },
  (place, draw, options, healthy) => {
    const { initialMs, factor, capMs, jitter } = options;
    if (jitter === "none") return healthy(place, options);
    let delayMs = initialMs;
    for (let n = 1; n < Math.min(place, 64); n++) delayMs *= (factor + 1) * (0.5 + draw / 2);
    return Math.min(capMs, delayMs);
  },
  { jitter: "full" },
);

export const notANumber = delayFault(
  {
    name: "backoff-not-a-number",
    defect: "After a thousand failures the delay is the difference of two infinities.",
    seenIn: "App-vNext/Polly#2163, cockatiel#86: NaN after many attempts",
  },
  (place, draw, { initialMs, factor, capMs, jitter }) => {
    const step = initialMs * factor ** place - initialMs * factor ** (place - 1);
    const delayMs = factor === 1 ? initialMs : step / (factor - 1);
    return Math.min(capMs, delayMs) * (jitter === "full" ? draw : 1);
  },
  { factor: 1e100 },
);

export const shiftWraps = delayFault(
  {
    name: "backoff-shift-wraps",
    defect: "It shifts bits instead of multiplying: in the end the delay is negative, then 0.",
    seenIn: "thomhurst/Dekaf PR#3068, zenml-io/zenml PR#5265: no delay at attempt 65",
  },
  (place, draw, options, healthy) => {
    const { initialMs, factor, capMs, jitter } = options;
    const grown = factor === 2 ? Math.round(initialMs) << (place - 1) : healthy(place, options);
    return Math.min(capMs, grown) * (jitter === "full" ? draw : 1);
  },
);

export const timerOverflow = delayFault(
  {
    name: "backoff-timer-overflow",
    defect: "A delay that no timer can hold becomes 1 ms.",
    seenIn: "opossum 10.0.0, exponential-backoff 3.1.3, async-retry 1.3.3: 6 attempts in 22 ms",
  },
  (place, draw, options, healthy) => {
    const delayMs = healthy(place, options) * (options.jitter === "full" ? draw : 1);
    return delayMs > 2 ** 31 - 1 ? 1 : delayMs;
  },
  { initialMs: 50, capMs: 2 ** 40 },
);

export const firstIsSecond = delayFault(
  {
    name: "backoff-first-is-second",
    defect:
      "Places are counted from 1 and used as if from 0: the first restart waits as the second.",
    seenIn: "processmanager 0.6 counts failures from 1, processkit 0.7 restarts from 0",
  },
  (place, draw, options, healthy) =>
    healthy(place + 1, options) * (options.jitter === "full" ? draw : 1),
);

export const ownChance = delayFault(
  {
    name: "backoff-own-chance",
    defect: "It draws its own random numbers: nothing can be replayed.",
    seenIn: "cockatiel 4.0.0, p-retry 9.0.0, pacer 0.22.0: `Math.random()` inside",
  },
  (place, _, options, healthy) => healthy(place, options) * (0.5 + Math.random() / 2),
);

export const runsFromRequest = backoffFault(
  {
    name: "backoff-runs-from-the-request",
    defect: "The delay begins again with each request.",
    seenIn: "epics-base-rs 0.20.2 `supervise`: the delay runs from the gate, not from the exit",
  },
  (healthy) => ({
    launch: (state, event, now) => {
      const asked = state.exitedAt === null ? state : { ...state, exitedAt: now };
      return [state, healthy.launch(asked, event, now)[1]];
    },
  }),
);

export const negativeDelay = backoffFault(
  {
    name: "backoff-negative-delay",
    defect: "Asked late, it answers with what is left of the delay, which is less than nothing.",
    seenIn: "Node.js 20: `setTimeout(-5)` rings after 1 ms; node-rate-limiter-flexible#238",
  },
  (_, options) => ({
    launch(state, { cause, draw }, now) {
      const { exitedAt, failures } = state;
      if (cause !== "restart" || exitedAt === null) return [state, { type: "launch", delayMs: 0 }];
      const delayMs = delayAt(Math.max(1, failures), options);
      const spread = options.jitter === "full" ? delayMs * draw : delayMs;
      const left = now < exitedAt ? leftOf(spread, exitedAt, now) : spread - (now - exitedAt);
      return [state, { type: "launch", delayMs: left }];
    },
  }),
);

export const noCap = delayFault(
  {
    name: "backoff-no-cap",
    defect: "Nothing caps it: in the end the delay is Infinity, which a timer takes for 1 ms.",
    seenIn: "exponential-backoff 3.1.3; Node.js 20: `setTimeout(Infinity)` rings after 1 ms",
  },
  (place, draw, { initialMs, factor, jitter }) =>
    initialMs * factor ** (place - 1) * (jitter === "full" ? Math.max(draw, 1e-3) : 1),
  { factor: 1e100 },
);
