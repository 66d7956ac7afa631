// Whatever becomes of a worker thread is one exit, one verdict of the policy, and no trouble of the
// host's.

import { Worker } from "node:worker_threads";
import { backoff } from "@steadfast/backoff";
import { giveUp, inTurn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { Launcher } from "@steadfast/supervisor";
import { type WorkerThreadOptions, workerLauncher } from "@steadfast/worker-threads";
import { describe, expect, it } from "vitest";
import { moduleOf, workerModule } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { stage } from "../adapters/stage.js";

keepsHostQuiet();

const restarts = (limit: number) =>
  giveUp(slidingWindow({ limit, windowMs: 3_600_000, counts: "restarts" }));
const times = <Item>(count: number, ...items: Item[]) =>
  Array.from({ length: count }, () => items).flat();

const run = (source: string, options?: WorkerThreadOptions) =>
  workerLauncher(moduleOf(source), options);
const failed = (error: object, code = 1) => ({ kind: "failed", code, error });
const BUSY = "setInterval(() => {}, 2 ** 30);";

/** Dies because somebody else ends it. */
function terminated(): Launcher {
  return workerLauncher(() => {
    const mine = new Worker(BUSY, { eval: true });
    mine.on("online", () => void mine.terminate());
    return mine;
  });
}

const ends: readonly (readonly [string, Launcher, object])[] = [
  ["exit 0", run("process.exit(0)"), { kind: "completed", code: 0 }],
  ["exit 1", run("process.exit(1)"), { kind: "failed", code: 1 }],
  ["exit 3", run(`${BUSY} setImmediate(() => process.exit(3))`), { kind: "failed", code: 3 }],
  ["throw", run("throw new Error('boom')"), failed({ message: "boom" })],
  [
    "throw later",
    run(`${BUSY} setImmediate(() => { throw new Error('boom') })`),
    failed({ message: "boom" }),
  ],
  ["reject", run(`${BUSY} Promise.reject(new Error('boom'))`), failed({ message: "boom" })],
  ["throw undefined", run("throw undefined"), failed({ name: "undefined" })],
  ["throw null", run("throw null"), failed({ name: "null" })],
  ["throw a text", run("throw 'boom'"), failed({ name: "string", message: "boom" })],
  [
    "throw a Proxy that traps",
    run("throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })"),
    failed({}),
  ],
  ["throw twice", run("process.on('exit', () => { throw 2 }); throw 1"), failed({ message: "1" })],
  [
    "out of memory",
    workerLauncher(workerModule("out-of-memory.cjs"), {
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
    }),
    { kind: "out-of-memory", error: { code: "ERR_WORKER_OUT_OF_MEMORY" } },
  ],
  [
    "close the port",
    run("(await import('worker_threads')).parentPort.close()"),
    { kind: "completed" },
  ],
  ["terminate by another", terminated(), { kind: "failed", code: 1 }],
];

describe("every way to end is one exit and one restart", () => {
  it.each(ends)("%s", async (_, launcher, exit) => {
    const { handle, story, exits, events } = stage(launcher, { policy: restarts(1) });
    const outcome = await handle.outcome;
    expect(outcome).toMatchObject({ type: "refused", reason: "window-full", attempts: 2 });
    expect(exits()).toMatchObject([exit, exit]);
    expect(story()).toStrictEqual([...times(2, "launched", "exited"), "refused", "ended"]);
    expect(events.filter(({ type }) => type === "stale")).toStrictEqual([]);
  });

  it("and all of them at once end all supervisions", async () => {
    const all = ends.map(([, launcher]) => stage(launcher, { policy: restarts(1) }));
    const outcomes = await Promise.all(all.map(({ handle }) => handle.outcome));
    expect(outcomes.map(({ lastExit }) => lastExit?.kind)).toStrictEqual(
      ends.map(([, , exit]) => (exit as { kind: string }).kind),
    );
    expect(outcomes.map(({ attempts }) => attempts)).toStrictEqual(times(ends.length, 2));
  });
});

describe("a bootstrap that always fails", () => {
  const policy = inTurn(backoff({ initialMs: 1, capMs: 2 }), restarts(4));

  it.each<readonly [string, Launcher, object]>([
    ["throws", run("throw new Error('no licence')"), failed({ message: "no licence" })],
    ["does not parse", run("let x = ;"), failed({ name: "SyntaxError" })],
    [
      "asks for a module that is not there",
      run("import 'file:///nowhere/nope.mjs'"),
      failed({ code: "ERR_MODULE_NOT_FOUND" }),
    ],
    [
      "is not there itself",
      workerLauncher(workerModule("nowhere.mjs")),
      { kind: "spawn-failed", error: { code: "MODULE_NOT_FOUND" } },
    ],
    [
      "has a preload that is not there",
      run("", { execArgv: ["--require", "/nowhere/preload.cjs"] }),
      { kind: "spawn-failed", error: { code: "MODULE_NOT_FOUND" } },
    ],
    [
      "is refused by the system",
      workerLauncher(() => {
        throw Object.assign(new Error("EAGAIN"), { code: "ERR_WORKER_INIT_FAILED" });
      }),
      { kind: "spawn-failed", error: { code: "ERR_WORKER_INIT_FAILED" } },
    ],
  ])("%s: the policy ends it, and the cause is kept", async (_, launcher, exit) => {
    const { handle, exits, journal } = stage(launcher, { policy, readiness: "explicit" });
    const outcome = await handle.outcome;
    expect(outcome).toMatchObject({ type: "refused", reason: "window-full", attempts: 5 });
    expect(outcome.lastExit).toMatchObject(exit);
    expect(exits()).toMatchObject(times(5, exit));
    const told = journal.map(({ event }) => event).filter(({ type }) => type === "exited");
    expect(told).toMatchObject(times(5, { failed: true, exit }));
  });

  it("because of a mistake in the program is thrown by supervise, not restarted", () => {
    const launcher = run("", { workerData: () => "cannot be cloned" });
    expect(() => stage(launcher, { policy })).toThrow(
      expect.objectContaining({ name: "DataCloneError" }),
    );
  });
});
