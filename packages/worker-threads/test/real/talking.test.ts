// What is said between a real worker and its supervisor.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ChildSignal } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { type WorkerLaunchOptions, workerLauncher } from "../../src/index.js";
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

  it("ends a worker that cannot hear of it, at once: none of its code listens", async () => {
    const deaf = start(code("setInterval(() => {}, 2 ** 30); console.log('never told')"));
    deaf.child.requestStop("stop");
    expect(await deaf.exited).toStrictEqual({ kind: "cancelled" });
  });

  it("is told to a worker that said in the same turn that it listens", async () => {
    const { child, exited } = start(worker("ready-first.mjs"));
    const heard: ChildSignal[] = [];
    child.onSignal((signal) => {
      if (signal.type === "ready") child.requestStop("stop");
      heard.push(signal);
    });
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(messages(heard)).toStrictEqual(["stop"]);
  });

  it("waits for a worker that was spoken to, and may begin to listen", async () => {
    const late = start(worker("listens-late.mjs"));
    late.child.send?.("now listen");
    late.child.requestStop("heartbeat-stale");
    late.child.requestStop("stop");
    expect(await late.next()).toStrictEqual(READY);
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

  it("has no effect on a worker that was spoken to and does not listen: a kill ends it", async () => {
    const { child, exited, heard, next } = start(code(ECHO));
    await next();
    child.send?.("still there?");
    child.requestStop("stop");
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

describe("what a worker wrote last", () => {
  const tailOf = async (source: string, options?: WorkerLaunchOptions) =>
    (await start(code(`${source}; process.exitCode = 3`), options).exited).stderrTail;

  it("to stderr reaches its exit, the newest lines of it", async () => {
    const lines = "for (let n = 1; n <= 30; n += 1) console.error('line ' + n)";
    const newest = Array.from({ length: 20 }, (_, n) => `line ${n + 11}`);
    expect(await tailOf(lines)).toStrictEqual(newest);
    expect(await tailOf(lines, { stderrTail: 2 })).toStrictEqual(["line 29", "line 30"]);
    expect(await tailOf(lines, { stderrTail: 0 })).toBeUndefined();
  });

  it("to stdout counts where it failed and wrote nothing to stderr", async () => {
    expect(await tailOf("console.log('said')")).toStrictEqual(["said"]);
    expect(await tailOf("console.log('said'); console.error('wrong')")).toStrictEqual(["wrong"]);
    expect(await start(code("console.log('well')")).exited).toStrictEqual({
      kind: "completed",
      code: 0,
    });
  });

  it("is redacted, and withheld where that fails", async () => {
    const write = "console.error('key=123'); console.error('other')";
    const redact = (line: string) => line.replace(/\d+/, "***");
    expect(await tailOf(write, { redact })).toStrictEqual(["key=***", "other"]);
    const fails = () => Promise.reject(new Error("no text")) as never;
    const withheld = "[line withheld: redact failed]";
    expect(await tailOf(write, { redact: fails })).toStrictEqual([withheld, withheld]);
  });

  it("is bounded by line and by length, whatever it wrote", async () => {
    const tail = await tailOf("process.stderr.write('x'.repeat(1e6) + 'end')");
    expect(tail).toStrictEqual([`${"x".repeat(997)}end`]);
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
    expect(await next()).toStrictEqual({ type: "unreadable", error });
    child.send?.("on we go");
    expect(await next()).toStrictEqual(message("on we go"));
    child.send?.("end");
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
    expect([unread, heard.length]).toStrictEqual([[error], 3]);
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
