// Windows that decide well and tell the wrong time.

import { refuse } from "@steadfast/policy";
import { notBefore } from "../reference/window.js";
import { windowFault } from "./window-fault.js";

export const promiseNotKept = windowFault(
  {
    name: "window-promise-not-kept",
    defect: "At exactly the time that it promised it refuses again: two conventions for one edge.",
    seenIn: "pacer 0.22.0, fixed window: `getMsUntilNextWindow()` says 1000, +1000 ms is refused",
  },
  (healthy, { windowMs }) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      const at = notBefore(state, now);
      const atTheEdge = state.admittedAt.some((admitted) => at - admitted === windowMs);
      if (answer.type === "launch" && atTheEdge) return [state, refuse("window-full", 1)];
      return [next, answer];
    },
    idle: (state, now) => {
      const at = notBefore(state, now);
      return state.admittedAt.every((admitted) => at - admitted > windowMs);
    },
  }),
);

export const wholeWindow = windowFault(
  {
    name: "window-hints-the-whole-window",
    defect: "It says to come back after a whole window, whenever it is asked.",
    seenIn: "express-rate-limit, its `Retry-After` where the store has no reset time",
  },
  (healthy, { windowMs }) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type === "launch" || answer.retryAfterMs === null) return [next, answer];
      return [next, refuse(answer.reason, windowMs)];
    },
  }),
);

export const negativeHint = windowFault(
  {
    name: "window-negative-hint",
    defect: "A timer is to do the forgetting; while it does not ring the hint counts below zero.",
    seenIn: "animir/node-rate-limiter-flexible#238: `msBeforeNext` is negative forever",
  },
  (healthy, { limit, windowMs }) => ({
    launch(state, event, now) {
      const oldest = state.admittedAt[0];
      if (state.admittedAt.length < limit || oldest === undefined) {
        return healthy.launch(state, event, now);
      }
      return [state, refuse("window-full", oldest + windowMs - notBefore(state, now))];
    },
  }),
);

export const neverIsNotLater = windowFault(
  {
    name: "window-says-never",
    defect: "It says never where it means not yet: who believes it gives up, who asks is let in.",
    seenIn: "jestjs/jest#8769: `Call retries were exceeded`, without when or why",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      return [next, answer.type === "launch" ? answer : refuse(answer.reason, null)];
    },
  }),
);

export const askingHelps = windowFault(
  {
    name: "window-asking-helps",
    defect: "A question changes the answer: each refusal forgets the oldest entry.",
    seenIn: "koala73/worldmonitor#3529: a getter closed the breaker",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      return [answer.type === "launch" ? next : { admittedAt: state.admittedAt.slice(1) }, answer];
    },
  }),
);

export const roundsToSeconds = windowFault(
  {
    name: "window-hints-whole-seconds",
    defect: "Its hint is cut to whole seconds, so that a fraction of one is no time at all.",
    seenIn: "epics-base-rs 0.20.2: the refusal tells the window in whole seconds, 900 ms as 0",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type === "launch" || answer.retryAfterMs === null) return [next, answer];
      return [next, refuse(answer.reason, Math.floor(answer.retryAfterMs / 1_000) * 1_000)];
    },
  }),
);
