// A tree, carried out: real launchers' contract, virtual time.

import {
  launch,
  type RestartPolicy,
  refuse,
  replay,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type LaunchInfo, supervise } from "../../src/index.js";
import { manualSystem, type ScriptedLauncher } from "../../src/testing.js";
import { superviseTree, treeLauncher } from "../../src/tree.js";
import { delay } from "../policies.js";
import { FAILED, grove, scripted } from "./grove.js";

/** A budget that is spent from the beginning. */
const spent = (): RestartPolicy =>
  restartPolicy({
    name: "spent",
    launch: (state, { cause }) => [state, cause === "start" ? launch() : refuse("spent", null)],
  });

type Make = (id: string) => ScriptedLauncher;

const abc = (strategy: "one-for-one" | "one-for-all" | "rest-for-one") => (launcher: Make) => ({
  strategy,
  children: ["a", "b", "c"].map((id) => ({ id, launcher })),
});

describe("start and stop", () => {
  it("starts in order, each when the one before is ready, and is then up", async () => {
    const ready = [{ says: [{ afterMs: 10, signal: { type: "ready" } as const }] }];
    const set = grove(
      (launcher) => ({
        children: ["a", "b"].map((id) => ({ id, launcher, readiness: "explicit" as const })),
      }),
      { a: ready, b: ready },
    );
    expect(set.told()).toEqual(["0 +a"]);
    await set.system.advance(15);
    expect(set.told()).toEqual(["0 +a", "10 +b"]);
    expect(set.events.some(({ type }) => type === "up")).toBe(false);
    await set.system.advance(5);
    expect(await set.tree.up).toBe(true);
    expect(set.events.at(-1)).toMatchObject({ id: "tree", type: "up", at: 20 });
  });

  it("is up without a child that could not be started, where its policy restarts that", async () => {
    const set = grove(
      (launcher) => ({
        startFailure: "restart",
        children: [
          { id: "a", launcher, readiness: "explicit", policy: delay(1_000) },
          { id: "b", launcher },
        ],
      }),
      { a: [{ runMs: 10, exit: { kind: "failed" } }, {}] },
    );
    await set.system.advance(10);
    expect(await set.tree.up).toBe(true);
    expect(set.told()).toContain("10 +b");
    expect(set.tree.child("a").status()?.status).not.toBe("ready");
    expect(set.tree.status().children).toMatchObject([{ id: "a" }, { id: "b" }]);
  });

  it("stops in reverse order, one by one, and leaves no timer and no listener", async () => {
    const slow = [{ stopMs: 30 }];
    const set = grove(abc("one-for-one"), { a: slow, b: slow, c: slow });
    const outcome = set.tree.stop();
    await set.system.advance(100);
    expect(await outcome).toEqual({ type: "stopped", by: "stop" });
    expect(set.told().slice(3)).toEqual(["30 -c", "60 -b", "90 -a"]);
    expect([set.system.pendingTimers, set.listeners()]).toEqual([0, 0]);
  });

  it("is stopped by its signal, with the reason, and killed by a second abort", async () => {
    const deaf = [{ stopMs: Number.POSITIVE_INFINITY }];
    const set = grove(abc("one-for-one"), { a: deaf, b: deaf, c: deaf });
    set.controller.abort("enough");
    await set.system.advance(10);
    expect(set.told()).toHaveLength(3);
    set.controller.signal.dispatchEvent(new Event("abort"));
    await set.system.settle();
    expect(await set.tree.outcome).toEqual({ type: "stopped", by: "abort", abortReason: "enough" });
  });

  it("says how it could not be started, and stops what was started before", async () => {
    const error = Object.assign(new Error("no port"), { code: "EADDRINUSE" });
    const set = grove(abc("one-for-one"), { c: [{ throws: error }] });
    const outcome = await set.tree.outcome;
    expect(outcome).toMatchObject({ type: "start-failed", child: "c" });
    expect((outcome as { lastExit: { error: unknown } }).lastExit.error).toBe(error);
    expect(set.child("a").attempts[0]?.exit).toEqual({ kind: "cancelled" });
    expect(await set.tree.up).toBe(false);
  });

  it("throws what a launcher throws at first because it was misused", () => {
    const misuse = new TypeError("wrong");
    expect(() => grove(abc("one-for-one"), { a: [{ throws: misuse }] })).toThrow(misuse);
  });
});

describe("restarts", () => {
  it("one-for-one restarts the one that crashed, rest-for-one those after it, one-for-all all", async () => {
    const crash = { b: [{ runMs: 10, exit: FAILED }] };
    const one = grove(abc("one-for-one"), crash);
    const rest = grove(abc("rest-for-one"), crash);
    const all = grove(abc("one-for-all"), crash);
    for (const { system } of [one, rest, all]) await system.advance(20);
    expect(one.told().slice(3)).toEqual(["10 -b", "10 +b"]);
    expect(rest.told().slice(3)).toEqual(["10 -b", "10 -c", "10 +b", "10 +c"]);
    expect(all.told().slice(3)).toEqual(["10 -b", "10 -c", "10 -a", "10 +a", "10 +b", "10 +c"]);
  });

  it("gives up when the budget says so, with the exit that it was for", async () => {
    const set = grove(
      (launcher) => ({
        budget: spent(),
        children: [
          { id: "a", launcher },
          { id: "b", launcher },
        ],
      }),
      { b: [{ runMs: 5, exit: { kind: "failed", code: 7 } }] },
    );
    await set.system.advance(5);
    expect(await set.tree.outcome).toMatchObject({ lastExit: { kind: "failed", code: 7 } });
  });
});

describe("orders", () => {
  it("adds, ends, starts and deletes children, and answers when it is done", async () => {
    const set = grove((launcher) => ({
      children: [],
      kinds: { worker: { launcher, restart: "transient" } },
    }));
    const { tree, system } = set;
    expect(await tree.startChild({ id: "w", kind: "worker" })).toEqual({ ok: true });
    expect(await tree.startChild({ id: "w", kind: "worker" })).toEqual({
      ok: false,
      error: "already-started",
    });
    expect(await tree.startChild({ id: "x", kind: "wroker" })).toEqual({
      ok: false,
      error: "unknown-kind",
    });
    expect(await tree.terminateChild("w")).toEqual({ ok: true });
    expect(await tree.restartChild("w")).toEqual({ ok: true });
    expect(await tree.deleteChild("w")).toEqual({ ok: false, error: "running" });
    await tree.terminateChild("w");
    expect(await tree.deleteChild("w")).toEqual({ ok: true });
    expect(await tree.deleteChild("w")).toEqual({ ok: false, error: "not-found" });
    expect(set.told()).toEqual(["0 +w", "0 -w", "0 +w", "0 -w"]);
    const kinds = set.events.map(({ type }) => type).filter((type) => /added|removed/.test(type));
    expect(kinds).toEqual(["added", "removed"]);
    await tree.stop();
    expect(await tree.startChild({ id: "w", kind: "worker" })).toEqual({
      ok: false,
      error: "shutdown",
    });
    expect(system.pendingTimers).toBe(0);
  });

  it("a child of a kind that has gone and come again is not spoken for by the old one", async () => {
    const deaf = { stopMs: Number.POSITIVE_INFINITY, killMs: Number.POSITIVE_INFINITY };
    const set = grove(
      (launcher) => ({
        kinds: { worker: { launcher, gracePeriodMs: 5, abandonAfterMs: 5 } },
      }),
      { w: [deaf, {}] },
    );
    const { tree, system } = set;
    await tree.startChild({ id: "w", kind: "worker" });
    const ended = tree.terminateChild("w");
    await system.advance(10);
    await ended;
    await tree.deleteChild("w");
    await tree.startChild({ id: "w", kind: "worker" });
    expect(tree.child("w").status()).toMatchObject({ status: "ready", attempts: 1 });
    expect(set.child("w").attempts).toHaveLength(2);
  });

  it("one child is restarted, paused, resumed and spoken to alone", async () => {
    const set = grove(abc("one-for-all"));
    const b = set.tree.child("b");
    expect(b.restart()).toBe("queued-after-stop");
    await set.system.settle();
    expect(set.told().slice(3)).toEqual(["0 -b", "0 +b"]);
    b.pause();
    await set.system.settle();
    expect(b.status()).toMatchObject({ intent: "paused" });
    expect(b.resume()).toBeNull();
    expect(b.send("hello")).toBe(true);
    expect(set.child("b").attempts.at(-1)?.heard).toEqual(["hello"]);
    expect(b.unhealthy("smoke")).toBe(true);
    await set.system.settle();
    expect(set.told().slice(-6)).toEqual(["0 -b", "0 -c", "0 -a", "0 +a", "0 +b", "0 +c"]);
    expect(set.tree.child("nobody").status()).toBeNull();
    expect(set.tree.child("nobody").restart()).toBe("blocked-by-shutdown");
  });

  it.each([
    ["path", "", "names with a slash between"],
    ["path", "a//b", "names with a slash between"],
    ["path", [], "names with a slash between"],
  ])("a bad %s is refused: %j", (_, path, words) => {
    const set = grove(abc("one-for-one"));
    expect(() => set.tree.child(path)).toThrow(words);
  });
});

describe("inside a tree", () => {
  const nested = (launcher: Make) => ({
    children: [
      { id: "db", launcher },
      {
        id: "web",
        tree: {
          strategy: "one-for-all" as const,
          budget: spent(),
          children: [
            { id: "api", launcher },
            { id: "ui", launcher },
          ],
        },
        policy: delay(250),
      },
    ],
  });

  it("a tree that gives up is restarted as a child, and its children are new ones", async () => {
    const set = grove(nested, { "web/ui": [{ runMs: 10, exit: FAILED }] });
    await set.system.advance(300);
    expect(set.told()).toEqual([
      "0 +db",
      "0 +web",
      "0 +web/api",
      "0 +web/ui",
      "10 -web/ui",
      "10 -web/api",
      "10 -web",
      "260 +web",
      "260 +web/api",
      "260 +web/ui",
    ]);
    expect(set.tree.child("web/ui").status()).toMatchObject({ attempts: 1, generation: 0 });
    expect(set.tree.child("web").status()).toMatchObject({ attempts: 2 });
  });

  it("status shows all of it, as plain JSON", () => {
    const set = grove(nested);
    const status = set.tree.status();
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
    expect(status).toMatchObject({ id: "tree", outcome: null });
    expect(JSON.stringify(status)).toContain('"ui"');
  });
});

describe("what is told", () => {
  it("messages go to the kind's onMessage with the path, while the child is there", async () => {
    const heard: unknown[] = [];
    const says = [{ afterMs: 1, signal: { type: "message", message: "hi" } as const }];
    const set = grove(
      (launcher) => ({
        children: [{ id: "a", launcher, onMessage: (message, id) => heard.push([id, message]) }],
      }),
      { a: [{ says }] },
    );
    await set.system.advance(1);
    expect(heard).toEqual([["a", "hi"]]);
  });

  it("one journal: each line has the child's path, and replays", async () => {
    const set = grove(abc("one-for-one"), { b: [{ runMs: 5, exit: FAILED }] });
    await set.system.advance(5);
    const lines = set.journal.filter(({ id }) => id === "b");
    expect(lines.map(({ event }) => event.type)).toEqual(["launch", "exited", "launch"]);
    const steps = replay(lines, restartOn("temporary"));
    expect(steps.map(({ same }) => same)).toEqual([true, true, false]);
  });

  it("a listener and a journal that throw are told once, and nothing else happens", async () => {
    const told: string[] = [];
    const system = manualSystem();
    const { launcher } = scripted(system, { a: [{ runMs: 1, exit: FAILED }] });
    const tree = superviseTree(
      { children: [{ id: "a", launcher }] },
      {
        journal: () => {
          throw new Error("full");
        },
        onEvent: (event) => {
          if (event.type === "callback-failed") told.push(event.callback);
        },
      },
      system,
    );
    tree.on(() => {
      throw new Error("deaf");
    });
    await system.advance(5);
    expect(told.sort()).toEqual(["journal", "listener"]);
    expect(tree.child("a").status()).toMatchObject({ status: "ready", attempts: 2 });
  });
});

describe("handing over", () => {
  it("a snapshot goes on: those that were alive are lost, told, and started in order", async () => {
    const first = grove(abc("one-for-one"));
    const snapshot = JSON.parse(JSON.stringify(first.tree.snapshot()));
    const second = grove(abc("one-for-one"), {}, { snapshot });
    await second.system.settle();
    expect(second.told()).toEqual(["0 -a", "0 -b", "0 -c", "0 +a", "0 +b", "0 +c"]);
    expect(second.events.find(({ type }) => type === "exited")).toMatchObject({
      exit: { kind: "lost" },
    });
    expect(await second.tree.up).toBe(true);
  });

  it("nobody is launched before the launchers have made sure that the old attempts are gone", async () => {
    const first = grove(abc("one-for-one"));
    const snapshot = JSON.parse(JSON.stringify(first.tree.snapshot()));
    const asked: unknown[] = [];
    let isGone = () => {};
    const gone = new Promise<void>((resolve) => {
      isGone = resolve;
    });
    const second = grove(
      (launcher) => ({
        children: ["a", "b", "c"].map((id) => ({
          id,
          launcher: {
            launch: (info) => launcher(id).launch(info),
            settlePast: (past) => {
              asked.push(past);
              return id === "b" ? Promise.reject(new Error("no")) : gone;
            },
          },
        })),
      }),
      {},
      { snapshot },
    );
    await second.system.advance(1_000);
    expect(second.told()).toEqual([]);
    expect(asked).toEqual(
      ["a", "b", "c"].map((id) => ({
        id,
        attempt: 1,
        generation: 0,
        pid: null,
        startTime: null,
        at: 0,
      })),
    );
    isGone();
    await second.system.settle();
    expect(second.told().slice(3)).toEqual(["1000 +a", "1000 +b", "1000 +c"]);
    const failed = second.events.filter(({ type }) => type === "callback-failed");
    expect(failed).toMatchObject([{ callback: "settlePast" }]);
  });

  it("a signal that is aborted already ends what another host has left, and launches nobody", async () => {
    const first = grove(abc("one-for-one"));
    const snapshot = first.tree.snapshot();
    let asked = 0;
    const settlePast = () => {
      asked++;
      return Promise.resolve();
    };
    const second = grove(
      (launcher) => ({
        children: ["a", "b", "c"].map((id) => ({
          id,
          launcher: { launch: (info) => launcher(id).launch(info), settlePast },
        })),
      }),
      {},
      { snapshot, signal: AbortSignal.abort("late") },
    );
    expect(await second.tree.outcome).toMatchObject({ type: "stopped", by: "abort" });
    expect([asked, second.told().filter((word) => word.includes("+"))]).toEqual([3, []]);
  });

  it("a stop while they are waited for launches nobody", async () => {
    const first = grove(abc("one-for-one"));
    const snapshot = first.tree.snapshot();
    const settlePast = () => new Promise<void>((resolve) => setImmediate(resolve));
    const second = grove(
      (launcher) => ({
        children: ["a", "b", "c"].map((id) => ({
          id,
          launcher: { launch: (info) => launcher(id).launch(info), settlePast },
        })),
      }),
      {},
      { snapshot },
    );
    const outcome = await second.tree.stop();
    expect(outcome.type).toBe("stopped");
    expect(second.told().filter((word) => word.includes("+"))).toEqual([]);
  });

  it("a launcher that says when its child is ready makes readiness explicit, as in supervise", async () => {
    const ready = [{ says: [{ afterMs: 10, signal: { type: "ready" } as const }] }];
    const spec = (readiness?: "immediate") => (launcher: Make) => ({
      children: [
        {
          id: "a",
          launcher: {
            launch: (info: LaunchInfo) => launcher("a").launch(info),
            saysReady: true,
          },
          ...(readiness && { readiness }),
        },
      ],
    });
    const set = grove(spec(), { a: ready });
    expect(set.tree.child("a").status()).toMatchObject({ status: "starting" });
    await set.system.advance(10);
    expect(await set.tree.up).toBe(true);
    const found = grove(spec("immediate"), { a: ready }).events;
    expect(found[0]).toMatchObject({ type: "finding", code: "readiness-ignored" });
  });

  it("a tree that was over is not taken up again, and what is no snapshot is named", async () => {
    const first = grove(abc("one-for-one"));
    await first.tree.stop();
    const snapshot = first.tree.snapshot();
    expect(() => grove(abc("one-for-one"), {}, { snapshot })).toThrow(/this tree is over/);
    expect(() => grove(abc("one-for-one"), {}, { snapshot: {} })).toThrow(/version/);
  });
});

describe("a tree as a launcher", () => {
  const tree = (launcher: Make) => ({
    budget: spent(),
    children: [
      { id: "a", launcher },
      { id: "b", launcher },
    ],
  });

  it("is kept by supervise: ready when it is up, restarted when it gives up, stopped in order", async () => {
    const system = manualSystem();
    const { launcher } = scripted(system, { a: [{ runMs: 10, exit: FAILED }] });
    const told: string[] = [];
    const handle = supervise(
      treeLauncher(tree(launcher), {}, system),
      {
        policy: delay(100),
        readiness: "explicit",
        onEvent: ({ at, type }) => told.push(`${at} ${type}`),
      },
      system,
    );
    await system.advance(200);
    expect(told).toEqual([
      "0 launched",
      "0 ready",
      "10 exited",
      "10 delayed",
      "110 launched",
      "110 ready",
    ]);
    expect(launcher("a").attempts).toHaveLength(2);
    expect((await handle.stop()).type).toBe("stopped");
    expect(launcher("b").alive + launcher("a").alive).toBe(0);
  });
});
