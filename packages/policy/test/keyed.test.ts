// The rules of keyed, a story each. Its laws are in keyed.laws.test.ts.

import { describe, expect, expectTypeOf, it } from "vitest";
import {
  cell,
  isPolicyOptionsError,
  isPolicyStateError,
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  type KeyedState,
  type KeyNode,
  keyed,
  launch,
  noted,
  type Policy,
  type RestartEvent,
  refuse,
  restartOn,
  restartPolicy,
} from "../src/index.js";
import { digit, entriesOf, hashOf } from "../src/key-tree.js";
import { colliding } from "./colliding-keys.js";
import { slidingWindow, type Tally, watching } from "./sample-policies.js";
import { crash, frozen, restart, start, wellEnded } from "./traces.js";

const window = slidingWindow({ limit: 1, windowMs: 100 });
const full = refuse("window-full", 100);

/** Tells a store one event after the other, each at its instant. */
function story(
  policy: Policy<KeyedState, KeyedEvent, KeyedDecision>,
  steps: readonly (readonly [key: string, event: RestartEvent, now?: number])[],
) {
  let state = policy.initial();
  const decisions = steps.map(([key, event, now = 0]) => {
    const [next, decision] = policy.step(frozen(state), { key, event }, now);
    state = next;
    return decision;
  });
  return { state, decisions };
}

/** The keys held, the least recently used first. */
function keysOf(node: KeyNode | null): string[] {
  return [...entriesOf(node)].sort(([, one], [, other]) => one - other).map(([key]) => key);
}

describe("keyed gives each key a state of its own", () => {
  it("and decides on it as the policy does", () => {
    const { decisions } = story(keyed(window, { maxKeys: 10 }), [
      ["a", restart],
      ["b", restart],
      ["a", restart],
      ["b", crash],
    ]);
    expect(decisions).toStrictEqual([launch(), launch(), full, noted]);
  });

  it.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    " ",
    "0",
    "\ud83d",
    "\u{1F600}",
    "x".repeat(10_000),
  ])("under any string: %j", (key) => {
    const policy = keyed(window, { maxKeys: 10 });
    const { state, decisions } = story(policy, [
      [key, restart],
      [`${key}.`, restart],
      [key, restart],
    ]);
    expect(decisions).toStrictEqual([launch(), launch(), full]);
    const thawed = policy.parse(JSON.parse(JSON.stringify(state)), 0);
    expect(thawed).toStrictEqual(state);
    expect(policy.step(thawed, { key, event: restart }, 0)[1]).toStrictEqual(full);
  });

  it("lets the policy see the instant and the whole event", () => {
    const seen: unknown[] = [];
    const watcher = watching((event, now) => seen.push(event, now));
    story(keyed(watcher, { maxKeys: 1 }), [["a", restart, 7]]);
    expect(seen).toEqual([restart, 7]);
  });
});

describe("keyed forgets", () => {
  const keep = (maxKeys: number) => keyed(window, { maxKeys });

  it("a key whose state is idle after its step", () => {
    const { state } = story(keep(10), [
      ["a", restart],
      ["a", { type: "reset" }],
    ]);
    expect(state).toStrictEqual({ size: 0, turn: 0, tree: null });
  });

  it("and never holds a key that is idle all along", () => {
    const { state } = story(keep(10), [
      ["a", crash],
      ["b", { type: "healthy" }],
    ]);
    expect(state).toStrictEqual({ size: 0, turn: 0, tree: null });
  });

  it("but not a key between an exit and its launch", () => {
    const policy = keyed(restartOn("transient"), { maxKeys: 10 });
    const { state, decisions } = story(policy, [
      ["a", wellEnded],
      ["b", start],
      ["a", restart],
    ]);
    expect(decisions[2]).toStrictEqual(refuse("not-wanted", null));
    expect(state.size).toBe(1);
  });

  it.each([
    [99, ["a", "b"]],
    [100, ["b"]],
  ])("the idle keys of the bucket it meets: at %d it holds %j", (now, keys) => {
    const { state, decisions } = story(keep(10), [
      ["a", restart],
      ["b", restart, now],
    ]);
    expect(keysOf(state.tree)).toEqual(keys);
    expect(state.size).toBe(keys.length);
    expect(decisions[1]).not.toHaveProperty("forgotten");
  });

  it("the least recently used when it is full, and says so", () => {
    const { state, decisions } = story(keep(2), [
      ["a", restart],
      ["b", restart],
      ["a", restart],
      ["c", restart],
      ["b", restart],
    ]);
    expect(decisions).toStrictEqual([
      launch(),
      launch(),
      full,
      { ...launch(), forgotten: ["b"] },
      { ...launch(), forgotten: ["a"] },
    ]);
    expect(keysOf(state.tree)).toEqual(["c", "b"]);
  });

  it("an idle key rather than one that is not, and says nothing then", () => {
    const { state, decisions } = story(keep(2), [
      ["a", restart, 0],
      ["b", restart, 60],
      ["c", restart, 100],
    ]);
    expect(decisions[2]).toStrictEqual(launch());
    expect(keysOf(state.tree)).toEqual(["b", "c"]);
  });

  it("nothing for a key that is held already, nor for one that stays idle", () => {
    const { decisions } = story(keep(2), [
      ["a", restart],
      ["b", restart],
      ["b", restart],
      ["c", crash],
    ]);
    expect(decisions.slice(2)).toStrictEqual([full, noted]);
  });

  it("also for a fact: an exit may need room", () => {
    const policy = keyed(restartOn("transient"), { maxKeys: 1 });
    const { decisions } = story(policy, [
      ["a", crash],
      ["b", crash],
    ]);
    expect(decisions[1]).toStrictEqual({ ...noted, forgotten: ["a"] });
  });

  it("an idle one sooner than one that was used before it, and says nothing of it", () => {
    const lasting = restartPolicy<number>({
      name: "lasting",
      initial: () => 0,
      launch: (_, { draw }, now) => [now + 1_000 * draw, launch()],
      idle: (until, now) => now >= until,
    });
    const policy = keyed(lasting, { maxKeys: 20 });
    const keys = Array.from({ length: 20 }, (_, n) => `key ${n}`);
    // All but one last long; that one is not in the leaf that the newcomer meets.
    const brief = keys.findLast((key) => digit(hashOf(key), 0) !== digit(hashOf("new"), 0)) ?? "";
    const { state, decisions } = story(policy, [
      ...keys.map((key) => [key, { ...restart, draw: key === brief ? 0.1 : 0.9 }] as const),
      ["new", { ...restart, draw: 0.9 }, 100] as const,
    ]);
    expect(decisions.at(-1)).toStrictEqual(launch());
    expect(keysOf(state.tree)).toEqual([...keys.filter((key) => key !== brief), "new"]);
  });

  it("never the key that came, also where it stands alone beside a crowded branch", () => {
    const at = (first: number, count: number) =>
      Array.from({ length: 1_000 }, (_, n) => `${n}`)
        .filter((key) => digit(hashOf(key), 0) === first)
        .slice(0, count);
    const crowd = at(3, 9);
    const [loner = ""] = at(5, 1);
    const { state, decisions } = story(
      keep(9),
      [...crowd, loner].map((key) => [key, restart]),
    );
    expect(decisions.at(-1)?.forgotten).toHaveLength(1);
    expect(crowd).toContain(decisions.at(-1)?.forgotten?.[0]);
    expect(keysOf(state.tree)).toContain(loner);
  });

  it("with room for one key: all but the last", () => {
    const { state, decisions } = story(keep(1), [
      ["a", restart],
      ["b", restart],
    ]);
    expect(decisions[1]).toStrictEqual({ ...launch(), forgotten: ["a"] });
    expect(keysOf(state.tree)).toEqual(["b"]);
  });

  it("with room for none: every event meets a fresh policy, and the key itself is forgotten", () => {
    const { state, decisions } = story(keep(0), [
      ["a", restart],
      ["a", restart],
      ["a", crash],
    ]);
    const forgets = { ...launch(), forgotten: ["a"] };
    expect(decisions).toStrictEqual([forgets, forgets, noted]);
    expect(state).toStrictEqual({ size: 0, turn: 0, tree: null });
  });

  it("two keys a step, where the state was written under a larger maxKeys", () => {
    const keys = Array.from({ length: 20 }, (_, n) => `key ${n}`);
    const { state } = story(
      keep(20),
      keys.map((key) => [key, restart]),
    );
    const [after, decision] = keep(5).step(state, { key: "new", event: restart }, 1);
    expect(decision.forgotten).toHaveLength(2);
    expect(after.size).toBe(19);
    expect(keysOf(after.tree)).toContain("new");
  });

  it("nothing at all, if the policy never says that it is idle", () => {
    const { idle: _, ...silent } = window;
    const { state } = story(keyed(silent, { maxKeys: 5 }), [
      ["a", restart],
      ["b", crash, 1_000],
      ["a", { type: "reset" }, 1_000],
    ]);
    expect(state.size).toBe(2);
  });

  it("the least recently used of nine keys with one and the same hash, though there is room", () => {
    const keys = colliding(9);
    expect(new Set(keys.map(hashOf)).size).toBe(1);
    expect(new Set(keys).size).toBe(9);
    const { state, decisions } = story(
      keep(100),
      keys.map((key) => [key, restart]),
    );
    expect(decisions.slice(0, 8)).toEqual(Array(8).fill(launch()));
    expect(decisions[8]).toStrictEqual({ ...launch(), forgotten: [keys[0]] });
    expect(keysOf(state.tree)).toEqual(keys.slice(1));
    expect(state.size).toBe(8);
    const policy = keep(100);
    expect(policy.parse(JSON.parse(JSON.stringify(state)), 0)).toStrictEqual(state);
  });

  it("never the ninth itself, also where a saved state dates the others later", () => {
    const keys = colliding(9);
    const policy = keep(100);
    const { state } = story(policy, [
      ["somebody else", restart],
      ["somebody else", { type: "reset" }],
      ...keys.slice(1).map((key) => [key, restart] as const),
    ]);
    const thawed = policy.parse({ ...state, turn: 0 }, 0);
    const [, { forgotten }] = policy.step(thawed, { key: keys[0] ?? "", event: restart }, 0);
    expect(forgotten).toStrictEqual([keys[1]]);
  });
});

it("keyed finds its keys by a pinned hash: trees saved by an older version are read", () => {
  // FNV-1a of "" is 0x811c9dc5, of "a" 0xe40c292c; both went through MurmurHash3's finaliser.
  const pinned = [-1421968373, 444641715, -88263129, 1787143206];
  expect(["", "a", "key 0", "\u{1F600}"].map(hashOf)).toEqual(pinned);
});

describe("keyed is quiet", () => {
  it("the same reference comes back when nothing changed, and the key was the last one used", () => {
    const policy = keyed(window, { maxKeys: 10 });
    const { state } = story(policy, [
      ["a", restart],
      ["b", restart],
    ]);
    expect(policy.step(state, { key: "b", event: restart }, 1)[0]).toBe(state);
    expect(policy.step(state, { key: "b", event: crash }, 1)[0]).toBe(state);
    expect(policy.step(state, { key: "c", event: crash }, 1)[0]).toBe(state);
    const [used] = policy.step(state, { key: "a", event: restart }, 1);
    expect(keysOf(used.tree)).toEqual(["b", "a"]);
    expect(policy.step(used, { key: "a", event: restart }, 2)[0]).toBe(used);
  });

  it("a step that throws changes nothing", () => {
    const moody = restartPolicy<number>({
      name: "moody",
      initial: () => 0,
      launch() {
        throw new Error("mine");
      },
    });
    const policy = keyed(moody, { maxKeys: 10 });
    const state = frozen(policy.initial());
    expect(() => policy.step(state, { key: "a", event: restart }, 0)).toThrow("mine");
  });
});

describe("keyed reads back", () => {
  const policy = keyed(window, { maxKeys: 100 });
  const held = (n: number) =>
    story(
      keyed(window, { maxKeys: n }),
      Array.from({ length: n }, (_, i) => [`key ${i}`, restart, 5] as const),
    ).state;

  it("what it wrote, whole trees included", () => {
    const state = held(100);
    expect(policy.parse(JSON.parse(JSON.stringify(state)), 5)).toStrictEqual(state);
    expect(policy.parse(policy.initial(), 0)).toStrictEqual(policy.initial());
  });

  it("states at its own instant", () => {
    const state = held(1);
    expect(policy.parse(state, 3).tree).toEqual([["key 0", 1, { stamps: [3] }]]);
  });

  it("under a smaller maxKeys the most recently used ones", () => {
    const few = keyed(window, { maxKeys: 3 }).parse(held(100), 5);
    expect(few.size).toBe(3);
    expect(keysOf(few.tree)).toEqual(["key 97", "key 98", "key 99"]);
    expect(keyed(window, { maxKeys: 0 }).parse(held(100), 5)).toStrictEqual(policy.initial());
    expect(keyed(window, { maxKeys: 100 }).parse(held(100), 5)).toStrictEqual(held(100));
  });

  const entry = ["key 0", 1, { stamps: [] }];
  const branch = (...children: readonly (readonly [number, unknown])[]) =>
    Array.from({ length: 16 }, (_, at) => children.find(([there]) => there === at)?.[1] ?? null);
  const at = hashOf("key 0") & 15;
  const elsewhere = (at + 1) % 16;
  const held1 = (tree: unknown) => ({ size: 1, turn: 1, tree });

  it("accepts an entry at its place in a branch", () => {
    expect(policy.parse(held1(branch([at, [entry]])), 0).size).toBe(1);
  });

  it("accepts the smallest turn, and makes -0 a 0", () => {
    for (const turn of ["0", "-0"]) {
      const raw = JSON.parse(`{"size":1,"turn":0,"tree":[["a",${turn},{"stamps":[]}]]}`);
      expect(policy.parse(raw, 0).tree).toStrictEqual([["a", 0, { stamps: [] }]]);
    }
  });

  it.each<[string, unknown, string]>([
    ["no object", null, "state must be an object"],
    ["no size", { turn: 0, tree: null }, "state.size must be a whole number"],
    ["no turn", { size: 0, tree: null }, "state.turn must be a whole number"],
    ["no tree", { size: 0, turn: 0 }, "state.tree must be an array, got undefined"],
    [
      "a wrong size",
      { ...held1([entry]), size: 2 },
      "state.size must be the number of keys, 1, got 2",
    ],
    ["an empty leaf", held1([]), "state.tree must be 16 children or 1 to 8 keys"],
    ["an empty branch", held1(branch()), "state.tree must be 16 children or 1 to 8"],
    ["nine keys", held1(Array(9).fill(entry)), "state.tree must be 16 children"],
    ["no entry", held1([{}]), "state.tree[0] must be a key, its turn and its state, got {}"],
    ["half an entry", held1([["a", 1]]), "state.tree[0] must be a key, its turn and its state"],
    ["a key that is none", held1([[5, 1, {}]]), "state.tree[0][0] must be a key that"],
    ["a key twice", held1([entry, entry]), "state.tree[1][0] must be a key that"],
    ["a turn that is none", held1([["a", -1, {}]]), "state.tree[0][1] must be a whole number"],
    ["half a turn", held1([["a", 0.5, {}]]), "state.tree[0][1] must be a whole number"],
    [
      "a key where it would never be found",
      held1(branch([elsewhere, [entry]])),
      `state.tree[${elsewhere}][0][0] must be a key that belongs here, once, got "key 0"`,
    ],
    [
      "a bad state",
      held1(branch([at, [["key 0", 1, null]]])),
      `state.tree[${at}][0][2] must be an object, got null`,
    ],
    [
      "a tree without end",
      held1(Array.from({ length: 9 }).reduce((node) => branch([at, node]), [entry])),
      "must be 16 children or 1 to 8 keys",
    ],
  ])("but not %s", (_, raw, message) => {
    const read = () => policy.parse(raw, 0);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.toSatisfy(isPolicyStateError));
  });
});

describe("keyed as a policy", () => {
  const policy = keyed(window, { maxKeys: 7 });

  it("describes itself and its policy", () => {
    expect(policy.name).toBe("keyed(slidingWindow)");
    expect(policy.describe).toStrictEqual({
      kind: "keyed",
      options: { maxKeys: 7 },
      timesMs: [100],
      members: [window.describe],
    });
  });

  it("is idle while it holds no key", () => {
    const { state } = story(policy, [["a", restart]]);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
    expect(policy.idle?.(state, 0)).toBe(false);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "9", undefined])(
    "refuses maxKeys %s",
    (maxKeys) => {
      expect(() => keyed(window, { maxKeys } as KeyedOptions)).toThrow(
        expect.toSatisfy(
          (error) => isPolicyOptionsError(error) && error.message.startsWith("keyed: maxKeys must"),
        ),
      );
    },
  );

  it("refuses an option that it does not know", () => {
    expect(() => keyed(window, { maxKeys: 1, ttlMs: 5 } as KeyedOptions)).toThrow(
      "keyed: unknown option ttlMs (known: maxKeys)",
    );
  });

  it("lives in a cell, which draws for the request inside", () => {
    const seen: unknown[] = [];
    const drawing = watching(({ draw, wall }) => seen.push(draw, wall));
    const store = cell(keyed(drawing, { maxKeys: 5 }), { clock: () => 9, random: () => 0.25 });
    const decision = store.send({ key: "a", event: { type: "launch", cause: "start" } });
    store.send({ key: "a", event: crash });
    expect(seen).toEqual([0.25, 9]);
    expectTypeOf(decision).toEqualTypeOf<Exclude<KeyedDecision, { type: "noted" }>>();
    // @ts-expect-error: a request must say its cause, also inside
    expect(() => store.send({ key: "a", event: { type: "launch" } })).toThrow("event.event.cause");
  });

  it("has types", () => {
    expectTypeOf(policy).toEqualTypeOf<Policy<KeyedState, KeyedEvent, KeyedDecision>>();
    expectTypeOf<KeyedDecision["forgotten"]>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf(keyed<Tally>)
      .parameter(1)
      .toEqualTypeOf<KeyedOptions>();
  });
});
