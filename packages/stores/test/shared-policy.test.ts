// A shared policy, question by question, in memory and at virtual time.

import {
  type LaunchEvent,
  launch,
  noted,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, test } from "vitest";
import { type SharedPolicyOptions, type Store, sharedPolicy } from "../src/index.js";
import { memoryStore } from "../src/memory.js";
import { type Fate, fated } from "./faulty-store.js";

const request: LaunchEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };
const exited: RestartEvent = {
  type: "exited",
  exit: { kind: "failed" },
  failed: true,
  uptimeMs: 5,
};
const three = slidingWindow({ limit: 3, windowMs: 1_000 });

/** Counts what it hears. */
const counter = restartPolicy<{ readonly facts: number; readonly asked: number }>({
  name: "counter",
  initial: () => ({ facts: 0, asked: 0 }),
  exited: (state) => ({ ...state, facts: state.facts + 1 }),
  launch: (state) => [{ ...state, asked: state.asked + 1 }, launch(state.facts)],
  parse: (raw) => raw as { readonly facts: number; readonly asked: number },
});

function bench(fates: readonly Fate[] = [], options: SharedPolicyOptions = {}) {
  const system = manualSystem();
  const memory = memoryStore({ clock: () => system.now });
  const store = fated(memory, fates);
  const errors: unknown[] = [];
  const host = (policy: RestartPolicy = three, of: Store = store) => {
    const onError = (error: unknown) => errors.push(error);
    return sharedPolicy(policy, of, "web", { world: system, onError, ...options });
  };
  const never = new AbortController().signal;
  return { system, memory, store, errors, host, never };
}

/** What a promise has settled with once everything that is due has happened. */
async function after(system: ReturnType<typeof manualSystem>, ms: number, asked: Promise<unknown>) {
  let settled: unknown = "open";
  asked.then(
    (answer) => {
      settled = answer;
    },
    (error: unknown) => {
      settled = { error };
    },
  );
  await system.settle();
  if (ms > 0) await system.advance(ms);
  return settled;
}

describe("one budget", () => {
  test("of two hosts holds for both together, to the millisecond", async () => {
    const { system, host, never } = bench();
    const [one, other] = [host(), host()];
    for (const of of [one, other, one]) expect(await of.ask([request], never)).toEqual(launch());
    expect(await other.ask([request], never)).toEqual(refuse("window-full", 1_000));
    await system.advance(999);
    expect(await one.ask([request], never)).toEqual(refuse("window-full", 1));
    await system.advance(1);
    expect(await other.ask([request], never)).toEqual(launch());
  });

  test("is kept apart by key", async () => {
    const { memory, never } = bench();
    const one = slidingWindow({ limit: 1, windowMs: 1_000 });
    const [web, mail] = ["web", "mail"].map((key) => sharedPolicy(one, memory, key));
    expect(await web?.ask([request], never)).toEqual(launch());
    expect(await mail?.ask([request], never)).toEqual(launch());
    expect(await web?.ask([request], never)).toMatchObject({ type: "refuse" });
  });

  test("facts and request are one step: nothing comes between them", async () => {
    const { host, never } = bench();
    const [one, other] = [host(counter), host(counter)];
    const answers = await Promise.all([
      one.ask([exited, exited, request], never),
      other.ask([exited, request], never),
    ]);
    expect(
      answers.map((answer) => ("delayMs" in answer ? answer.delayMs : -1)).sort((a, b) => a - b),
    ).toEqual([2, 3]);
  });

  test("many questions of one host at once meet nobody: two calls each", async () => {
    const { host, store, never } = bench();
    const one = host(counter);
    await Promise.all(Array.from({ length: 10 }, () => one.ask([request], never)));
    expect(store.calls).toHaveLength(20);
  });

  test("what changes nothing is not written", async () => {
    const { host, store, never } = bench();
    const one = host(slidingWindow({ limit: 0, windowMs: 1_000 }));
    expect(await one.ask([request], never)).toMatchObject({ type: "refuse" });
    expect(store.calls).toEqual(["read"]);
  });

  test("a conflict is asked again on what stands there, without another read", async () => {
    const { host, store, never } = bench();
    const answers = await Promise.all([host(), host()].map((of) => of.ask([request], never)));
    expect(answers).toEqual([launch(), launch()]);
    expect(store.calls).toEqual(["read", "read", "swap", "swap", "swap"]);
  });
});

describe("time", () => {
  test("never goes below what is stored: it stands still", async () => {
    const { never } = bench();
    let now = 5_000;
    // A clock that may go back, as after a failover to another server.
    const memory = memoryStore();
    const store: Store = {
      name: "jumping",
      read: async (key, signal) => ({ ...(await memory.read(key, signal)), now }),
      swap: async (key, expected, next, signal) => {
        const standing = await memory.swap(key, expected, next, signal);
        return standing && { ...standing, now };
      },
    };
    const one = sharedPolicy(slidingWindow({ limit: 1, windowMs: 1_000 }), store, "web");
    expect(await one.ask([request], never)).toEqual(launch());
    now = 100;
    expect(await one.ask([request], never)).toEqual(refuse("window-full", 1_000));
    now = 5_999;
    expect(await one.ask([request], never)).toEqual(refuse("window-full", 1));
    now = 6_000;
    expect(await one.ask([request], never)).toEqual(launch());
  });

  test("a fraction of the store's clock is dropped", async () => {
    const { never } = bench();
    const memory = memoryStore();
    let now = 10.9;
    const store: Store = {
      ...memory,
      read: async (key, signal) => ({ ...(await memory.read(key, signal)), now }),
    };
    const one = sharedPolicy(slidingWindow({ limit: 1, windowMs: 10 }), store, "web");
    expect(await one.ask([request], never)).toEqual(launch());
    now = 19.99;
    expect(await one.ask([request], never)).toEqual(refuse("window-full", 1));
  });
});

/** A store in which another host launches right before so many swaps of this one. */
function contended(memory: Store, policy: RestartPolicy, meetings: number) {
  const other = sharedPolicy(policy, memory, "web");
  const calls: ("read" | "swap")[] = [];
  let left = meetings;
  const store: Store = {
    name: "contended",
    read(key, signal) {
      calls.push("read");
      return memory.read(key, signal);
    },
    async swap(key, expected, next, signal) {
      calls.push("swap");
      if (left-- > 0) await other.ask([request], new AbortController().signal);
      return memory.swap(key, expected, next, signal);
    },
  };
  return { store, calls };
}

describe("hosts that meet again and again", () => {
  test("pause before they read, longer each time, and never more than 64 ms", async () => {
    const { system, memory, never } = bench();
    const { store, calls } = contended(memory, counter, 9);
    const pauses: number[] = [];
    const timers = {
      ...system.timers,
      set(callback: () => void, delayMs: number) {
        pauses.push(delayMs);
        return system.timers.set(callback, delayMs);
      },
    };
    const world = { clock: system.clock, random: () => 0.999_999, timers };
    const asked = sharedPolicy(counter, store, "web", { world }).ask([request], never);
    expect(await after(system, 1_000, asked)).toEqual(launch());
    expect(calls.join(" ")).toBe(`read swap swap${" read swap".repeat(8)}`);
    // The first is the time for the whole question.
    expect(pauses).toEqual([2_000, 7, 15, 31, 63, 63, 63, 63, 63]);
  });

  test("are answered though others write in each of their pauses", async () => {
    const { system, memory, never } = bench();
    const { store, calls } = contended(memory, counter, 2);
    let writes = 0;
    const timers = {
      ...system.timers,
      set: (callback: () => void, delayMs: number) =>
        system.timers.set(async () => {
          const { entry } = await memory.read("web", never);
          const next = { revision: `other.${++writes}`, value: entry?.value ?? "" };
          await memory.swap("web", entry?.revision ?? null, next, never);
          callback();
        }, delayMs),
    };
    const world = { clock: system.clock, random: () => 0.5, timers };
    const asked = sharedPolicy(counter, store, "web", { world }).ask([request], never);
    expect(await after(system, 10, asked)).toEqual(launch());
    expect(calls).toEqual(["read", "swap", "swap", "read", "swap"]);
    expect(writes).toBe(1);
  });

  test("are refused at once by what the others left", async () => {
    const { system, memory, never } = bench();
    const two = slidingWindow({ limit: 2, windowMs: 1_000 });
    const { store, calls } = contended(memory, two, 2);
    const asked = sharedPolicy(two, store, "web", { world: system }).ask([request], never);
    expect(await after(system, 0, asked)).toEqual(refuse("window-full", 1_000));
    expect(calls).toEqual(["read", "swap", "swap"]);
    expect(system.pendingTimers).toBe(0);
  });

  test("and are withdrawn in a pause: nothing more is asked or written", async () => {
    const { system, memory } = bench();
    const { store, calls } = contended(memory, counter, 9);
    const controller = new AbortController();
    const world = { ...system, random: () => 0.999_999 };
    const asked = sharedPolicy(counter, store, "web", { world }).ask([request], controller.signal);
    await system.settle();
    expect(system.pendingTimers).toBe(2);
    controller.abort("stopped");
    expect(await after(system, 0, asked)).toEqual({ error: "stopped" });
    expect(system.pendingTimers).toBe(0);
    await system.advance(100);
    expect(calls).toEqual(["read", "swap", "swap"]);
  });
});

describe("a call that fails", () => {
  test("is tried again: the answer comes all the same", async () => {
    const { system, host, never, store, errors } = bench(["fails", "works", "fails"]);
    expect(await after(system, 100, host().ask([request], never))).toEqual(launch());
    expect(store.calls).toEqual(["read", "read", "swap", "read", "swap"]);
    expect(errors).toEqual([]);
  });

  test("a swap whose answer was lost holds: it is not counted twice", async () => {
    const { system, host, never, store } = bench(["works", "answer-lost"]);
    const one = host(slidingWindow({ limit: 1, windowMs: 1_000 }));
    expect(await after(system, 100, one.ask([request], never))).toEqual(launch());
    expect(store.calls).toEqual(["read", "swap", "read"]);
  });

  test("a swap whose answer was lost, and another host's after it: one launch too few, never too many", async () => {
    const { system, memory, never } = bench();
    const two = slidingWindow({ limit: 2, windowMs: 1_000 });
    const other = sharedPolicy(two, memory, "web", { world: system });
    const shaky = fated(memory, ["works", "answer-lost"]);
    const between: Store = {
      ...shaky,
      async read(key, signal) {
        if (shaky.calls.length === 2) await other.ask([request], never);
        return shaky.read(key, signal);
      },
    };
    const one = sharedPolicy(two, between, "web", { world: system });
    const answer = await after(system, 100, one.ask([request], never));
    expect(answer).toEqual(refuse("window-full", 995));
  });
});

describe("a store that cannot be reached", () => {
  const hanging: readonly Fate[] = ["hangs"];

  test("refuses with a hint when the time is over, and not before", async () => {
    const { system, host, never, errors } = bench(hanging, { timeoutMs: 300, retryAfterMs: 70 });
    const asked = host().ask([request], never);
    expect(await after(system, 299, asked)).toBe("open");
    expect(await after(system, 1, asked)).toEqual(refuse("store-unreachable", 70));
    expect(errors).toEqual([undefined]);
    expect(system.pendingTimers).toBe(0);
  });

  test("by default: after 2 s, to be asked again in 1 s", async () => {
    const { system, host, never } = bench(hanging);
    const asked = host().ask([request], never);
    expect(await after(system, 1_999, asked)).toBe("open");
    expect(await after(system, 1, asked)).toEqual(refuse("store-unreachable", 1_000));
  });

  test("launches, if that is what is wanted", async () => {
    const { system, host, never } = bench(hanging, { onUnreachable: "launch" });
    expect(await after(system, 2_000, host().ask([request], never))).toEqual(launch());
  });

  test("leaves it to a local policy, which remembers", async () => {
    const local = slidingWindow({ limit: 1, windowMs: 60_000 });
    const { system, host, never } = bench(["hangs", "hangs"], { onUnreachable: local });
    const one = host();
    expect(await after(system, 2_000, one.ask([request], never))).toEqual(launch());
    expect(await after(system, 2_000, one.ask([request], never))).toEqual(
      refuse("window-full", 58_000),
    );
    expect(await one.ask([request], never)).toEqual(launch());
  });

  test("tells the cause: what the last call failed with", async () => {
    const always: readonly Fate[] = Array.from({ length: 200 }, () => "fails");
    const { system, host, never, store, errors } = bench(always);
    expect(await after(system, 2_000, host().ask([request], never))).toMatchObject({
      reason: "store-unreachable",
    });
    expect(errors).toEqual([new Error(`fails at call ${store.calls.length}`)]);
    // Pauses grow: some sixty calls in two seconds, and none in the turn of another.
    expect(store.calls.length).toBeGreaterThan(10);
    expect(store.calls.length).toBeLessThan(200);
  });

  test("an onError that throws changes nothing", async () => {
    const onError = () => {
      throw new Error("listener");
    };
    const { system, host, never } = bench(hanging, { onError });
    expect(await after(system, 2_000, host().ask([request], never))).toMatchObject({
      reason: "store-unreachable",
    });
  });

  test("facts that it could not be told are told with the next question, at most 64", async () => {
    const { system, host, never } = bench(["hangs", "hangs"]);
    const one = host(counter);
    await after(system, 2_000, one.ask([exited, exited, request], never));
    const many = Array.from({ length: 70 }, () => exited);
    await after(system, 2_000, one.ask([...many, request], never));
    expect(await one.ask([exited, request], never)).toEqual(launch(65));
    expect(await one.ask([request], never)).toEqual(launch(65));
  });

  test("a question that hangs holds up no other beyond its own time", async () => {
    const { system, host, never } = bench(hanging);
    const one = host();
    const first = one.ask([request], never);
    await system.advance(1_000);
    const second = one.ask([request], never);
    expect(await after(system, 1_000, first)).toEqual(refuse("store-unreachable", 1_000));
    expect(await after(system, 0, second)).toEqual(launch());
  });

  test("what it wrote after all counts", async () => {
    const { system, host, never } = bench(["works", "hangs-after"]);
    const one = host(slidingWindow({ limit: 1, windowMs: 10_000 }));
    expect(await after(system, 2_000, one.ask([request], never))).toMatchObject({
      reason: "store-unreachable",
    });
    expect(await one.ask([request], never)).toEqual(refuse("window-full", 8_000));
  });
});

describe("a question that is withdrawn", () => {
  test("rejects at once with the reason, and leaves no timer and no listener", async () => {
    const { system, host } = bench(["hangs"]);
    const controller = new AbortController();
    const asked = host().ask([request], controller.signal);
    await system.settle();
    controller.abort("stopped");
    expect(await after(system, 0, asked)).toEqual({ error: "stopped" });
    expect(system.pendingTimers).toBe(0);
  });

  test("in a pause, too", async () => {
    const { system, host, store } = bench(["fails", "fails", "fails"]);
    const controller = new AbortController();
    const asked = host().ask([request], controller.signal);
    await system.settle();
    controller.abort("stopped");
    expect(await after(system, 5_000, asked)).toEqual({ error: "stopped" });
    expect(store.calls.length).toBeLessThanOrEqual(2);
  });

  test("before it was put: the store is not asked", async () => {
    const { system, host, store } = bench();
    const asked = host().ask([request], AbortSignal.abort("before"));
    expect(await after(system, 0, asked)).toEqual({ error: "before" });
    expect(store.calls).toEqual([]);
  });

  test("the signal that the store got is aborted, too: nobody waits for its answer", async () => {
    const { system, memory } = bench();
    const controller = new AbortController();
    const signals: { readonly aborted: boolean }[] = [];
    const watched: Store = {
      ...memory,
      read: async (_, signal) => {
        signals.push(signal as { readonly aborted: boolean });
        return new Promise<never>(() => {});
      },
    };
    const asked = sharedPolicy(three, watched, "web", { world: system }).ask(
      [request],
      controller.signal,
    );
    await system.settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    controller.abort("stopped");
    expect(await after(system, 0, asked)).toEqual({ error: "stopped" });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe("what is wrong", () => {
  test.each([
    ["something else's value", "hello", /state\.v must be 1: what sharedPolicy\(slidingWindow\)/],
    ["a later version", '{"v":2,"at":1,"state":null}', /state\.v must be 1.* got 2/],
    ["no instant", '{"v":1,"state":null}', /state\.at must be whole milliseconds.*got nothing/],
    ["no state of this policy", '{"v":1,"at":1,"state":{"stamps":"x"}}', /state/],
  ])("%s under the key fails the policy by name", async (_, value, message) => {
    const { memory, host, never } = bench();
    await memory.swap("web", null, { revision: "x", value }, never);
    await expect(host().ask([request], never)).rejects.toThrow(message);
  });

  test.each([
    ["nothing", undefined],
    ["no time", { entry: null }],
    ["a time that is none", { now: Number.NaN, entry: null }],
    ["no entry", { now: 1 }],
    ["half an entry", { now: 1, entry: { revision: "a" } }],
  ])("a store that answers %s is named", async (_, answer) => {
    const { never } = bench();
    const store: Store = {
      name: "mine",
      read: async () => answer as never,
      swap: async () => null,
    };
    await expect(sharedPolicy(three, store, "web").ask([request], never)).rejects.toThrow(
      /mine: read\(\) must answer \{ now: milliseconds/,
    );
  });

  const good = memoryStore();
  test.each([
    ["a preset", [{ policy: three } as never, good, "k"], /did you mean preset\.policy/],
    ["no store", [three, {} as never, "k"], /store must be a store with a name, read\(\) and swap/],
    ["no key", [three, good, ""], /key must be a text that is not empty/],
    ["a time of 0", [three, good, "k", { timeoutMs: 0 }], /timeoutMs must be .* got 0/],
    ["a time that no timer keeps", [three, good, "k", { timeoutMs: 2 ** 31 }], /timeoutMs/],
    ["a hint of 0", [three, good, "k", { retryAfterMs: 0 }], /retryAfterMs/],
    ["another word", [three, good, "k", { onUnreachable: "reject" }], /onUnreachable.*refuse/],
    [
      "a preset to fall back on",
      [three, good, "k", { onUnreachable: { policy: three } }],
      /preset/,
    ],
    ["no function", [three, good, "k", { onError: 1 }], /onError must be a function/],
    ["half a world", [three, good, "k", { world: { clock: () => 0 } }], /world/],
    ["a misspelling", [three, good, "k", { timeout: 5 }], /timeoutMs/],
  ])("%s is refused when it is made", (_, args, message) => {
    expect(() => sharedPolicy(...(args as Parameters<typeof sharedPolicy>))).toThrow(message);
  });
});

test("it says what it is made of", () => {
  const { name, describe: described } = sharedPolicy(three, memoryStore(), "web");
  expect(name).toBe("sharedPolicy(slidingWindow)");
  expect(described).toMatchObject({
    kind: "sharedPolicy",
    limit: 3,
    windowMs: 1_000,
    options: { store: "memoryStore", key: "web" },
    members: [{ kind: "slidingWindow" }],
  });
  expect(noted.type).toBe("noted");
});
