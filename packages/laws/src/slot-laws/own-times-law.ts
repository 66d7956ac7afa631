// A slot is held to its own options: which of them is due after which event, 0 as well as any other number.

import type { ChildSlotOptions } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { slotLaw } from "./slot-law.js";
import type { Taken } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

const LATEST = 2 ** 52;

/** When the present attempt was asked and killed, and whether its time was looked at late. */
class Times {
  readonly ledger = new Ledger();
  askedAt: Millis = 0;
  killedAt: Millis = 0;
  wasLate = false;
  isHealthy = false;

  note(taken: Taken, dueBefore: Millis | null): void {
    const { event, now } = taken;
    const isLate = event.type === "tick" && dueBefore !== null && now > dueBefore;
    if (isLate) this.wasLate = true;
    this.ledger.note(taken);
    const commands = commandsOf(taken);
    if (newsOf(commands, "healthy").length > 0) this.isHealthy = true;
    for (const { type } of commands) {
      if (type === "request-stop") this.askedAt = now;
      if (type === "kill") this.killedAt = now;
      if (type !== "launch") continue;
      this.wasLate = false;
      this.isHealthy = newsOf(commands, "healthy").length > 0;
    }
  }

  /** What is due next by the options, or null; undefined where that cannot be known from outside. */
  due(options: ChildSlotOptions): Millis | null | undefined {
    const { present } = this.ledger;
    if (present === null) return null;
    if (this.wasLate || present.readiness === "not-ready") return undefined;
    if (present.killed) return this.killedAt + (options.abandonAfterMs ?? 5_000);
    if (present.asked !== null) return this.askedAt + (options.gracePeriodMs ?? 5_000);
    const { launchedAt, beatAt, readiness, readyAt } = present;
    // Ready later than launched: the time until it is healthy may have begun again.
    if (readiness === "ready" && !this.isHealthy && readyAt !== launchedAt) return undefined;
    const first = readiness === null ? options.readyTimeoutMs : this.#healthyMs(options);
    const all = [
      ...(first === undefined ? [] : [launchedAt + first]),
      ...(beatAt === null || options.heartbeatTimeoutMs === undefined
        ? []
        : [beatAt + options.heartbeatTimeoutMs]),
    ];
    return all.length === 0 ? null : Math.min(...all);
  }

  #healthyMs({ healthyAfterMs = 10_000 }: ChildSlotOptions): Millis | undefined {
    return this.isHealthy ? undefined : healthyAfterMs;
  }
}

export const ownTimes: Law<SlotSubject> = slotLaw({
  name: "deadline-by-its-options",
  says: "What is due next is the option that belongs to it, 0 included: the time to be ready, the time to be healthy, the age of the last heartbeat, the grace period, the time until it is given up.",
  cases: [
    "readyTimeoutMs",
    "heartbeatTimeoutMs",
    "healthyAfterMs",
    "gracePeriodMs",
    "abandonAfterMs",
  ],
  unfit: ({ isMade }) =>
    isMade ? null : "one slot was given; give a function that makes slots of any options",
  check({ slot, taken, trace: { options } }, reached) {
    if (options === undefined) return;
    const times = new Times();
    for (const [row, one] of taken.entries()) {
      times.note(one, slot.deadline(one.before));
      const expected = times.due(options);
      if (expected === undefined || (expected ?? 0) > LATEST) continue;
      const due = slot.deadline(one.after);
      claim(due === expected, () => `${atRow(row)}: due at ${due}, by its options at ${expected}`);
      const { present } = times.ledger;
      if (!present || expected === null) continue;
      if (present.killed) reached("abandonAfterMs");
      else if (present.asked !== null) reached("gracePeriodMs");
      else if (present.beatAt !== null && options.heartbeatTimeoutMs !== undefined) {
        reached("heartbeatTimeoutMs");
      } else reached(present.readiness === null ? "readyTimeoutMs" : "healthyAfterMs");
    }
  },
});
