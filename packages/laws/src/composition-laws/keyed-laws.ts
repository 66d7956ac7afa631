// The laws of a store of many keys: it keeps them apart, is bounded, and says whom it had to forget.

import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Law } from "../kernel/law.js";
import { claimPlainJson } from "../policy-laws/pure-laws.js";
import { saved } from "../policy-laws/saved-laws.js";
import { ask } from "../policy-laws/script.js";
import { atLine } from "../policy-laws/script-law.js";
import { eventAt, WALL } from "../policy-laws/tell.js";
import { keyedLaw, keyText, ROOMY, type Store } from "./keyed-law.js";

const aRequest = ask(0, 0.5).event;
const SEVERAL = "a refusal of one of several keys";

const keysAreIndependent = keyedLaw({
  name: "keys-are-independent",
  says: "with room enough each key is decided as if it were alone, whatever its name, and none is said to be forgotten",
  cases: [SEVERAL],
  maxKeys: [ROOMY],
  holds(policy, _, moments, __, reached) {
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const state = states.has(key) ? states.get(key) : policy.initial();
      const [next, expected] = policy.step(state, event, now);
      states.set(key, next);
      atLine(i, () => claimSame(decision, expected, `for the key ${keyText(key)}`));
      if (states.size > 1 && decision.type === "refuse") reached(SEVERAL);
    });
  },
});

const FORGOTTEN = "a key that was forgotten";

const bounded = keyedLaw({
  name: "bounded-and-tells",
  says: "never more than maxKeys are remembered; a key that is forgotten because there is no room is named, is not the one that came, and starts from nothing",
  cases: [FORGOTTEN],
  maxKeys: [3, 1, 0, 2, 5],
  holds(policy, maxKeys, moments, _, reached) {
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const { forgotten = [], ...answer } = decision;
      const state = states.has(key) ? states.get(key) : policy.initial();
      const [next, expected] = policy.step(state, event, now);
      states.set(key, next);
      atLine(i, () => {
        claimSame(answer, expected, `for the key ${keyText(key)}`);
        for (const gone of forgotten) {
          reached(FORGOTTEN);
          claim(states.delete(gone), () => `${keyText(gone)} was not there to be forgotten`);
          claim(gone !== key || maxKeys === 0, () => `the key that came was forgotten`);
        }
        const busy = [...states].filter(([, kept]) => !policy.idle?.(kept, now));
        claim(
          busy.length <= maxKeys,
          () => `${busy.length} keys are remembered, maxKeys ${maxKeys}`,
        );
      });
    });
  },
});

const leastRecentGoes = keyedLaw({
  name: "least-recent-goes",
  says: "if there is no room, a key goes that was used less recently than every other that still counts",
  cases: [FORGOTTEN],
  maxKeys: [3, 2, 5],
  holds(policy, _, moments, __, reached) {
    /** Least recently used first. */
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const state = states.has(key) ? states.get(key) : policy.initial();
      states.delete(key);
      states.set(key, policy.step(state, event, now)[0]);
      for (const gone of decision.forgotten ?? []) {
        const counting = [...states].filter(([, kept]) => !policy.idle?.(kept, now));
        const least = counting[0]?.[0];
        const what = () => `${keyText(gone)} went, and not ${keyText(least ?? "")}`;
        atLine(i, () => claim(gone === least, what));
        states.delete(gone);
        reached(FORGOTTEN);
      }
    });
  },
});

const idleIsForgotten = keyedLaw({
  name: "idle-is-forgotten",
  says: "when every key is idle again and was met since, nothing is left: the state is the initial one",
  cases: ["something to forget"],
  maxKeys: [ROOMY],
  holds(policy, _, moments, store, reached) {
    const last = moments.at(-1);
    if (last === undefined || !policy.idle?.(policy.initial(), last.now)) return;
    let state = last.after;
    if (!deepEqual(state, store.initial())) reached("something to forget");
    for (const { told } of moments) {
      [state] = store.step(state, { key: told.key, event: { type: "reset" } }, last.now);
    }
    claimSame(state, store.initial(), "after a reset of every key the state");
  },
});

const keepsTheContract = keyedLaw({
  name: "keeps-the-contract",
  says: "it mutates nothing, is quiet, deterministic and JSON-safe, and reads back what it wrote",
  cases: ["several keys"],
  maxKeys: [ROOMY, 3],
  holds(_, __, moments, store, reached) {
    const keys = new Set<string>();
    moments.forEach(({ now, told, before, after, decision }, i) => {
      keys.add(told.key);
      if (keys.size > 2) reached("several keys");
      atLine(i, () => {
        claimPlainJson(after, "the state");
        claim(before === after || !deepEqual(before, after), () => `a copy of ${show(before)}`);
        const read = store.parse(JSON.parse(JSON.stringify(after)), now);
        claim(deepEqual(read, after), () => `${show(after)} was read as ${show(read)}`);
        const [next, again] = store.step(deepFreeze(before), deepFreeze(told), now);
        claimSame(again, decision, "told again, the decision");
        claim(deepEqual(next, after), () => "told again, another state");
      });
    });
  },
});

const readsBack = keyedLaw({
  name: "reads-back-at-any-time",
  says: "a state from a clock that was ahead is read as that of each key would be, and a state that is idle answers as a fresh one",
  cases: ["a state that was ahead", "an idle state"],
  maxKeys: [ROOMY],
  holds(policy, _, moments, store, reached) {
    const states = new Map<string, unknown>();
    for (const { now, told } of moments) {
      const state = states.get(told.key) ?? policy.initial();
      states.set(told.key, policy.step(state, told.event, now)[0]);
    }
    const last = moments.at(-1);
    if (last === undefined) return;
    const ask = (at: number) => eventAt(aRequest, WALL + at);
    const at = last.now - 500;
    const read = store.parse(saved(last.after), at);
    for (const [key, state] of states) {
      if (policy.idle?.(state, last.now)) continue; // it may have been forgotten
      const [, got] = store.step(read, { key, event: ask(at) }, at);
      const [, expected] = policy.step(policy.parse(saved(state), at), ask(at), at);
      claimSame(got, expected, `read at ${at} instead of ${last.now}, the key ${keyText(key)}`);
    }
    reached("a state that was ahead");
    for (const later of [last.now, last.now + 60]) {
      if (!store.idle?.(last.after, later)) continue;
      reached("an idle state");
      for (const key of states.keys()) {
        const [, got] = store.step(last.after, { key, event: ask(later) }, later);
        const [, fresh] = store.step(store.initial(), { key, event: ask(later) }, later);
        claimSame(got, fresh, `idle at ${later}, the key ${keyText(key)}`);
      }
    }
  },
});

export const keyedLaws: readonly Law<Store>[] = [
  keysAreIndependent,
  bounded,
  leastRecentGoes,
  idleIsForgotten,
  keepsTheContract,
  readsBack,
];
