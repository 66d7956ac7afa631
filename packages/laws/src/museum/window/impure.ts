// Windows that are no pure functions, or do not answer as a policy must.

import { type LaunchAnswer, launch, refuse } from "@steadfast/policy";
import { exhibit } from "../exhibit.js";
import { notBefore, window } from "../reference/window.js";
import { windowFault } from "./window-fault.js";

export const editsInPlace = windowFault(
  {
    name: "window-edits-in-place",
    defect: "It pushes into the list of the state that it was given.",
    seenIn: "cockatiel 4.0.0 `SamplingBreaker`: the windows are counted up where they are",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type === "refuse") return [state, answer];
      (state.admittedAt as number[]).splice(0, state.admittedAt.length, ...next.admittedAt);
      return [state, answer];
    },
    initial: () => ({ admittedAt: [] }),
  }),
);

export const ownClock = windowFault(
  {
    name: "window-own-clock",
    defect: "It reads a clock of its own instead of the time that it is given.",
    seenIn: "epics-base-rs 0.20.2 `RestartTracker::try_record`: the clock is read inside the call",
  },
  (healthy) => ({
    launch: (state, event) => healthy.launch(state, event, Date.now()),
  }),
);

export const wallClock = windowFault(
  {
    name: "window-wall-clock",
    defect: "It measures with the wall clock: set an hour back, it refuses for an hour longer.",
    seenIn: "p-throttle 8.1.1, cockatiel 4.0.0; jhurliman/node-rate-limiter#22",
  },
  (healthy) => ({
    launch: (state, event) => healthy.launch(state, event, event.wall),
    idle: ({ admittedAt }) => admittedAt.length === 0,
  }),
);

export const negativeAge = windowFault(
  {
    name: "window-negative-age",
    defect:
      "It has no rule for a clock that goes back: ages turn negative and waits outgrow the window.",
    seenIn: "p-throttle 8.1.1: an hour back on the clock stalls the next call for an hour",
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const held = state.admittedAt.filter((admitted) => now - admitted < windowMs);
      if (held.length < limit) return [{ admittedAt: [...held, now] }, launch()];
      const oldest = held[held.length - limit];
      return [state, refuse("window-full", oldest === undefined ? null : oldest + windowMs - now)];
    },
  }),
);

export const closure = exhibit(
  "window",
  {
    name: "window-remembers-in-a-closure",
    defect: "What it remembers is in the closure, not in the state: two children share one count.",
    seenIn: "cockatiel 4.0.0: a breaker is an instance, and is handed to many policies",
  },
  (options) => {
    const healthy = window(options);
    let remembered = healthy.initial();
    return {
      ...healthy,
      step(state, event, now) {
        const [next, decision] = healthy.step(remembered, event, now);
        remembered = next;
        return [state, decision];
      },
    };
  },
);

export const throwsRefusal = exhibit(
  "window",
  {
    name: "window-throws-its-refusal",
    defect: "A refusal is an exception, not a decision.",
    seenIn: "cockatiel 4.0.0 `BrokenCircuitError`; pacer 0.22.0 `throwOnError`",
  },
  (options) => {
    const healthy = window(options);
    return {
      ...healthy,
      step(state, event, now) {
        const taken = healthy.step(state as ReturnType<typeof healthy.initial>, event, now);
        if (taken[1].type === "refuse") throw new Error("too many restarts");
        return taken;
      },
    };
  },
);

export const answersTrue = windowFault(
  {
    name: "window-answers-true",
    defect: "It answers with a boolean, and true also where it did nothing.",
    seenIn: "pacer 0.22.0 `enabled: false`: `maybeExecute()` returns true",
  },
  () => ({ launch: (state) => [state, true as unknown as LaunchAnswer] }),
);

export const alwaysNew = windowFault(
  {
    name: "window-always-new",
    defect: "Every look makes a new state, also where nothing has changed.",
    seenIn: "rust-tokio-supervisor 0.1.3: every report moves `updated_at` on by one",
  },
  () => ({ exited: (state) => ({ ...state }), healthy: (state) => ({ ...state }) }),
);

export const lookEdits = windowFault(
  {
    name: "window-look-edits",
    defect: "To ask whether it is idle tidies the state up in place.",
    seenIn: "koala73/worldmonitor#3529: a getter closed the breaker",
  },
  (_, { windowMs }) => ({
    initial: () => ({ admittedAt: [] }),
    idle(state, now) {
      const at = notBefore(state, now);
      const held = state.admittedAt.filter((admitted) => at - admitted < windowMs);
      (state.admittedAt as number[]).splice(0, state.admittedAt.length, ...held);
      return held.length === 0;
    },
  }),
);

export const answersFacts = exhibit(
  "window",
  {
    name: "window-answers-facts",
    defect: "It launches at an exit, and again at the request after it: two children for one.",
    seenIn: "F1bonacc1/process-compose#530: a restart while one waited made two processes",
  },
  (options) => {
    const healthy = window(options);
    return {
      ...healthy,
      step(state, event, now) {
        const taken = healthy.step(state as ReturnType<typeof healthy.initial>, event, now);
        return event.type === "exited" ? [taken[0], launch()] : taken;
      },
    };
  },
);
