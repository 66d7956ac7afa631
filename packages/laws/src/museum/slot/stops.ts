// Slots that do not stop, or do not stay stopped.

import { slotFault } from "./slot-fault.js";

export const stopLoses = slotFault(
  {
    name: "slot-stop-loses-to-a-restart",
    defect: "A restart that waits for the exit is carried out although it was stopped meanwhile.",
    seenIn:
      "cockatiel 4.0.0: aborted while it waits, it calls the function once more, 755 ms later",
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const { phase } = state;
      const waits = phase.status === "cancelling" && phase.pending !== null;
      if (event.type !== "stop" || !waits || next.phase.status !== "cancelling") {
        return [next, commands];
      }
      return [{ ...next, phase: { ...next.phase, pending: phase.pending } }, commands];
    },
  }),
);

export const stopNeverEnds = slotFault(
  {
    name: "slot-stop-never-ends",
    defect: "It asks to stop and waits: a child that does not listen is never forced.",
    seenIn: "tinylibs/tinypool#54, #49: `terminate()` never resolves, only `kill -9` helps",
  },
  (healthy) => ({
    step: (state, event, now) =>
      event.type === "tick" && state.phase.status === "cancelling"
        ? [state, []]
        : healthy.step(state, event, now),
    deadline: (state) => (state.phase.status === "cancelling" ? null : healthy.deadline(state)),
  }),
);

export const neverGivesUp = slotFault(
  {
    name: "slot-rings-for-ever",
    defect: "After a kill without effect its deadline is in the past, and a timer rings forever.",
    seenIn:
      "Node.js 20: `setTimeout(-5)` rings after 1 ms; vitest-dev/vitest#2008: the kill without effect",
  },
  (healthy) => ({
    step: (state, event, now) =>
      event.type === "tick" && state.phase.status === "cancelling" && state.phase.step === "killed"
        ? [state, []]
        : healthy.step(state, event, now),
  }),
);

export const haltCloses = slotFault(
  {
    name: "slot-halt-closes",
    defect:
      "Who ends the child closes its place as well: it is stopped, and cannot be started again.",
    seenIn: "deref/exo#207: ended from outside, it shows as stopped and cannot be started again",
  },
  (healthy) => ({
    step: (state, event, now) =>
      healthy.step(state, event.type === "halt" ? { type: "stop" } : event, now),
  }),
);

export const resumeLaunches = slotFault(
  {
    name: "slot-resume-launches",
    defect: "To resume starts what an operator has stopped.",
    seenIn: "F1bonacc1/process-compose#149: a process that was stopped by hand is restarted",
  },
  (healthy) => ({
    step(state, event, now) {
      const taken = healthy.step(state, event, now);
      const [next, commands] = taken;
      if (event.type !== "resume" || next.phase.status !== "stopped" || next.intent !== "active") {
        return taken;
      }
      const launch = { type: "launch", cause: "operator" } as const;
      const [launched, more] = healthy.step({ ...next, open: true }, launch, now);
      return [launched, [...commands, ...more]];
    },
  }),
);
