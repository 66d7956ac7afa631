// Slots that are wrong about time.

import { slotFault } from "./slot-fault.js";

export const datedWhenSeen = slotFault(
  {
    name: "slot-heartbeat-dated-when-seen",
    defect: "A heartbeat counts from when it was looked at: old news keeps a dead child alive.",
    seenIn: "rust-tokio-supervisor 0.1.3: the heartbeat is dated at its observation",
  },
  (healthy) => ({
    step: (state, event, now) =>
      healthy.step(state, event.type === "heartbeat" ? { ...event, at: now } : event, now),
  }),
);

export const healthyTwice = slotFault(
  {
    name: "slot-healthy-twice",
    defect:
      "A child that changes its readiness is reported as healthy each time it is ready again.",
    seenIn: "vivid-planet/dev-process-manager PR#39: what a successful start is, nobody could say",
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const again = event.type === "ready" && next.phase.status === "ready" && next !== state;
      return [again ? { ...next, phase: { ...next.phase, healthy: false } } : next, commands];
    },
  }),
);

export const believesTheTimer = slotFault(
  {
    name: "slot-believes-the-timer",
    defect: "A timer that rings is taken for the time being over, without a look at the clock.",
    seenIn: "nodejs/node#20661, #13168: timers that ring early, late and in a surprising order",
  },
  (healthy) => ({
    step: (state, event, now) =>
      healthy.step(state, event, event.type === "tick" ? (healthy.deadline(state) ?? now) : now),
  }),
);

export const noExcuse = slotFault(
  {
    name: "slot-judges-after-a-suspend",
    defect: "After a suspend it sees a heartbeat that is hours old, and kills a healthy child.",
    seenIn: "dabblewriter/tab-election PR#13: some 1 600 users a day; OptimalBits/bull#412",
  },
  (healthy) => ({
    step(state, event, now) {
      const deadline = healthy.deadline(state);
      const isLate = event.type === "tick" && deadline !== null && now > deadline;
      return healthy.step(state, event, isLate ? deadline : now);
    },
  }),
);

export const agesWithTheClock = slotFault(
  {
    name: "slot-negative-uptime",
    defect: "When the clock goes back an attempt has lived for less than no time.",
    seenIn: "animir/node-rate-limiter-flexible#238: a span that is reported as negative",
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const { phase } = state;
      if (phase.status === "stopped" || now >= phase.launchedAt) return [next, commands];
      const uptimeMs = now - phase.launchedAt;
      return [
        next,
        commands.map((command) =>
          command.type === "report" && command.report.type === "exited"
            ? { ...command, report: { ...command.report, uptimeMs } }
            : command,
        ),
      ];
    },
  }),
);
