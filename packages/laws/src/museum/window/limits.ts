// Windows that let too much through, or too little.

import { launch, refuse } from "@steadfast/policy";
import { exhibit } from "../exhibit.js";
import { FRESH, notBefore, windowOptions } from "../reference/window.js";
import { slicedWindow } from "./sliced-window.js";
import { windowFault } from "./window-fault.js";

export const oneTooMany = windowFault(
  {
    name: "window-one-too-many",
    defect: "It compares with `>` where `>=` is meant, and so admits one more than its limit.",
    seenIn: "rust-tokio-supervisor 0.1.3: the slot trips at `>= limit`, the loop at `> limit`",
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const at = notBefore(state, now);
      const held = state.admittedAt.filter((admitted) => at - admitted < windowMs);
      if (!(held.length > limit)) return [{ admittedAt: [...held, at] }, launch()];
      const oldest = held[held.length - limit - 1] ?? at;
      return [state, refuse("window-full", oldest + windowMs - at)];
    },
  }),
);

export const keepsTheEdge = windowFault(
  {
    name: "window-keeps-the-edge",
    defect: "It still counts what is exactly `windowMs` old, and so is one millisecond too long.",
    seenIn:
      "rust-tokio-supervisor 0.1.3 against epics-base-rs 0.20.2: `age > w` against `age >= w`",
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const at = notBefore(state, now);
      const held = state.admittedAt.filter((admitted) => at - admitted <= windowMs);
      if (held.length < limit) return [{ admittedAt: [...held, at] }, launch()];
      const oldest = held[held.length - limit];
      const wait = oldest === undefined ? null : oldest + windowMs + 1 - at;
      return [state, refuse("window-full", wait)];
    },
    idle: (state, now) => {
      const at = notBefore(state, now);
      return state.admittedAt.every((admitted) => at - admitted > windowMs);
    },
  }),
);

export const tumbles = windowFault(
  {
    name: "window-tumbles",
    defect:
      "Its window starts again as a whole, so that two bursts around the seam are twice the limit in one window's length.",
    seenIn: "systemd 252 `StartLimitBurst=`; Pekko 1.1 `maxNrOfRetries` `withinTimeRange`",
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const at = notBefore(state, now);
      const [opened = at] = state.admittedAt;
      if (at - opened >= windowMs && limit > 0) return [{ admittedAt: [at] }, launch()];
      if (state.admittedAt.length < limit) {
        return [{ admittedAt: [...state.admittedAt, at] }, launch()];
      }
      return [state, refuse("window-full", limit === 0 ? null : opened + windowMs - at)];
    },
  }),
);

export const forgetsOne = exhibit(
  "window",
  {
    name: "window-forgets-one-per-look",
    defect: "It forgets at most one old entry per step, so that a long silence is not forgotten.",
    seenIn: "cockatiel 4.0.0 `SamplingBreaker`: 20 failures, an idle hour, one failure: open",
  },
  (options) => slicedWindow(windowOptions(options)),
);

export const onlyAtFirst = windowFault(
  {
    name: "window-from-the-first-start",
    defect: "Its limit holds for a while after the first start, and never again.",
    seenIn: "Unitech/pm2#718: the limit guards early crashes only, a loop on day 3 goes on forever",
  },
  (healthy, { limit, windowMs }) => ({
    launch(state, event, now) {
      const [first = now] = state.admittedAt;
      if (now - first < windowMs * limit) return healthy.launch(state, event, now);
      const [, last = first] = state.admittedAt;
      return [last === now ? state : { admittedAt: [first, Math.max(now, first)] }, launch()];
    },
    idle: ({ admittedAt }) => admittedAt.length === 0,
  }),
);

export const otherCauseForgives = windowFault(
  {
    name: "window-other-cause-forgives",
    defect: "A restart for another cause sets the count back to zero.",
    seenIn:
      "Unitech/pm2#839: a restart because of memory sets the count to zero, also that of unstable restarts",
  },
  (healthy, { limit }) => ({
    launch(state, event, now) {
      if (event.cause !== "operator" || limit === 0) return healthy.launch(state, event, now);
      const at = notBefore(state, now);
      const same = state.admittedAt.length === 1 && state.admittedAt[0] === at;
      return [same ? state : { admittedAt: [at] }, launch()];
    },
  }),
);

export const outOfReach = windowFault(
  {
    name: "window-out-of-reach",
    defect: "A child that lives a little longer than `min_uptime` is never counted at all.",
    seenIn: "pm2 7.0.3: a child that dies after 1.1 s is started 3 274 times in an hour",
  },
  () => ({
    exited: (state, { uptimeMs }) =>
      uptimeMs < 1_000 || state.admittedAt.length === 0 ? state : FRESH,
  }),
  { limit: 15, windowMs: 60_000 },
);

export const countsRefusals = windowFault(
  {
    name: "window-counts-refusals",
    defect: "A refused request takes a slot, too: a caller that keeps asking is never admitted.",
    seenIn: "rust-tokio-supervisor 0.1.3 and asyn-rs: the refused event is recorded",
  },
  (_, { limit, windowMs }) => ({
    launch(state, __, now) {
      const at = notBefore(state, now);
      const held = state.admittedAt.filter((admitted) => at - admitted < windowMs);
      const next = { admittedAt: [...held, at] };
      if (held.length < limit) return [next, launch()];
      const oldest = next.admittedAt[next.admittedAt.length - limit];
      return [next, refuse("window-full", limit === 0 ? null : (oldest ?? at) + windowMs - at)];
    },
  }),
);

export const zeroIsNever = windowFault(
  {
    name: "window-zero-is-never",
    defect:
      "An instant of 0 means that nothing happened yet, so that what happened at 0 is not counted.",
    seenIn: "systemd 252 `ratelimit_below`: `begin <= 0` is a window that was never opened",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      return [next.admittedAt.at(-1) === 0 ? state : next, answer];
    },
  }),
);
