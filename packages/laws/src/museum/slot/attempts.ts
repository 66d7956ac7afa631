// Slots that lose count of who is alive.

import type { ChildSlot, SlotCommand, SlotState } from "@steadfast/child-slot";
import { slotFault } from "./slot-fault.js";

/** Drops the attempt that is there, without a command, and launches the next one. */
function launchBeside(slot: ChildSlot, state: SlotState, now: number) {
  const { generation } = state;
  const gone = { type: "exited", generation, exit: { kind: "lost" } } as const;
  const [empty] = slot.step(state, gone, now);
  return slot.step(empty, { type: "launch", cause: "operator" }, now);
}

const isUp = ({ phase }: SlotState) => phase.status !== "stopped" && phase.status !== "cancelling";

export const twoAlive = slotFault(
  {
    name: "slot-two-alive",
    defect: "A restart launches the next attempt before the present one is gone.",
    seenIn: "F1bonacc1/process-compose#530: a restart made duplicate processes",
  },
  (healthy) => ({
    step: (state, event, now) =>
      event.type === "restart" && isUp(state) && healthyCanLaunch(state)
        ? launchBeside(healthy, state, now)
        : healthy.step(state, event, now),
  }),
);

function healthyCanLaunch({ open, intent }: SlotState): boolean {
  return open && intent === "active";
}

export const secondLaunchDrops = slotFault(
  {
    name: "slot-second-launch-drops-the-first",
    defect: "A launch of an occupied slot drops the attempt that runs, without a word.",
    seenIn:
      "rust-tokio-supervisor 0.1.3 `ChildSlot::activate`: a second call drops a running attempt",
  },
  (healthy) => ({
    step: (state, event, now) =>
      event.type === "launch" && isUp(state) && healthyCanLaunch(state)
        ? launchBeside(healthy, state, now)
        : healthy.step(state, event, now),
  }),
);

export const staleExitCounts = slotFault(
  {
    name: "slot-stale-exit-counts",
    defect: "The late exit of an old attempt ends the new one.",
    seenIn:
      "jestjs/jest#13183: a worker that died twice is counted for the one that took its place",
  },
  (healthy) => ({
    step(state, event, now) {
      const isOld = event.type === "exited" && event.generation < state.generation;
      if (!isOld || state.phase.status === "stopped" || event.generation < 0) {
        return healthy.step(state, event, now);
      }
      return healthy.step(state, { ...event, generation: state.generation }, now);
    },
  }),
);

export const sameGeneration = slotFault(
  {
    name: "slot-same-generation",
    defect: "Every attempt has generation 0, so that nobody can tell a late report from a new one.",
    seenIn: "F1bonacc1/process-compose#530: two processes under one name",
  },
  (healthy) => ({
    step(state, event, now) {
      const about = { ...event };
      if ("generation" in about && about.generation === 0 && state.generation > 0) {
        about.generation = state.generation;
      }
      const [next, commands] = healthy.step(state, about, now);
      return [next, commands.map((command): SlotCommand => ({ ...command, generation: 0 }))];
    },
  }),
);

export const exitToldTwice = slotFault(
  {
    name: "slot-exit-told-twice",
    defect: "An end that shows itself twice, as an error and as an exit, is reported twice.",
    seenIn: "metarhia/impress#1960: a worker's `error` and its `exit` are two stories",
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const exit = commands.find(
        (command) => command.type === "report" && command.report.type === "exited",
      );
      return [next, exit && event.type === "exited" ? [exit, ...commands] : commands];
    },
  }),
);

export const probeIsAnOrder = slotFault(
  {
    name: "slot-probe-is-an-order",
    defect: "A child that was killed for its silence is reported as if an operator had stopped it.",
    seenIn:
      "F1bonacc1/process-compose#403: a failed probe kills, and `on_failure` restarts nothing",
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      return [
        next,
        commands.map((command): SlotCommand => {
          if (command.type !== "report" || command.report.type !== "exited") return command;
          const ordered = command.report.ordered || state.phase.status === "cancelling";
          return { ...command, report: { ...command.report, ordered } };
        }),
      ];
    },
  }),
);

export const swallows = slotFault(
  {
    name: "slot-swallows-the-impossible",
    defect: "What cannot be is accepted without a word, and nothing happens.",
    seenIn: "heygen-com/hyperframes PR#1132: a message to a dead worker is a silent no-op",
  },
  (healthy) => ({
    step(state, event, now) {
      try {
        return healthy.step(state, event, now);
      } catch {
        return [state, []];
      }
    },
  }),
);

export const recordLies = slotFault(
  {
    name: "slot-record-lies",
    defect: "Its record never shows a restart that waits.",
    seenIn: "rust-tokio-supervisor 0.1.3 `to_record`: the pending restart is always none",
  },
  (healthy) => ({
    toRecord: (state, now) => ({ ...healthy.toRecord(state, now), pendingRestart: null }),
  }),
);
