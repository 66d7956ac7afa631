// What is meant to happen to a slot, before its state is known. Reports name the generation by its age:
// 0 is the present one, -1 one that never was.

import type { SlotEvent, SlotState } from "@steadfast/child-slot";
import type { Exit, Millis } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";

/** An event, with its generation left open. */
export type Meaning =
  | { readonly type: "report"; readonly of: "ready" | "not-ready" | "exited"; readonly age: number }
  | { readonly type: "heartbeat"; readonly age: number; readonly sentAgo: number }
  | Exclude<SlotEvent, { readonly generation: number }>;

/** `apt` is one of the things that are likely in the state that was reached. */
export type Meant = { readonly type: "apt"; readonly choice: number } | Meaning;

const age = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 5) },
  { weight: 1, arbitrary: fc.constant(-1) },
);

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constant("ops") },
  { weight: 1, arbitrary: fc.constantFrom("cron", "", " ") },
);

const one = <Type extends string>(...types: readonly Type[]) =>
  fc.constantFrom(...types).map((type) => ({ type }));

const launch = fc
  .constantFrom("start", "restart", "operator")
  .map((cause) => ({ type: "launch", cause }) as const);

const report = fc.record({
  type: fc.constant("report" as const),
  of: fc.constantFrom("ready", "not-ready", "exited"),
  age,
});

const restart = fc.record({
  type: fc.constant("restart" as const),
  requester: word,
  reason: word,
});

const limit = fc.record({
  type: fc.constant("limit" as const),
  view: fc.record({
    windowMs: fc.constantFrom(null, 60_000),
    limit: fc.nat(3),
    used: fc.nat(4),
  }),
});

/** @param lapses how long ago a heartbeat may have been sent. */
export function someMeaning(lapses: readonly number[]): Arbitrary<Meant> {
  const heartbeat = fc.record({
    type: fc.constant("heartbeat" as const),
    age,
    sentAgo: fc.constantFrom(...lapses),
  });
  const apt = fc.record({ type: fc.constant("apt" as const), choice: fc.nat(99) });
  return fc.oneof(
    { weight: 90, arbitrary: apt },
    { weight: 9, arbitrary: one("tick") },
    { weight: 3, arbitrary: launch },
    { weight: 5, arbitrary: report },
    { weight: 4, arbitrary: heartbeat },
    { weight: 4, arbitrary: restart },
    { weight: 2, arbitrary: one("pause", "quarantine", "resume") },
    { weight: 1, arbitrary: limit },
    { weight: 3, arbitrary: one("halt", "force") },
    { weight: 2, arbitrary: one("stop", "kill", "remove") },
  );
}

const LAUNCH = { type: "launch", cause: "restart" } as const;
const TICK = { type: "tick" } as const;
const RESUME = { type: "resume" } as const;
const BEAT = { type: "heartbeat", age: 0, sentAgo: 0 } as const;
const OLD_BEAT = { type: "heartbeat", age: 0, sentAgo: 7 } as const;
const LONG_AGO = { type: "heartbeat", age: 0, sentAgo: 1_000_000 } as const;
const RESTART = { type: "restart", requester: "ops", reason: "why not" } as const;
const READY = { type: "report", of: "ready", age: 0 } as const;
const NOT_READY = { type: "report", of: "not-ready", age: 0 } as const;
const GONE = { type: "report", of: "exited", age: 0 } as const;
const LONG_GONE = { type: "report", of: "exited", age: 1 } as const;

/** What is likely, or interesting, in this state. */
export function aptEvent({ phase, intent, generation }: SlotState, choice: number): Meaning {
  const isHealthy = phase.status === "ready" && phase.healthy;
  const older = "beat" in phase && phase.beat ? [LONG_AGO] : [];
  const here: readonly Meaning[] = {
    stopped: [
      ...(intent === "active" ? [LAUNCH, LAUNCH, RESTART] : [RESTART, LAUNCH, RESUME, RESTART]),
      ...(choice % 5 === 0 && generation >= 0 ? [GONE] : []),
    ],
    starting: [READY, READY, BEAT, OLD_BEAT, OLD_BEAT, TICK, ...older],
    running: [BEAT, OLD_BEAT, NOT_READY, READY, READY, READY, READY, GONE, ...older],
    ready: [
      ...(isHealthy ? [NOT_READY, NOT_READY, NOT_READY] : [TICK, TICK, TICK]),
      NOT_READY,
      NOT_READY,
      BEAT,
      OLD_BEAT,
      OLD_BEAT,
      TICK,
      TICK,
      RESTART,
      GONE,
      ...older,
    ],
    cancelling: [
      TICK,
      TICK,
      RESTART,
      GONE,
      ...(generation > 0 ? [LONG_GONE] : []),
      ...(intent === "active" ? [] : [RESUME]),
    ],
  }[phase.status];
  return here[choice % here.length] ?? RESUME;
}

/** Plain JSON, also where a live exit would carry an Error. */
const EXITS: readonly Exit[] = [
  { kind: "completed", value: 1, code: 0 },
  { kind: "failed", error: { name: "Error", message: "boom" }, code: 1 },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "signalled", signal: "SIGKILL", stderrTail: ["out of", "order"] },
];

/** The event itself, told to a slot in this state at this instant. */
export function toEvent(
  meaning: Meaning,
  { generation, attempt }: SlotState,
  now: Millis,
): SlotEvent {
  switch (meaning.type) {
    case "heartbeat":
      return {
        type: "heartbeat",
        generation: generation - meaning.age,
        at: now - meaning.sentAgo,
      } as const;
    case "report": {
      const about = generation - meaning.age;
      if (meaning.of !== "exited") return { type: meaning.of, generation: about };
      const exit = EXITS[Math.abs(attempt) % EXITS.length] ?? { kind: "lost" };
      return { type: "exited", generation: about, exit } as const;
    }
    default:
      return meaning;
  }
}
