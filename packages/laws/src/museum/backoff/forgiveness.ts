// Backoffs that forgive never, or too easily.

import { backoffFault } from "./backoff-fault.js";

export const neverResets = backoffFault(
  {
    name: "backoff-never-resets",
    defect: "Neither health nor a long run forgives: one crash a month ends at the longest delay.",
    seenIn: "systemd/systemd#43813, #6129: `RestartSteps=` has no way back",
  },
  () => ({
    exited(state, { failed }, now) {
      if (!failed && state.exitedAt === now) return state;
      const failures = Math.min(state.failures + Number(failed), Number.MAX_SAFE_INTEGER);
      return { failures, exitedAt: now };
    },
    healthy: (state) => state,
  }),
);

export const everyExitForgives = backoffFault(
  {
    name: "backoff-every-exit-forgives",
    defect: "Every start counts as a success, so that the delay never grows.",
    seenIn:
      "vivid-planet/dev-process-manager PR#39: what a successful restart is, nobody could say",
  },
  () => ({
    exited: (state, event, now) =>
      state.failures === Number(event.failed) && state.exitedAt === now
        ? state
        : { failures: Number(event.failed), exitedAt: now },
  }),
);

export const resetIsIgnored = backoffFault(
  {
    name: "backoff-reset-is-ignored",
    defect: "An operator who says that the past is forgiven is not heard.",
    seenIn: "processmanager 0.6: the count of failures is never set back",
  },
  () => ({ reset: (state) => state }),
);

export const secondOfReset = backoffFault(
  {
    name: "backoff-misses-the-edge",
    defect: "A run of exactly `resetAfterMs` does not forgive.",
    seenIn: "Docker 28 forgives at `>= 10 s`, Kubernetes at `> 2 * max`: one copied as the other",
  },
  (healthy, { resetAfterMs }) => ({
    exited: (state, event, now) =>
      event.uptimeMs === resetAfterMs
        ? healthy.exited(state, { ...event, uptimeMs: 0 }, now)
        : healthy.exited(state, event, now),
  }),
);
