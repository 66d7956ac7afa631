// The short way to see that an event is right says what the long way says, of every event that there is.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cyclic, revoked, trap } from "../../../config/testing/strange-values.ts";
import { faultByShape, isWellFormed } from "../src/event-fault.js";
import { childSlot, eventFault, type SlotEvent, slotTable } from "../src/index.js";
import { isTime } from "../src/options.js";
import { law } from "./law.js";

const TYPES = [...new Set(slotTable.flatMap(({ on }) => on))].filter((type) => !isTime(type));
const STRANGE = [undefined, null, true, "", " ", 1n, () => {}, Symbol("s"), [], {}, cyclic()];
const NUMBERS = [-1, -0, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
const strange = fc.constantFrom<unknown>(...STRANGE, ...NUMBERS, ["failed"]);
const count = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 3, 4, 5) }, strange);
const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom("ops", "failed", "lost") }, strange);
const view = fc.record({ windowMs: count, limit: count, used: count });

const events = fc.record({
  type: fc.constantFrom(...TYPES),
  generation: count,
  at: count,
  exit: fc.oneof({ weight: 4, arbitrary: fc.record({ kind: word }) }, strange),
  requester: word,
  reason: word,
  view: fc.oneof({ weight: 4, arbitrary: view }, strange),
}) as fc.Arbitrary<SlotEvent>;

const FIELDS: readonly string[] = [
  "exited",
  "heartbeat",
  "limit",
  "not-ready",
  "ready",
  "restart",
  "unhealthy",
];

/** What cannot be read is not right. */
function isRight(event: SlotEvent): boolean {
  try {
    return isWellFormed(event, 4);
  } catch {
    return false;
  }
}

describe("an event", () => {
  it("knows types that can be wrong, and others", () => {
    expect(TYPES.filter((type) => eventFault({ type } as SlotEvent) !== null).sort()).toStrictEqual(
      FIELDS,
    );
  });

  law(
    "is right by the short way exactly if the long way finds nothing wrong",
    ["right", ...FIELDS.map((type) => `wrong: ${type}`)],
    fc.array(events, { minLength: 20, maxLength: 40 }),
    (all, reached) => {
      for (const event of all) {
        const fault = faultByShape(event, 4);
        expect(isRight(event)).toBe(fault === null);
        expect(eventFault(event, 4)).toBe(fault);
        reached(fault === null ? "right" : `wrong: ${event.type}`);
      }
    },
  );

  it.each([
    ...STRANGE.slice(0, 9),
    Object.assign([], { type: "tick" }),
    Object.assign(() => {}, { type: "tick" }),
  ])("that is no object, number %$, is not right by the short way", (event) => {
    expect(isRight(event as SlotEvent)).toBe(false);
  });

  it.each([
    ["traps everything", trap()],
    ["is revoked", revoked()],
  ])("with a part that %s says what the long way says", (_, part) => {
    for (const event of [
      { type: "exited", generation: 0, exit: part },
      { type: "limit", view: part },
    ] as unknown as readonly SlotEvent[]) {
      expect(typeof eventFault(event, 4)).toBe("string");
      expect(eventFault(event, 4)).toBe(faultByShape(event, 4));
    }
  });

  it("that is right is answered without a text: its parts are read once", () => {
    let reads = 0;
    const exit = {
      get kind() {
        reads++;
        return "failed" as const;
      },
    };
    expect(eventFault({ type: "exited", generation: 0, exit })).toBe(null);
    expect(reads).toBe(1);
  });
});

describe("a quiet step", () => {
  it("gives an array of its own, so that nobody's writing shows elsewhere", () => {
    const slot = childSlot({ id: "worker" });
    const [state, commands] = slot.step(slot.initial(), { type: "tick" }, 0);
    (commands as unknown[]).push("scribble");
    expect(slot.step(state, { type: "tick" }, 0)).toStrictEqual([slot.initial(), []]);
  });
});
