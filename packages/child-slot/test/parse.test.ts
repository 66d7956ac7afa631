// A saved state may come from another version or a hostile hand: it is read field by field, and the
// error names the first field that no slot could have written.

import { isPolicyStateError } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childSlot, type SlotPhase } from "../src/index.js";
import { law } from "./law.js";
import { play, script } from "./script.js";
import {
  beat,
  cancelling,
  explicit,
  pending,
  ready,
  running,
  slot,
  starting,
  stopped,
} from "./slot-fixtures.js";

const { parse } = childSlot(explicit);

function faultOf(raw: unknown): unknown {
  try {
    parse(raw, 1_000);
    return "accepted";
  } catch (error) {
    return isPolicyStateError(error) ? `${error.path}: ${error.expected}` : error;
  }
}

const inside = (phase: SlotPhase, over: object) => slot({ ...phase, ...over } as SlotPhase);
const WHOLE = "a whole number from";
const INSTANT = `${WHOLE} -9007199254740991 to 9007199254740991`;
const KIND =
  "one of completed, failed, signalled, out-of-memory, timed-out, cancelled, spawn-failed, unhealthy, abandoned, lost";
const YES_NO = "one of true, false";
const TEXT = "a text, not blank";

const bad: readonly (readonly [why: string, raw: unknown, fault: string])[] = [
  ["nothing", undefined, ": an object"],
  ["null", null, ": an object"],
  ["a list", [], ": an object"],
  ["a text", "stopped", ": an object"],
  ["no field", {}, "intent: one of active, paused, quarantined, removed"],
  [
    "an unknown intent",
    { ...slot(stopped), intent: "Active" },
    "intent: one of active, paused, quarantined, removed",
  ],
  ["a number for a truth", { ...slot(stopped), open: 1 }, `open: ${YES_NO}`],
  [
    "a fraction of a generation",
    { ...slot(stopped), generation: 3.5 },
    `generation: ${WHOLE} 3 to 3`,
  ],
  [
    "a generation that skipped one",
    slot(stopped, { generation: 4 }),
    `generation: ${WHOLE} 3 to 3`,
  ],
  [
    "a negative attempt",
    slot(stopped, { attempt: -1, generation: -2 }),
    `attempt: ${WHOLE} 0 to 4503599627370496`,
  ],
  [
    "more attempts than can be counted on",
    slot(stopped, { attempt: 2 ** 52 + 1, generation: 2 ** 52 }),
    "attempt: a whole number from 0 to 4503599627370496",
  ],
  ["too many restarts", slot(stopped, { restarts: 4 }), `restarts: ${WHOLE} 3 to 3`],
  [
    "a restart before the first attempt",
    slot(stopped, { attempt: 0, generation: -1, restarts: 1 }),
    `restarts: ${WHOLE} 0 to 0`,
  ],
  ["no last exit at all", { ...slot(stopped), lastExit: undefined }, `lastExit.kind: ${KIND}`],
  [
    "an unknown exit",
    { ...slot(stopped), lastExit: { kind: "exploded" } },
    `lastExit.kind: ${KIND}`,
  ],
  [
    "a bad exit inside an exit",
    { ...slot(stopped), lastExit: { kind: "timed-out", afterMs: 1, ended: { kind: "?" } } },
    `lastExit.ended.kind: ${KIND}`,
  ],
  [
    "a limit without its window",
    { ...slot(stopped), restartLimit: { limit: 1, used: 1, updatedAt: 1 } },
    "restartLimit.windowMs: a whole number from 0 to 9007199254740991",
  ],
  [
    "a limit told at no time",
    { ...slot(stopped), restartLimit: { windowMs: null, limit: 1, used: 1, updatedAt: null } },
    `restartLimit.updatedAt: ${INSTANT}`,
  ],
  ["no phase", { ...slot(stopped), phase: null }, "phase: an object"],
  [
    "an unknown status",
    { ...slot(stopped), phase: { status: "zombie" } },
    "phase.status: one of stopped, starting, running, ready, cancelling",
  ],
  [
    "a status that objects have",
    { ...slot(stopped), phase: { status: "constructor" } },
    "phase.status: one of stopped, starting, running, ready, cancelling",
  ],
  ["launched at no time", inside(ready(), { launchedAt: null }), `phase.launchedAt: ${INSTANT}`],
  ["launched at a fraction", inside(ready(), { launchedAt: 0.5 }), `phase.launchedAt: ${INSTANT}`],
  ["ready at a text", inside(ready(), { readyAt: "now" }), `phase.readyAt: ${INSTANT}`],
  ["perhaps healthy", inside(running(), { healthy: null }), `phase.healthy: ${YES_NO}`],
  ["perhaps excused", inside(starting(), { excused: undefined }), `phase.excused: ${YES_NO}`],
  ["a beat that is a number", inside(running(), { beat: 5 }), "phase.beat: an object"],
  [
    "a beat at no time",
    inside(running(), { beat: { ...beat(5), at: null } }),
    `phase.beat.at: ${INSTANT}`,
  ],
  [
    "an ending for no known cause",
    inside(cancelling("stop"), { cause: "fun" }),
    "phase.cause: one of stop, halt, force, restart, pause, quarantine, remove, not-ready-in-time, heartbeat-stale, ran-too-long, unhealthy",
  ],
  ["run since a text", inside(starting(), { ranSince: "now" }), `phase.ranSince: ${INSTANT}`],
  ["run since null", inside(running(), { ranSince: null }), `phase.ranSince: ${INSTANT}`],
  [
    "healthy since a fraction",
    inside(ready(), { healthSince: 0.5 }),
    `phase.healthSince: ${INSTANT}`,
  ],
  ["unhealthy for no reason", slot(cancelling("unhealthy")), `phase.reason: ${TEXT}`],
  [
    "unhealthy for a blank reason",
    slot(cancelling("unhealthy", { reason: " " })),
    `phase.reason: ${TEXT}`,
  ],
  [
    "an ending at no known step",
    inside(cancelling("stop"), { step: "hoped" }),
    "phase.step: one of asked, killed",
  ],
  [
    "a child that was forced and yet only asked",
    inside(cancelling("force"), { step: "asked" }),
    "phase.step: one of killed",
  ],
  [
    "a restart that nobody asked for",
    inside(cancelling("restart"), { pending: { ...pending, requester: "" } }),
    `phase.pending.requester: ${TEXT}`,
  ],
  [
    "a restart for no reason",
    inside(cancelling("restart"), { pending: { ...pending, reason: 7 } }),
    `phase.pending.reason: ${TEXT}`,
  ],
  [
    "a restart asked for a negative number of times",
    inside(cancelling("restart"), { pending: { ...pending, duplicates: -1 } }),
    "phase.pending.duplicates: a whole number from 0 to 4503599627370496",
  ],
  [
    "somebody up before the first attempt",
    { ...childSlot(explicit).initial(), phase: ready() },
    "phase.status: one of stopped",
  ],
  [
    "somebody leaving before the first attempt",
    { ...childSlot(explicit).initial(), phase: cancelling("restart") },
    "phase.status: one of stopped",
  ],
  [
    "somebody up in a closed slot",
    slot(ready(), { open: false }),
    "phase.status: one of stopped, cancelling",
  ],
  [
    "somebody up in a paused slot",
    slot(starting(), { intent: "paused" }),
    "phase.status: one of stopped, cancelling",
  ],
  [
    "a restart that waits in a closed slot",
    slot(cancelling("stop", { pending }), { open: false }),
    "phase.pending: one of null",
  ],
  [
    "a restart that waits in a removed slot",
    slot(cancelling("remove", { pending }), { intent: "removed" }),
    "phase.pending: one of null",
  ],
];

describe("parse", () => {
  it.each(bad)("refuses %s", (_, raw, fault) => {
    expect(faultOf(raw)).toBe(fault);
  });

  it("leaves behind what it does not know, and what would only look like a state", () => {
    const raw = JSON.parse(
      JSON.stringify({ ...slot(ready({ beat: beat(5) })), extra: 1 }).replace(
        "{",
        '{"__proto__":{"polluted":true},',
      ),
    );
    raw.phase.saidNotReady = true;
    const state = parse(raw, 1_000);
    expect(state).toStrictEqual(slot(ready({ beat: beat(5) })));
    expect("polluted" in state).toBe(false);
  });

  it("reads what older versions wrote: no time was started again, and there was no verdict", () => {
    for (const phase of [starting(), running(), ready(), cancelling("restart")]) {
      expect(parse(JSON.parse(JSON.stringify(slot(phase))), 1_000)).toStrictEqual(slot(phase));
    }
  });

  it("reads back the times that were started again, and pulls them back to now", () => {
    const again = { ranSince: 700, healthSince: 800 };
    for (const phase of [running(again), ready(again)]) {
      expect(parse(slot(phase), 1_000).phase).toStrictEqual(phase);
      const ahead = slot({ ...phase, ranSince: 2_000, healthSince: 3_000 });
      const { phase: parsed } = parse(ahead, 1_000);
      expect(parsed).toStrictEqual({ ...phase, ranSince: 1_000, healthSince: 1_000 });
    }
    const { ranSince } = again;
    expect(parse(slot(starting(again as object)), 1_000).phase).toStrictEqual(
      starting({ ranSince }),
    );
  });

  it("keeps the word of a verdict, and leaves it behind where there was none", () => {
    const found = cancelling("unhealthy", { reason: "probe-failed" });
    expect(parse(slot(found), 1_000).phase).toStrictEqual(found);
    const stop = cancelling("restart", { reason: "probe-failed" });
    expect(parse(slot(stop), 1_000).phase).toStrictEqual(cancelling("restart"));
  });

  it("bounds what a hostile last exit would make it keep", () => {
    const lastExit = {
      kind: "failed",
      code: 1,
      error: { name: "Error", message: "x".repeat(9_999), cause: { name: "deep", message: "y" } },
      stderrTail: Array.from({ length: 999 }, () => "z".repeat(9_999)),
      value: "a secret",
      junk: true,
    };
    const parsed = parse({ ...slot(stopped), lastExit }, 1_000).lastExit;
    expect(JSON.stringify(parsed).length).toBeLessThan(60_000);
    expect(parsed).not.toHaveProperty("value");
    expect(parsed).not.toHaveProperty("junk");
    expect(parse({ ...slot(stopped), lastExit: parsed }, 1_000).lastExit).toStrictEqual(parsed);
  });

  it("keeps three levels of what an exit wraps, however deep a hostile one goes", () => {
    const chain = (length: number) => {
      let lastExit: object = { kind: "abandoned" };
      for (let i = 0; i < length; i++) {
        lastExit = { kind: "unhealthy", reason: "?", ended: lastExit };
      }
      return { ...slot(stopped), lastExit };
    };
    expect(parse(chain(3), 1_000)).toStrictEqual(chain(3));
    const cut = parse(chain(50_000), 1_000).lastExit;
    expect(JSON.stringify(cut).match(/unhealthy/g)).toHaveLength(4);
  });

  it("leaves a stderr tail behind that is none", () => {
    for (const stderrTail of ["bye", 7, [1], null, { length: 1 }]) {
      const raw = { ...slot(stopped), lastExit: { kind: "lost", stderrTail } };
      expect(parse(raw, 1_000).lastExit).toStrictEqual({ kind: "lost" });
    }
  });

  it("pulls every instant back that lies ahead", () => {
    const ahead = { requestedAt: 2_000, duplicates: 0, requester: "ops", reason: "why not" };
    const state = parse(slot(cancelling("restart", { since: 3_000, pending: ahead })), 1_000);
    expect(state.phase).toStrictEqual(
      cancelling("restart", { since: 1_000, pending: { ...ahead, requestedAt: 1_000 } }),
    );
  });

  law(
    "answers any JSON with a state or a PolicyStateError",
    ["refused"],
    fc.jsonValue(),
    (raw, reached) => {
      expect(faultOf(raw)).toBeTypeOf("string");
      reached("refused");
    },
  );

  law(
    "a state with something else in one place is refused, or is a state all the same",
    ["refused", "accepted"],
    fc.record({
      input: script({ maxLength: 20 }),
      place: fc.nat(99),
      value: fc.oneof(
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom<unknown>(0, -1, 1, true, false, null, "stop", "ready", 1e300),
      ),
    }),
    ({ input, place, value }, reached) => {
      const any = childSlot(input.options);
      const { after, now } = play(any, input.moves).at(-1) ?? { after: any.initial(), now: 0 };
      const raw = JSON.parse(JSON.stringify(after));
      const places = placesOf(raw);
      const [holder, key] = places[place % places.length] ?? [raw, "open"];
      holder[key] = value;
      let state: ReturnType<typeof any.parse>;
      try {
        state = any.parse(raw, now);
      } catch (error) {
        expect(isPolicyStateError(error)).toBe(true);
        return reached("refused");
      }
      reached("accepted");
      expect(any.parse(JSON.parse(JSON.stringify(state)), now)).toStrictEqual(state);
      play(any, input.moves, { startAt: now, state });
    },
  );
});

function placesOf(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [Record<string, unknown>, string][] => [
    [value as Record<string, unknown>, key],
    ...placesOf(inner),
  ]);
}
