// keyed against a dumb twin (a Map that never forgets), its bound, its least recently used key, and
// what a step copies when there are a million keys.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  allOf,
  type KeyedDecision,
  type KeyedEvent,
  type KeyedState,
  keyed,
  launch,
  type Policy,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
} from "../src/index.js";
import { backoff, slidingWindow } from "./sample-policies.js";
import { events, frozen, gaps, restart } from "./traces.js";

interface KeyedHappening {
  readonly gapMs: number;
  readonly told: KeyedEvent;
}

const member: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc
    .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.integer({ min: 1, max: 20 }) })
    .map((options): RestartPolicy => slidingWindow(options)),
  fc
    .nat(20)
    .map((initialMs) =>
      allOf(
        restartOn("transient"),
        backoff({ initialMs }),
        slidingWindow({ limit: 2, windowMs: 20 }),
      ),
    ),
);

const stories = (keys: fc.Arbitrary<string>, maxLength = 60) =>
  fc.array(
    fc.record({
      gapMs: gaps([1, 20]),
      told: fc.record({
        key: keys,
        event: fc.oneof({ weight: 3, arbitrary: fc.constant(restart) }, events),
      }),
    }),
    { minLength: 1, maxLength },
  );

const fewKeys = fc.constantFrom("a", "b", "c", "__proto__", "constructor", "");
const manyKeys = fc.nat(40).map((n) => `key ${n}`);
const anyKeys = fc.oneof(manyKeys, fc.string({ unit: "binary", maxLength: 3 }));

interface KeyedMoment {
  readonly now: number;
  readonly told: KeyedEvent;
  readonly before: KeyedState;
  readonly after: KeyedState;
  readonly decision: KeyedDecision;
}

function tell(
  policy: Policy<KeyedState, KeyedEvent, KeyedDecision>,
  story: readonly KeyedHappening[],
): KeyedMoment[] {
  let now = 0;
  let before = frozen(policy.initial());
  return story.map(({ gapMs, told }) => {
    now = Math.max(now, now + gapMs);
    const [after, decision] = policy.step(before, told, now);
    const moment = { now, told, before, after: frozen(after), decision };
    before = after;
    return moment;
  });
}

/** A Map, and nothing is ever forgotten, unless the decision says so. */
function twin(policy: RestartPolicy) {
  const states = new Map<string, unknown>();
  return {
    states,
    step({ now, told: { key, event }, decision: { forgotten = [] } }: KeyedMoment) {
      const state = states.has(key) ? states.get(key) : policy.initial();
      const [next, expected] = policy.step(state, event, now);
      states.set(key, next);
      for (const gone of forgotten) states.delete(gone);
      return forgotten.length > 0 ? { ...expected, forgotten } : expected;
    },
  };
}

describe("keyed and a Map that never forgets", () => {
  it("decide alike: to forget an idle key changes no decision", () => {
    const told = member.chain((policy) => fc.tuple(fc.constant(policy), stories(fewKeys)));
    often(told, ([policy, story]) => {
      const map = twin(policy);
      let forgot = false;
      for (const moment of tell(keyed(policy, { maxKeys: 1_000 }), story)) {
        expect(moment.decision).toStrictEqual(map.step(moment));
        forgot ||= moment.after.size < map.states.size;
      }
      return forgot;
    });
  });

  it("decide alike but for the keys that were said to be forgotten, and there are never too many", () => {
    const told = fc.tuple(member, fc.nat(9), stories(anyKeys));
    often(told, ([policy, maxKeys, story]) => {
      const map = twin(policy);
      let forgot = 0;
      for (const moment of tell(keyed(policy, { maxKeys }), story)) {
        const { now, told, after, decision } = moment;
        const busy = [...map.states].filter(([, state]) => !policy.idle?.(state, now));
        expect(decision).toStrictEqual(map.step(moment));
        expect(after.size).toBeLessThanOrEqual(maxKeys);
        for (const gone of decision.forgotten ?? []) {
          forgot++;
          if (maxKeys > 0) expect(gone).not.toBe(told.key);
          if (maxKeys > 0) expect(busy.map(([key]) => key)).toContain(gone);
          expect(new Set([...busy.map(([key]) => key), told.key]).size).toBeGreaterThan(maxKeys);
        }
      }
      return forgot > 2;
    });
  });
});

describe("what keyed forgets", () => {
  it("is the least recently used key, exactly, while one bucket holds them all", () => {
    const never = slidingWindow({ limit: 1, windowMs: 1_000_000 });
    const uses = fc.array(manyKeys, { minLength: 20, maxLength: 120 });
    often(fc.tuple(fc.integer({ min: 1, max: 25 }), uses), ([maxKeys, keys]) => {
      const policy = keyed(never, { maxKeys });
      let recent: string[] = [];
      let state = policy.initial();
      let forgot = false;
      for (const key of keys) {
        const [next, decision] = policy.step(state, { key, event: restart }, 0);
        recent = [...recent.filter((other) => other !== key), key];
        expect(decision.forgotten ?? []).toEqual(recent.slice(0, -maxKeys));
        forgot ||= decision.forgotten !== undefined;
        recent = recent.slice(-maxKeys);
        state = next;
      }
      return forgot;
    });
  });

  it("is not a key that is used all the time, whoever else comes", () => {
    const never = slidingWindow({ limit: 1, windowMs: 1_000_000 });
    const policy = keyed(never, { maxKeys: 64 });
    let state = policy.initial();
    for (let n = 0; n < 5_000; n++) {
      const [one] = policy.step(state, { key: `enemy ${n}`, event: restart }, n);
      const [two, decision] = policy.step(one, { key: "busy", event: restart }, n);
      expect(decision.type).toBe(n === 0 ? "launch" : "refuse");
      state = two;
    }
    expect(state.size).toBe(64);
  });
});

/** So many steps that leaves split: every key new, or one of those seen before. */
const busy = fc
  .array(fc.record({ gapMs: fc.constantFrom(0, 0, 0, 1), n: fc.nat(60) }), {
    minLength: 30,
    maxLength: 60,
  })
  .map((steps) =>
    steps.map(
      ({ gapMs, n }): KeyedHappening => ({ gapMs, told: { key: `key ${n}`, event: restart } }),
    ),
  );

describe("keyed keeps the contract", () => {
  it("survives JSON at every step, and is deterministic and quiet", () => {
    const told = fc.oneof(busy, stories(anyKeys));
    often(fc.tuple(member, fc.integer({ min: 1, max: 30 }), told), ([member, maxKeys, story]) => {
      const policy = keyed(member, { maxKeys });
      let branched = false;
      for (const { now, told, before, after, decision } of tell(policy, story)) {
        expect(policy.step(before, told, now)).toStrictEqual([after, decision]);
        const thawed = policy.parse(JSON.parse(JSON.stringify(before)), now);
        expect(thawed).toStrictEqual(before);
        expect(policy.step(frozen(thawed), told, now)).toStrictEqual([after, decision]);
        if (JSON.stringify(before) === JSON.stringify(after)) expect(after).toBe(before);
        branched ||= after.tree?.length === 16;
      }
      return branched;
    });
  });

  it("forgets down to nothing: after a long silence and a reset of every key it is fresh", () => {
    often(fc.tuple(member, busy), ([member, story]) => {
      const policy = keyed(member, { maxKeys: 1_000 });
      const moments = tell(policy, story);
      const last = moments.at(-1);
      let state = last?.after ?? policy.initial();
      const most = Math.max(...moments.map(({ after }) => after.size));
      for (const { told } of story) {
        const reset = { key: told.key, event: { type: "reset" } } as const;
        [state] = policy.step(state, reset, (last?.now ?? 0) + 1_000_000);
      }
      expect(state).toStrictEqual(policy.initial());
      return most > 8;
    });
  });

  it("is not troubled by a clock that goes back", () => {
    often(fc.tuple(member, stories(manyKeys)), ([member, story]) => {
      const policy = keyed(member, { maxKeys: 5 });
      let state = policy.initial();
      let now = 0;
      for (const { gapMs, told } of story) {
        now += gapMs;
        [state] = policy.step(state, told, now);
        expect(state.size).toBeLessThanOrEqual(5);
      }
      return story.some(({ gapMs }) => gapMs < 0);
    });
  });
});

describe("a million keys", () => {
  /** A tenth of them where somebody asks for fewer runs of all laws than usual, to be quick. */
  const KEYS = (fc.readConfigureGlobal().numRuns ?? 100) < 100 ? 100_000 : 1_000_000;
  /** One launch a key, and then none for long. */
  const once = restartPolicy<number>({
    name: "once",
    initial: () => -1,
    launch: (at, _, now) =>
      at < 0 ? [now, launch()] : [at, refuse("launched", 10_000_000 - (now - at))],
    idle: (at, now) => at < 0 || now - at >= 10_000_000,
  });
  const policy = keyed(once, { maxKeys: KEYS });

  /** The elements of all arrays of the new tree that are not in the old one. */
  function copied(before: unknown, after: unknown): number {
    if (before === after || !Array.isArray(after)) return 0;
    const old: readonly unknown[] = Array.isArray(before) ? before : [];
    const same = (part: unknown) => old.includes(part);
    return after.reduce(
      (sum: number, part, i) => sum + (same(part) ? 0 : copied(old[i], part)),
      after.length,
    );
  }

  it("are held, and a step copies a bounded number of elements, whatever it does", () => {
    let state = policy.initial();
    let most = 0;
    const step = (key: string, event = restart, now = 0) => {
      const [next, decision] = policy.step(state, { key, event }, now);
      const elements = copied(state.tree, next.tree);
      state = next;
      return { elements, decision };
    };
    for (let n = 0; n < KEYS; n++) {
      const [next] = policy.step(state, { key: `key ${n}`, event: restart }, 0);
      if (n % 1_000 === 0) most = Math.max(most, copied(state.tree, next.tree));
      state = next;
    }
    expect(state.size).toBe(KEYS);
    for (let n = 0; n < 500; n++) {
      const known = step(`key ${(n * 7_919) % KEYS}`);
      expect(known.decision.type).toBe("refuse");
      const beyond = step(`new ${n}`);
      expect(beyond.decision.forgotten).toHaveLength(1);
      most = Math.max(most, known.elements, beyond.elements);
    }
    expect(state.size).toBe(KEYS);
    const late = step("much later", restart, 10_000_000);
    expect(late.decision).toStrictEqual(launch());
    expect(Math.max(most, late.elements)).toBeLessThan(250);
    expect(most).toBeGreaterThan(50);
  }, 60_000);
});
