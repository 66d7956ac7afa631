// Backoffs that take one shape of an exit for all, or count no further than they were tried.

import { launch } from "@steadfast/policy";
import type { BackoffState } from "../reference/backoff.js";
import { backoffFault, delayFault } from "./backoff-fault.js";

const WRITTEN = "written to try the kit";

export const textIsNoError = backoffFault(
  {
    name: "backoff-text-is-no-error",
    defect: "What throws a text has not failed: it is restarted at once, again and again.",
    seenIn: `${WRITTEN}: an error that is a string`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const { exit } = event;
      const isText = exit.kind === "failed" && typeof exit.error === "string";
      return healthy.exited(state, isText ? { ...event, failed: false } : event, now);
    },
  }),
);

export const onlyCodesCount = backoffFault(
  {
    name: "backoff-only-codes-count",
    defect: "A failure without an exit code is none: a signal, a refused spawn, an exception.",
    seenIn: `${WRITTEN}: exits always had a code`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const hasCode = "code" in event.exit && event.exit.code !== undefined;
      return healthy.exited(state, hasCode ? event : { ...event, failed: false }, now);
    },
  }),
);

export const codeAboveByte = backoffFault(
  {
    name: "backoff-code-in-a-byte",
    defect: "A code that is no byte is no code: what ends with 3221225477 ended well.",
    seenIn: `${WRITTEN}: exit codes were 0 and 3`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const { exit } = event;
      const code = exit.kind === "failed" ? exit.code : undefined;
      const isWell = code !== undefined && code > 255;
      return healthy.exited(state, isWell ? { ...event, failed: false } : event, now);
    },
  }),
);

/** A state with something more in it. */
const more = (state: BackoffState, extra: object): BackoffState => ({ ...state, ...extra });

export const keepsTheError = backoffFault(
  {
    name: "backoff-keeps-the-error",
    defect: "It keeps the live error of the last exit, of which JSON makes {}.",
    seenIn: `${WRITTEN}: a bare error`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const next = healthy.exited(state, event, now);
      return "error" in event.exit ? more(next, { error: event.exit.error }) : next;
    },
  }),
);

export const keepsEveryKind = backoffFault(
  {
    name: "backoff-keeps-every-exit",
    defect: "It keeps a line for each exit there ever was.",
    seenIn: `${WRITTEN}: a state without a bound`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const { log = [] } = state as { readonly log?: readonly string[] };
      return more(healthy.exited(state, event, now), { log: [...log, event.exit.kind] });
    },
  }),
);

export const fiftyIsOne = delayFault(
  {
    name: "backoff-50-is-one",
    defect: "After fifty failures it begins with the first delay again.",
    seenIn: `${WRITTEN}: what needs 50 lives to show`,
  },
  (place, _, options, healthy) => healthy(((place - 1) % 50) + 1, options),
);

export const thousandIsEnough = delayFault(
  {
    name: "backoff-1000-is-enough",
    defect: "After a thousand failures it does not wait any more.",
    seenIn: `${WRITTEN}: what needs 1 100 lives to show`,
  },
  (place, _, options, healthy) => (place > 1_000 ? 0 : healthy(place, options)),
);

export const splayAtStart = backoffFault(
  {
    name: "backoff-splay-at-start",
    defect: "The very first start waits, too: a stack of ten comes up a second late.",
    seenIn: `${WRITTEN}: a start that waits`,
  },
  (healthy) => ({
    launch(state, event, now) {
      if (event.cause === "start") return [state, launch(100 * event.draw)];
      return healthy.launch(state, event, now);
    },
  }),
);

export const monthIsShort = backoffFault(
  {
    name: "backoff-month-is-short",
    defect: "It keeps the uptime in 32 bits: what was up for a month was up for less than no time.",
    seenIn: `${WRITTEN}: an uptime beyond 2^31`,
  },
  (healthy) => ({
    exited: (state, event, now) =>
      healthy.exited(state, { ...event, uptimeMs: event.uptimeMs | 0 }, now),
  }),
);

export const wholeSeconds = delayFault(
  {
    name: "backoff-whole-seconds",
    defect: "Each delay is rounded up to a whole second.",
    seenIn: `${WRITTEN}: a unit that nobody asked for`,
  },
  (place, _, options, healthy) => Math.ceil(healthy(place, options) / 1_000) * 1_000,
);

export const healthHalves = backoffFault(
  {
    name: "backoff-health-halves",
    defect: "Health forgives half of the failures, so that a child that is well still waits.",
    seenIn: `${WRITTEN}: forgiven, but not altogether`,
  },
  () => ({
    healthy: (state) =>
      state.failures === 0 ? state : { ...state, failures: Math.floor(state.failures / 2) },
  }),
);
