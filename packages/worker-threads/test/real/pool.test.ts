// A pool of real threads.

import { getEventListeners } from "node:events";
import { MessageChannel } from "node:worker_threads";
import {
  giveUp,
  launch,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import type { SupervisorEvent } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { type WorkerPool, type WorkerPoolOptions, workerPool } from "../../src/pool.js";
import { code, worker } from "./start.js";

const pools: WorkerPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop({ force: true })));
});

const FOREVER = restartOn("permanent");

type Options = Partial<WorkerPoolOptions> & { readonly mode?: string };

function start({ mode, ...options }: Options = {}, entry: URL = worker("pool.mjs")) {
  const flags = new Int32Array(new SharedArrayBuffer(64));
  const events: SupervisorEvent[] = [];
  const pool = workerPool(entry, {
    threads: 2,
    policy: FOREVER,
    workerData: { flags, mode },
    onEvent: (event) => events.push(event),
    ...options,
  });
  pools.push(pool);
  const until = async (happened: () => boolean) => {
    while (!happened()) await new Promise(setImmediate);
  };
  /** So many handlers have begun that block, wait or never end. */
  const begun = (count: number) => until(() => Atomics.load(flags, 0) >= count);
  const of = (type: string) => events.filter((event) => event.type === type);
  return { pool, flags, events, until, begun, of };
}

const fate = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

const unblock = (flags: Int32Array, flag: number) => {
  Atomics.store(flags, flag, 1);
  Atomics.notify(flags, flag);
};

describe("a pool", () => {
  it("answers each request, whatever their number, and counts them", async () => {
    const { pool } = start();
    await pool.up;
    const all = Array.from({ length: 500 }, (_, n) => pool.run<number>({ a: n, b: 1 }));
    expect(await Promise.all(all)).toStrictEqual(Array.from({ length: 500 }, (_, n) => n + 1));
    const stats = pool.stats();
    expect(stats).toMatchObject({ threads: 2, up: 2, idle: 2, queued: 0, inFlight: 0 });
    expect(stats).toMatchObject({ requests: 500, completed: 500, failed: 0, resent: 0 });
    expect(stats.runMs.p50).toBeGreaterThan(0);
    expect(stats.waitMs.max).toBeGreaterThanOrEqual(stats.waitMs.p99);
  });

  it("uses all its threads at once, the least busy one first", async () => {
    const { pool, flags, begun } = start();
    const blocked = [pool.run(1, { name: "blocks" }), pool.run(2, { name: "blocks" })];
    await begun(2);
    const waits = pool.run({ a: 1, b: 1 });
    expect(pool.stats()).toMatchObject({ inFlight: 2, queued: 1, idle: 0 });
    unblock(flags, 2);
    expect([await blocked[1], await waits]).toStrictEqual(["unblocked", 2]);
    unblock(flags, 1);
    expect(await blocked[0]).toBe("unblocked");
  });

  it("lets the higher priority go first, and refuses one more than may wait", async () => {
    const { pool, flags, begun } = start({ threads: 1, maxQueue: 3 });
    const blocked = pool.run(1, { name: "blocks" });
    await begun(1);
    const order: string[] = [];
    const run = (who: string, priority: number) =>
      pool.run({ a: 1, b: 1 }, { priority }).then(() => order.push(who));
    const all = [run("low", -1), run("first", 0), run("high", 7)];
    expect(await fate(pool.run(1))).toMatchObject({ error: { reason: "refused" } });
    unblock(flags, 1);
    await Promise.all([blocked, ...all]);
    expect(order).toStrictEqual(["high", "first", "low"]);
    expect(pool.stats().refused).toBe(1);
  });

  it("hands over what is in the list, there and back", async () => {
    const { pool } = start();
    const buffer = new ArrayBuffer(4);
    const list = { name: "fills", transferList: [buffer] };
    const filled = await pool.run<ArrayBuffer>(buffer, list);
    expect([[...new Uint8Array(filled)], buffer.byteLength]).toStrictEqual([[7, 7, 7, 7], 0]);
  });

  it("rejects with what the handler throws, and the thread lives on", async () => {
    const { pool, of } = start({ threads: 1 });
    expect(await fate(pool.run(0, { name: "throws" }))).toMatchObject({
      error: { name: "TypeError", message: "no such thing", code: "E_MINE" },
    });
    expect(await fate(pool.run(0, { name: "unclonable" }))).toMatchObject({
      error: { message: expect.stringContaining("could not be cloned") },
    });
    expect(await fate(pool.run(0, { name: "nope" }))).toMatchObject({
      error: { code: "ERR_NO_SUCH_FUNCTION", message: expect.stringContaining("known: default") },
    });
    expect(await fate(pool.run(() => 1))).toMatchObject({ error: { name: "DataCloneError" } });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(of("exited")).toStrictEqual([]);
    expect(pool.stats()).toMatchObject({ failed: 3, unsent: 1, completed: 1 });
  });

  it("gives a thread as many requests at a time as it may have", async () => {
    const { pool, begun } = start({ threads: 1, concurrency: 3 });
    const waiting = [1, 2, 3, 4].map(() => fate(pool.run(0, { name: "never" })));
    await begun(3);
    expect(pool.stats()).toMatchObject({ inFlight: 3, queued: 1 });
    await pool.stop({ force: true });
    expect(await Promise.all(waiting)).toMatchObject(
      Array.from({ length: 4 }, () => ({ error: { reason: "over" } })),
    );
  });

  it("is up when each thread was ready once, and names them after their slots", async () => {
    const { pool, of } = start({ id: "sums", threads: 3 });
    expect(await pool.up).toBe(true);
    expect(
      of("ready")
        .map(({ id }) => id)
        .toSorted(),
    ).toStrictEqual(["sums.1", "sums.2", "sums.3"]);
    expect(pool.tree.status().children.map(({ id }) => id)).toStrictEqual([
      "sums.1",
      "sums.2",
      "sums.3",
    ]);
    expect(await fate(pool.tree.child("sums.1").request(1))).toMatchObject({
      error: { message: expect.stringContaining("pool.run()") },
    });
  });
});

describe("a request that is withdrawn", () => {
  it("while it waits is never given to a thread", async () => {
    const { pool, flags, begun } = start({ threads: 1 });
    const blocked = pool.run(1, { name: "blocks" });
    await begun(1);
    const controller = new AbortController();
    const { signal } = controller;
    const waits = fate(pool.run(5, { name: "counts", signal }));
    controller.abort("enough");
    expect(await waits).toStrictEqual({ error: "enough" });
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    unblock(flags, 1);
    await blocked;
    expect(await pool.run(6, { name: "counts" })).toBe(1);
    expect([Atomics.load(flags, 5), pool.stats().aborted]).toStrictEqual([0, 1]);
  });

  it("in flight rejects at once, its handler hears of it, and the thread lives on", async () => {
    const { pool, begun, of } = start({ threads: 1 });
    const controller = new AbortController();
    const answer = fate(pool.run(0, { name: "waits", signal: controller.signal }));
    await begun(1);
    controller.abort("enough");
    expect(await answer).toStrictEqual({ error: "enough" });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(of("exited")).toStrictEqual([]);
    const aborted = pool.run(1, { signal: AbortSignal.abort("before") });
    expect(await fate(aborted)).toStrictEqual({ error: "before" });
  });

  it.each([
    ["out of time", () => ({ timeoutMs: 20 }), { reason: "timed-out" }],
    ["aborted", () => ({ signal: AbortSignal.timeout(20) }), { name: "TimeoutError" }],
  ])("%s, and blocks its thread, costs it the thread and no budget", async (_, how, error) => {
    const { pool, of } = start({
      threads: 1,
      abortGraceMs: 20,
      policy: giveUp(lifetimeCap({ restarts: 0 })),
    });
    await pool.up;
    expect(await fate(pool.run(9, { name: "blocks", ...how() }))).toMatchObject({ error });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(of("exited")).toMatchObject([{ exit: { kind: "cancelled" }, failed: false }]);
    expect(pool.stats().replaced).toMatchObject({ withdrawn: 1 });
  });

  it("with a grace of 0 costs it the thread at once, as in other pools", async () => {
    const { pool, begun, of } = start({ threads: 1, abortGraceMs: 0 });
    const controller = new AbortController();
    const answer = fate(pool.run(0, { name: "never", signal: controller.signal }));
    await begun(1);
    controller.abort("enough");
    expect(await answer).toStrictEqual({ error: "enough" });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(of("exited")).toHaveLength(1);
  });
});

describe("a thread that ends with a request in hand", () => {
  it("rejects it with the root cause, and the next one is answered", async () => {
    const { pool } = start({ threads: 1 });
    expect(await fate(pool.run(0, { name: "crashes" }))).toMatchObject({
      error: { code: "ERR_REQUEST", reason: "lost", cause: { message: "root cause" }, attempt: 1 },
    });
    expect(await fate(pool.run(0, { name: "dies" }))).toMatchObject({
      error: { reason: "lost", exit: { kind: "failed", code: 3 }, attempt: 2 },
    });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(pool.stats()).toMatchObject({ lost: 2, completed: 1 });
  });

  it("has it sent again where it may be, as often as it may be", async () => {
    const { pool } = start();
    expect(await pool.run(3, { name: "diesOnce", resends: 1 })).toBe(2);
    expect(await fate(pool.run(0, { name: "dies", resends: 2 }))).toMatchObject({
      error: { reason: "lost" },
    });
    expect(pool.stats()).toMatchObject({ resent: 3, lost: 1 });
  });

  it("runs out of memory, and is replaced", async () => {
    const { pool } = start({ threads: 1, resourceLimits: { maxOldGenerationSizeMb: 32 } });
    expect(await fate(pool.run(0, { name: "outOfMemory" }))).toMatchObject({
      error: { reason: "lost", exit: { kind: "out-of-memory" } },
    });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
  });

  it("hangs, is found by its heartbeat, and is replaced", async () => {
    const { pool } = start({
      threads: 1,
      heartbeatEveryMs: 20,
      heartbeatTimeoutMs: 200,
      gracePeriodMs: 20,
    });
    expect(await fate(pool.run(9, { name: "blocks" }))).toMatchObject({
      error: { reason: "lost", exit: { kind: "unhealthy" } },
    });
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
  });

  it("is answered by a standby that was online before", async () => {
    const { pool, events, until } = start({ threads: 1, standby: 1 });
    const first = await pool.run<number>(0, { name: "thread" });
    await until(() => standbys(pool) === 1);
    expect(await fate(pool.run(0, { name: "dies" }))).toMatchObject({ error: { reason: "lost" } });
    const next = await pool.run<number>(0, { name: "thread" });
    const [, second] = events.filter(({ type }) => type === "launched");
    expect(second).toMatchObject({ attempt: 2, threadId: next });
    expect(next).not.toBe(first);
  });
});

/** How many standbys of the first slot are up. */
function standbys(pool: WorkerPool): number {
  const { tree } = pool.tree.snapshot() as unknown as { readonly tree: object };
  return (JSON.stringify(tree).match(/"up":true/g) ?? []).length - 1; // the tree itself is up, too
}

describe("a policy", () => {
  it("of each slot has a state of its own; the slots that still may go on answer", async () => {
    const waits: RestartPolicy = restartPolicy({
      name: "no-more-for-an-hour",
      launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : 3_600_000)],
    });
    const { pool, until } = start({ policy: waits });
    await pool.up;
    await fate(pool.run(0, { name: "dies" }));
    await until(() => pool.stats().up === 1);
    expect(await Promise.all([pool.run({ a: 1, b: 1 }), pool.run({ a: 2, b: 2 })])).toStrictEqual([
      2, 4,
    ]);
    expect(pool.tree.status().children.map(({ waiting }) => waiting !== null)).toContain(true);
  });

  it("bounds a storm from the first failure on, and what waits rejects with the root cause", async () => {
    const { pool, of } = start({
      mode: "fails to load",
      policy: giveUp(lifetimeCap({ restarts: 2 })),
    });
    const waits = [fate(pool.run(1)), fate(pool.run(2))];
    const outcome = await pool.outcome;
    expect(outcome).toMatchObject({
      type: "refused",
      lastExit: { error: { message: "no such table" } },
    });
    for (const one of await Promise.all([...waits, fate(pool.run(3))])) {
      expect(one).toMatchObject({ error: { reason: "over", cause: { message: "no such table" } } });
    }
    expect(of("launched").length).toBeLessThanOrEqual(6);
    expect(await pool.up).toBe(false);
  });

  it("of all slots together counts their sum", async () => {
    const budget = giveUp(lifetimeCap({ restarts: 1 }));
    const { pool } = start({ policy: restartOn("permanent"), budget });
    await fate(pool.run(0, { name: "dies" }));
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    await fate(pool.run(0, { name: "dies" }));
    expect(await pool.outcome).toMatchObject({ type: "refused" });
    expect(await fate(pool.run(1))).toMatchObject({ error: { reason: "over", exit: { code: 3 } } });
  });

  it("that wants no slot any more ends the pool with the last one", async () => {
    const { pool } = start({ policy: restartOn("transient") });
    const ended = [0, 1].map(() => fate(pool.run(0, { name: "ends" })));
    const lost = { error: { reason: "lost", exit: { kind: "completed" } } };
    expect(await Promise.all(ended)).toMatchObject([lost, lost]);
    expect(await fate(pool.run(1))).toMatchObject({
      error: { reason: "over", exit: { kind: "completed" } },
    });
    expect(await pool.outcome).toMatchObject({ type: "stopped" });
  });
});

describe("a thread that is recycled", () => {
  it("after so many requests loses no request and costs no budget", async () => {
    const policy = giveUp(lifetimeCap({ restarts: 0 }));
    const { pool, of } = start({ threads: 1, recycle: { uses: 10 }, policy });
    const all = Array.from({ length: 40 }, (_, _n) => pool.run<number>(0, { name: "thread" }));
    const threads = await Promise.all(all);
    expect(threads.map((one, n) => one === threads[n - (n % 10)])).not.toContain(false);
    expect(new Set(threads).size).toBe(4);
    expect(pool.stats()).toMatchObject({ completed: 40, lost: 0 });
    expect(of("exited")).toMatchObject(
      Array.from({ length: 3 }, () => ({ failed: false, exit: { kind: "completed" } })),
    );
  });

  it("under load leaves the others at work", async () => {
    const { pool, until } = start({ recycle: { uses: 3 } });
    await pool.up;
    let asked = 0;
    const answers: Promise<number>[] = [];
    await until(() => {
      asked += 1;
      answers.push(pool.run<number>({ a: asked, b: 0 }));
      return pool.stats().replaced.uses >= 4;
    });
    expect(await Promise.all(answers)).toStrictEqual(answers.map((_, n) => n + 1));
    expect(pool.stats().lost).toBe(0);
  });

  it("above a size of its heap, and not below", async () => {
    const { pool, until } = start({ threads: 1, recycle: { heapMb: 60 } });
    const first = await pool.run<number>(1, { name: "grows" });
    expect(await pool.run(0, { name: "thread" })).toBe(first);
    await pool.run(80, { name: "grows" });
    await until(() => {
      void pool.run(0, { name: "thread" });
      return pool.stats().replaced.heap === 1;
    });
    expect(await pool.run(0, { name: "thread" })).not.toBe(first);
  });

  it("at an age, and answers first what it has", async () => {
    const { pool, until, of } = start({ threads: 1, recycle: { ageMs: 60 } });
    const answers: Promise<unknown>[] = [];
    await until(() => {
      if (answers.length < 1_000) answers.push(pool.run({ a: 1, b: 1 }));
      return of("recycled").length > 0;
    });
    expect(new Set(await Promise.all(answers))).toStrictEqual(new Set([2]));
  });

  it("by a rolling restart loses nothing, either", async () => {
    const { pool, of } = start();
    await pool.up;
    const rolled = pool.tree.roll("pool");
    const all = Array.from({ length: 50 }, () => pool.run({ a: 1, b: 1 }));
    expect(new Set(await Promise.all(all))).toStrictEqual(new Set([2]));
    expect(await rolled).toMatchObject({ ok: true });
    expect(of("exited").length).toBe(2);
  });
});

describe("a stop", () => {
  it("lets everything be answered, takes nothing new, and ends the threads by themselves", async () => {
    const { pool, of } = start();
    await pool.up;
    const all = Array.from({ length: 50 }, () => pool.run({ a: 1, b: 1 }));
    const stopped = pool.stop();
    expect(await fate(pool.run(1))).toMatchObject({ error: { reason: "over", exit: null } });
    expect(new Set(await Promise.all(all))).toStrictEqual(new Set([2]));
    expect(await stopped).toMatchObject({ type: "stopped" });
    expect(of("exited")).toMatchObject([
      { exit: { kind: "completed" } },
      { exit: { kind: "completed" } },
    ]);
    expect(await pool.stop()).toMatchObject({ type: "stopped" });
  });

  it("that takes too long becomes one by force", async () => {
    const { pool, begun } = start({ threads: 1 });
    const hangs = fate(pool.run(0, { name: "never" }));
    const waits = fate(pool.run(1));
    await begun(1);
    expect(await pool.stop({ timeoutMs: 20 })).toMatchObject({ type: "stopped" });
    expect([await hangs, await waits]).toMatchObject([
      { error: { reason: "over" } },
      { error: { reason: "over" } },
    ]);
  });

  it("by a signal is in order, and by its second one by force", async () => {
    const controller = new AbortController();
    const { pool, begun } = start({ threads: 1, signal: controller.signal });
    const hangs = fate(pool.run(0, { name: "never" }));
    await begun(1);
    controller.abort();
    expect(await fate(pool.run(1))).toMatchObject({ error: { reason: "over" } });
    controller.signal.dispatchEvent(new Event("abort"));
    expect(await hangs).toMatchObject({ error: { reason: "over" } });
    expect(await pool.outcome).toMatchObject({ type: "stopped" });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("is what `await using` does, and a pool that was never used is over at once", async () => {
    let kept: WorkerPool;
    {
      await using pool = start().pool;
      kept = pool;
      expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    }
    expect(await kept.outcome).toMatchObject({ type: "stopped" });
    const controller = new AbortController();
    controller.abort();
    expect(await start({ signal: controller.signal }).pool.outcome).toMatchObject({
      type: "stopped",
    });
  });
});

describe("under load", () => {
  it("5 000 requests through 4 threads that crash at random: every one settles exactly once", async () => {
    const { pool, until } = start({ threads: 4, standby: 1 });
    const controller = new AbortController();
    const settled = new Map<number, string>();
    const twice: number[] = [];
    const note = (n: number, how: string) => {
      if (settled.has(n)) twice.push(n);
      settled.set(n, how);
    };
    const all = Array.from({ length: 5_000 }, (_, n) =>
      pool
        .run<number>(
          { n, odds: 0.01 },
          {
            name: "sometimes",
            resends: n % 3,
            priority: n % 5,
            ...(n % 7 === 0 ? { signal: controller.signal } : {}),
          },
        )
        .then(
          (value) => note(n, value === n ? "answered" : "wrong"),
          (error: string | { reason: string }) =>
            note(n, typeof error === "string" ? error : error.reason),
        ),
    );
    await until(() => settled.size > 1_000);
    controller.abort("enough");
    await Promise.all(all);
    const how = (one: string) => [...settled.values()].filter((other) => other === one).length;
    expect([settled.size, twice]).toStrictEqual([5_000, []]);
    expect(how("answered") + how("enough") + how("lost")).toBe(5_000);
    const stats = pool.stats();
    expect(stats).toMatchObject({
      requests: 5_000,
      completed: how("answered"),
      aborted: how("enough"),
      lost: how("lost"),
      inFlight: 0,
      queued: 0,
    });
    expect(stats.resent).toBeGreaterThan(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    expect(await pool.stop()).toMatchObject({ type: "stopped" });
  });

  it("a storm of aborts leaves nothing", async () => {
    const { pool, until } = start({ threads: 2, abortGraceMs: 50 });
    await pool.up;
    const controllers = Array.from({ length: 1_000 }, () => new AbortController());
    const all = controllers.map(({ signal }, n) =>
      fate(pool.run(n % 2 ? { a: n, b: 0 } : 0, n % 2 ? { signal } : { signal, name: "waits" })),
    );
    for (const controller of controllers) {
      controller.abort("enough");
      if (controllers.indexOf(controller) % 100 === 0) await new Promise(setImmediate);
    }
    const fates = await Promise.all(all);
    expect(fates.filter((one) => "error" in one && one.error !== "enough")).toStrictEqual([]);
    expect(await pool.run({ a: 1, b: 1 })).toBe(2);
    expect(pool.stats()).toMatchObject({ queued: 0, inFlight: 0 });
    await pool.stop();
    const isThread = (name: string) => name === "MessagePort" || name === "Worker";
    await until(() => !process.getActiveResourcesInfo().some(isThread));
  });
});

describe("a worker without our module", () => {
  it("may answer by itself, and a port can be a message", async () => {
    const { pool } = start(
      {},
      code(`
        import { parentPort } from "node:worker_threads";
        parentPort.on("message", ({ id, message }) => {
          if (message.port) message.port.postMessage("through the port");
          parentPort.postMessage({ steadfast: "answer", id, value: 42 });
        });
        parentPort.postMessage({ steadfast: "ready" });
      `),
    );
    const { port1, port2 } = new MessageChannel();
    const heard = new Promise((resolve) => port1.once("message", resolve));
    expect(await pool.run({ port: port2 }, { transferList: [port2] })).toBe(42);
    expect(await heard).toBe("through the port");
    await pool.stop({ force: true });
  });
});
