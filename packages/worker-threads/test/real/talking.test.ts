// What is said between a real worker and its supervisor.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { workerLauncher } from "../../src/index.js";
import { code, info, messages, start, watch, worker } from "./start.js";

const READY = { type: "ready" };
const message = (content: unknown) => ({ type: "message", message: content });

/** Echoes every message but "end". */
const ECHO = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", (message) => {
    if (message === "end") parentPort.close();
    else parentPort.postMessage(message);
  });
  parentPort.postMessage({ steadfast: "ready" });
`;

describe("a worker", () => {
  it("is heard in order, words and messages alike, and before its exit", async () => {
    const { exited, heard } = start(worker("speaks.mjs"));
    expect(await exited).toStrictEqual({ kind: "failed", code: 4 });
    expect(heard).toStrictEqual([
      { type: "not-ready" },
      READY,
      { type: "heartbeat" },
      message("between"),
      READY,
      message([true, true, true]),
    ]);
  });

  it("is not kept alive by what listens for a stop", async () => {
    const { exited, heard } = start(worker("idle.mjs"));
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(heard).toStrictEqual([READY, message({ listeners: 1 })]);
  });

  it("is not heard by a listener that comes after its exit", async () => {
    const child = workerLauncher(worker("speaks.mjs")).launch(info);
    await child.exited;
    const late: unknown[] = [];
    child.onSignal((signal) => late.push(signal));
    expect(late).toStrictEqual([]);
  });
});

describe("a stop", () => {
  it("is told to a worker that listens, once, with its reason; the worker ends by itself", async () => {
    const { child, exited, heard, next } = start(worker("obeys.mjs"));
    expect(await next()).toStrictEqual(READY);
    child.requestStop("restart");
    child.requestStop("stop");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    child.requestStop("stop");
    expect(messages(heard)).toStrictEqual([
      { reason: "restart", name: "AbortError", code: "ERR_STOP_REQUESTED", aborted: true },
    ]);
  });

  it("waits for a worker that has not begun to listen", async () => {
    const early = start(worker("obeys.mjs"));
    early.child.requestStop("stop");
    expect(await early.exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(messages(early.heard)).toMatchObject([{ reason: "stop" }]);

    const late = start(worker("listens-late.mjs"));
    await late.next();
    late.child.requestStop("heartbeat-stale");
    late.child.requestStop("stop");
    late.child.send?.("now listen");
    expect(await late.next()).toStrictEqual(message("listening"));
    expect(await late.next()).toStrictEqual(message(["heartbeat-stale", "heartbeat-stale"]));
    late.child.send?.("end");
    expect(await late.exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(late.heard).toHaveLength(3);
  });

  it("is told to both copies of the worker's side, where there are two", async () => {
    const { child, exited, heard, next } = start(worker("two-copies.cjs"));
    await next();
    child.requestStop("pause");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(messages(heard)).toStrictEqual([[false, "cjs pause", "esm pause"]]);
  });

  it("never appears among the user's messages", async () => {
    const { child, exited, heard, next } = start(worker("obeys.mjs"));
    await next();
    child.send?.("hello");
    await next();
    child.requestStop("stop");
    await exited;
    expect(messages(heard)).toMatchObject([{ heard: "hello" }, { reason: "stop" }]);
  });

  it("has no effect on a worker that does not listen: a kill ends it", async () => {
    const { child, exited, heard, next } = start(code(ECHO));
    await next();
    child.requestStop("stop");
    child.send?.("still there?");
    expect(await next()).toStrictEqual(message("still there?"));
    child.kill();
    expect(await exited).toStrictEqual({ kind: "cancelled" });
    expect(heard).toHaveLength(2);
  });
});

describe("send", () => {
  it("passes messages on in order, also before the worker has begun", async () => {
    const { child, exited, heard } = start(code(ECHO));
    child.send?.(1);
    child.send?.({ two: new Map([[2, 2n]]) });
    child.send?.("end");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(messages(heard)).toStrictEqual([1, { two: new Map([[2, 2n]]) }]);
  });

  it("throws to the caller what cannot be cloned, and harms nobody", async () => {
    const { child, exited, heard } = start(code(ECHO));
    expect(() => child.send?.(() => 1)).toThrow(
      expect.objectContaining({ name: "DataCloneError" }),
    );
    child.send?.("fine");
    child.send?.("end");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(messages(heard)).toStrictEqual(["fine"]);
  });

  it("to a worker that is gone is dropped without a word, as Node does", async () => {
    const { child, exited } = start(code(""));
    await exited;
    child.send?.("anybody there?");
    child.abandon?.();
  });
});

describe("a factory's worker", () => {
  it("stays its owner's: a message that cannot be read is told there, and is no exit", async () => {
    const unread: unknown[] = [];
    let mine: Worker | null = null;
    const { child, exited, heard, next } = watch(
      workerLauncher(() => {
        mine = new Worker(code(ECHO));
        mine.on("messageerror", (error) => unread.push(error));
        return mine;
      }),
    );
    await next();
    const error = new Error("cannot be read");
    (mine as Worker | null)?.emit("messageerror", error);
    child.send?.("on we go");
    expect(await next()).toStrictEqual(message("on we go"));
    child.send?.("end");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect([unread, heard.length]).toStrictEqual([[error], 2]);
  });

  it("may have output of its own", async () => {
    let output = "";
    const ends: Promise<unknown>[] = [];
    const { exited } = watch(
      workerLauncher(() => {
        const mine = new Worker(code("process.stderr.write('to whom it may concern')"), {
          stderr: true,
        });
        mine.stderr.setEncoding("utf8").on("data", (text: string) => {
          output += text;
        });
        ends.push(once(mine.stderr, "end"));
        return mine;
      }),
    );
    await exited;
    await Promise.all(ends);
    expect(output).toBe("to whom it may concern");
  });
});
