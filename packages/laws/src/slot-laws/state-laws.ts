// Laws about the state: plain JSON, never mutated, the same when nothing changed, and good enough to go on
// from in another process.

import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Law } from "../kernel/law.js";
import { atRow } from "./commands.js";
import { BACKWARDS, slotLaw } from "./slot-law.js";
import { someOptions } from "./slot-script.js";
import { play, recordOf, type Taken, take, tried } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

const MOST_TICKS = 4;

function copy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

/** What can be seen of a step, without the state's identity. */
function seen({ after, commands }: Taken): unknown {
  return { after, commands };
}

export const stateLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "deterministic",
    says: "The same state, event and instant give the same answer, also from another slot of the same options.",
    cases: [],
    story: BACKWARDS,
    check({ slot, taken, trace, slotOf }) {
      const other = slotOf(trace.options);
      for (const [row, one] of taken.entries()) {
        for (const again of [slot, other]) {
          const twice = take(again, one.before, one.event, one.now);
          claimSame(seen(twice), seen(one), `${atRow(row)}, told once more`);
        }
      }
    },
  }),

  slotLaw({
    name: "never-mutates",
    says: "Neither a step nor a look (deadline, toRecord, parse) changes the state or the event it is given.",
    cases: ["the state changed"],
    runsShare: 0.5,
    check({ slot, trace }, reached) {
      let state = slot.initial();
      for (const [row, { at, event }] of trace.told.entries()) {
        const was = copy({ state, event });
        const frozen = tried(slot, deepFreeze(copy(state)), deepFreeze(copy(event)), at);
        const { after, commands, thrown } = take(slot, state, event, at);
        slot.deadline(state);
        slot.toRecord(state, at);
        slot.parse(state, at);
        claimSame({ state, event }, was, `${atRow(row)}: state and event after ${event.type}`);
        claim(
          (frozen.commands === null) === (commands === null) &&
            !(frozen.thrown instanceof TypeError && !(thrown instanceof TypeError)),
          () => `${atRow(row)}: on a frozen state it threw ${show(String(frozen.thrown))}`,
        );
        if (after !== state) reached("the state changed");
        state = after;
      }
    },
  }),

  slotLaw({
    name: "json-safe",
    says: "The state is plain JSON: it comes back from JSON as it was.",
    cases: ["after an exit"],
    check({ slot, taken }, reached) {
      claimSame(copy(slot.initial()), slot.initial(), "the first state, from JSON");
      for (const [row, { after, event, commands }] of taken.entries()) {
        claimSame(copy(after), after, `${atRow(row)}: the state, from JSON`);
        if (event.type === "exited" && commands) reached("after an exit");
      }
    },
  }),

  slotLaw({
    name: "survives-json",
    says: "A slot that is saved as JSON and parsed again, at any moment, goes on as if nothing had been.",
    cases: ["saved while up", "saved while ending", "saved while empty"],
    extra: fc.record({ cut: fc.nat(39), while: fc.constantFrom("up", "ending", "empty") }),
    check({ slot, taken, trace: { told, cut, while: when } }, reached) {
      const whenOf = (one: Taken) => {
        const { status } = recordOf(slot, one);
        if (status === "cancelling") return "ending";
        return status === "stopped" ? "empty" : "up";
      };
      const there = [...taken.keys()].filter((i) => whenOf(taken[i] as Taken) === when);
      const row = there[cut % there.length] ?? cut % taken.length;
      const { after, now } = taken[row] as Taken;
      const saved = slot.parse(copy(after), now);
      claimSame(saved, after, `saved after ${atRow(row)} and parsed again`);
      const rest = told.slice(row + 1);
      for (const [i, one] of play(slot, rest, saved).entries()) {
        claimSame(
          seen(one),
          seen(taken[row + 1 + i] as Taken),
          `saved after ${atRow(row)}; ${atRow(row + 1 + i)}`,
        );
      }
      reached(`saved while ${whenOf(taken[row] as Taken)}`);
    },
  }),

  slotLaw({
    name: "quiet-means-same",
    says: "When nothing changed the same state comes back, by reference.",
    cases: ["nothing changed", "something changed"],
    story: BACKWARDS,
    check({ taken }, reached) {
      for (const [row, { before, after }] of taken.entries()) {
        claim(
          before === after || !deepEqual(before, after),
          () => `${atRow(row)}: nothing changed, and yet it is another object`,
        );
        reached(before === after ? "nothing changed" : "something changed");
      }
    },
  }),

  slotLaw({
    name: "state-outlives-options",
    says: "The state does not depend on the options: a slot of any options accepts it, as it is, and can end it.",
    cases: ["somebody was up"],
    extra: fc.record({ others: someOptions }),
    unfit: ({ isMade }) =>
      isMade ? null : "one slot was given; give a function that makes slots of any options",
    check({ taken, trace: { others }, slotOf }, reached) {
      const other = slotOf(others);
      const { after, now } = taken.at(-1) as Taken;
      const moved = other.parse(copy(after), now);
      claimSame(moved, after, "the last state, parsed under other options");
      if (other.toRecord(moved, now).status !== "stopped") reached("somebody was up");
      let state = take(other, moved, { type: "stop" }, now).after;
      for (let ticks = 0; other.toRecord(state, now).status !== "stopped"; ticks++) {
        claim(
          ticks < MOST_TICKS,
          () => `under other options it has not ended after ${ticks} ticks`,
        );
        const deadline = other.deadline(state) ?? Number.MAX_SAFE_INTEGER;
        state = take(other, state, { type: "tick" }, deadline).after;
      }
    },
  }),
];
