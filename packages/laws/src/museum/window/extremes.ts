// Windows that are right for small numbers: of lives, of launches, of milliseconds.

import { launch, refuse } from "@steadfast/policy";
import type { WindowState } from "../reference/window.js";
import { windowFault } from "./window-fault.js";

const WRITTEN = "written to try the kit";

/** What a window of other stamps would hold. */
function held(state: WindowState, isHeld: (admittedAt: number) => boolean) {
  return state.admittedAt.filter(isHeld);
}

export const keepsEveryLaunch = windowFault(
  {
    name: "window-keeps-every-launch",
    defect: "It looks at the last ones only, and keeps them all: the state grows for a year.",
    seenIn: `${WRITTEN}: 5 000 launches leave 5 000 entries`,
  },
  (healthy, { windowMs }) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type === "refuse") return [state, answer];
      const gone = held(state, (at) => !next.admittedAt.includes(at) && now - at >= windowMs);
      return [{ admittedAt: [...gone, ...next.admittedAt] }, answer];
    },
  }),
);

export const ringOfFifty = windowFault(
  {
    name: "window-ring-of-50",
    defect: "It has room for 50 launches, whatever its limit says: a limit of 60 is none.",
    seenIn: `${WRITTEN}: what needs more than 50 lives to show`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      return [next === state ? state : { admittedAt: next.admittedAt.slice(-50) }, answer];
    },
  }),
  { limit: 60, windowMs: 1_000 },
);

export const hundredAtMost = windowFault(
  {
    name: "window-100-at-most",
    defect: "A limit above 100 is cut to 100, without a word.",
    seenIn: `${WRITTEN}: limits that no test was long enough for`,
  },
  (healthy, { windowMs }) => ({
    launch(state, event, now) {
      const recent = held(state, (at) => now - at < windowMs);
      if (recent.length < 100) return healthy.launch(state, event, now);
      const oldest = recent.at(-100) ?? now;
      return [state, refuse("window-full", Math.max(1, oldest + windowMs - now))];
    },
  }),
  { limit: 200, windowMs: 1_000 },
);

export const twoHundredIsNone = windowFault(
  {
    name: "window-200-is-none",
    defect: "From 128 launches on its counter is negative, and nothing is full any more.",
    seenIn: `${WRITTEN}: a count in a signed byte`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      const isFull = answer.type === "refuse" && state.admittedAt.length < 128;
      if (answer.type === "launch" || isFull) return [next, answer];
      return [{ admittedAt: [...state.admittedAt, now].slice(-256) }, launch()];
    },
  }),
  { limit: 200, windowMs: 1_000 },
);

export const thirtyTwoBits = windowFault(
  {
    name: "window-32-bits",
    defect: "It keeps instants in 32 bits: from 25 days on they are negative.",
    seenIn: `${WRITTEN}: instants beyond 2^31`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (next === state) return [state, answer];
      return [{ admittedAt: next.admittedAt.map((at) => at | 0) }, answer];
    },
  }),
);

export const ageWraps = windowFault(
  {
    name: "window-age-wraps",
    defect: "After 25 days of silence an age is negative, and what is old is new again.",
    seenIn: `${WRITTEN}: a silence of a month`,
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const recent = held(state, (at) => (Math.max(0, now - at) | 0) < windowMs);
      if (recent.length < limit) return [{ admittedAt: [...recent, now] }, launch()];
      const oldest = recent[recent.length - limit];
      const wait = oldest === undefined ? null : Math.max(1, oldest + windowMs - now);
      return [state, refuse("window-full", wait)];
    },
  }),
);

export const negativeIsNever = windowFault(
  {
    name: "window-negative-is-never",
    defect: "An instant below 0 counts as none: before the first full hour there is no limit.",
    seenIn: `${WRITTEN}: a clock that begins before 0`,
  },
  (healthy) => ({
    launch: (state, event, now) =>
      healthy.launch({ admittedAt: held(state, (at) => at >= 0) }, event, now),
  }),
);

export const yearIsEnough = windowFault(
  {
    name: "window-year-is-enough",
    defect: "What has been quiet for a year is taken for gone, and is refused for good.",
    seenIn: `${WRITTEN}: a silence of a year`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const last = state.admittedAt.at(-1) ?? now;
      if (now - last >= 365 * 86_400_000) return [state, refuse("gone", null)];
      return healthy.launch(state, event, now);
    },
  }),
);
