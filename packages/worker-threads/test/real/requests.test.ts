// Requests to real workers, through the supervisor.

import { getEventListeners, once } from "node:events";
import { MessageChannel, type ResourceLimits, Worker } from "node:worker_threads";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { workerLauncher } from "../../src/index.js";
import { code, worker } from "./start.js";

type Handle = ReturnType<typeof supervise>;

const handles: Handle[] = [];
afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.kill()));
});

const run = (entry: URL, policy?: RestartPolicy) => keep(workerLauncher(entry), policy);

function keep(
  launcher: ReturnType<typeof workerLauncher>,
  policy: RestartPolicy = restartOn("permanent"),
) {
  const events: SupervisorEvent[] = [];
  const messages: unknown[] = [];
  const { wake, until } = waiting();
  const handle = supervise(launcher, {
    id: "answers",
    policy,
    readiness: "explicit",
    onEvent: (event) => {
      events.push(event);
      wake();
    },
    onMessage: (message) => {
      messages.push(message);
      wake();
    },
  });
  handles.push(handle);
  return { handle, events, messages, until };
}

/** The stack of a worker that cannot read a list of 1 000 links. */
const SHALLOW: ResourceLimits = { stackSizeMb: 0.5 };

function listOf(links: number): unknown {
  let list: unknown = null;
  for (let n = 0; n < links; n += 1) list = { next: list };
  return list;
}

const answers = () => run(worker("answers.mjs"));
const fate = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

describe("a request", () => {
  it("is answered, each its own, whatever their order", async () => {
    const { handle } = answers();
    const sums = Array.from({ length: 100 }, (_, n) =>
      handle.request<number>({ do: n % 2 ? "add" : "takes a turn", a: n, b: n }),
    );
    expect(await Promise.all(sums)).toStrictEqual(
      Array.from({ length: 100 }, (_, n) => (n % 2 ? 2 * n : "done")),
    );
  });

  it("rejects with the error of its handler, kind, code and all", async () => {
    const { handle } = answers();
    const { error } = (await fate(handle.request({ do: "throws" }))) as { error: Error };
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "no such thing", code: "E_MINE" });
    expect(error.stack).toContain("answers.mjs");
    expect(await fate(handle.request({ do: "unclonable" }))).toMatchObject({
      error: { message: expect.stringContaining("could not be cloned") },
    });
    expect(await fate(handle.request(() => 1))).toMatchObject({
      error: { name: "DataCloneError" },
    });
    expect(handle.status().attempt).toBe(1);
  });

  it("rejects where its answer cannot be read, and the others are answered", async () => {
    const { handle, events, until } = answers();
    const other = handle.request({ do: "takes a turn" });
    expect(await fate(handle.request({ do: "too deep" }))).toMatchObject({
      error: { code: "ERR_UNREADABLE_ANSWER" },
    });
    expect(await other).toBe("done");
    await until(() => events.some(({ type }) => type === "unreadable"));
    expect(await handle.request({ do: "add", a: 2, b: 3 })).toBe(5);
    expect(handle.status().attempt).toBe(1);
  });

  it.each([
    ["of a URL", () => workerLauncher(worker("answers.mjs"), { resourceLimits: SHALLOW })],
    [
      "of a factory",
      () => workerLauncher(() => new Worker(worker("answers.mjs"), { resourceLimits: SHALLOW })),
    ],
  ])(
    "rejects where the worker %s cannot read it, and the others are answered",
    async (_, start) => {
      const { handle, events, until } = keep(start());
      const other = handle.request({ do: "takes a turn" });
      const deep = fate(handle.request({ do: "add", a: listOf(1_000), b: 1 }));
      const next = handle.request({ do: "add", a: 2, b: 3 });
      expect(await deep).toMatchObject({ error: { code: "ERR_UNREADABLE_REQUEST" } });
      expect(await other).toBe("done");
      expect(await next).toBe(5);
      handle.send(listOf(1_000));
      const untold = () => events.filter(({ type }) => type === "unreadable").length;
      await until(() => untold() === 2);
      expect(handle.status().attempt).toBe(1);
    },
  );

  it("hands over what is in its list, there and back", async () => {
    const { handle } = answers();
    const buffer = new ArrayBuffer(4);
    const answer = handle.request<ArrayBuffer>({ do: "fills", buffer }, { transferList: [buffer] });
    expect([...new Uint8Array(await answer)]).toStrictEqual([7, 7, 7, 7]);
    expect(buffer.byteLength).toBe(0);
    const { port1, port2 } = new MessageChannel();
    const heard = once(port1, "message");
    await handle.request({ do: "talks", port: port2 }, { transferList: [port2] });
    expect(await heard).toStrictEqual(["through the port"]);
    port1.close();
  });

  it("that is withdrawn aborts the handler's signal", async () => {
    const { handle, messages, until } = answers();
    const controller = new AbortController();
    const { signal } = controller;
    const answer = fate(handle.request({ do: "waits" }, { signal }));
    await until(() => messages.includes("waiting"));
    controller.abort("enough");
    expect(await answer).toStrictEqual({ error: "enough" });
    await until(() => messages.includes("withdrawn"));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("out of time rejects, and the next one is answered", async () => {
    const { handle } = answers();
    await handle.request({ do: "add", a: 1, b: 1 });
    expect(await fate(handle.request({ do: "waits" }, { timeoutMs: 5 }))).toMatchObject({
      error: { reason: "timed-out" },
    });
    expect(await handle.request({ do: "add", a: 1, b: 1 })).toBe(2);
  });
});

describe("a worker that ends with a request in hand", () => {
  it("rejects it with the root cause, and the next attempt answers the next one", async () => {
    const { handle } = answers();
    expect(await fate(handle.request({ do: "crashes" }))).toMatchObject({
      error: { code: "ERR_REQUEST", reason: "lost", cause: { message: "root cause" }, attempt: 1 },
    });
    expect(await fate(handle.request({ do: "dies" }))).toMatchObject({
      error: { reason: "lost", exit: { kind: "failed", code: 3 }, attempt: 2 },
    });
    expect(await handle.request({ do: "add", a: 2, b: 3 })).toBe(5);
    expect(handle.status().attempt).toBe(3);
  });

  it("has it sent to the next attempt, where it may be", async () => {
    const { handle } = answers();
    const flag = new Int32Array(new SharedArrayBuffer(4));
    expect(await handle.request({ do: "dies once", flag }, { resends: 3 })).toBe(2);
    expect(handle.status().attempt).toBe(2);
  });

  it("and is not restarted, leaves nothing waiting", async () => {
    const { handle } = run(worker("answers.mjs"), restartOn("temporary"));
    const inHand = fate(handle.request({ do: "dies" }));
    await handle.outcome;
    const over = { exit: { kind: "failed", code: 3 } };
    expect(await inHand).toMatchObject({ error: { reason: "lost", ...over } });
    expect(await fate(handle.request({ do: "add" }))).toMatchObject({
      error: { reason: "over", ...over },
    });
  });

  it("of which the module fails, rejects what waits with that error", async () => {
    const { handle } = run(code("throw new Error('bootstrap')"), restartOn("temporary"));
    expect(await fate(handle.request(1))).toMatchObject({
      error: { reason: "over", cause: { message: "bootstrap" } },
    });
  });
});

describe("a stop", () => {
  it("lets the requests in hand be answered, and then the worker ends by itself", async () => {
    const { handle, events } = answers();
    await handle.request({ do: "add", a: 1, b: 1 });
    const inHand = handle.request({ do: "takes a turn" });
    const outcome = await handle.stop();
    expect(await inHand).toBe("done");
    expect(outcome.lastExit).toStrictEqual({ kind: "completed", code: 0 });
    expect(events.map(({ type }) => type)).not.toContain("killing");
  });
});

describe("a request that was sent before the stop", () => {
  it("is answered, although the worker hears of the stop first", async () => {
    const { handle, events, until } = run(worker("stop-first.mjs"));
    await until(() => events.some(({ type }) => type === "ready"));
    const sent = [handle.request(1), handle.request(2)];
    const stopped = handle.stop();
    expect(await Promise.all(sent)).toStrictEqual([2, 3]);
    expect(await stopped).toMatchObject({ lastExit: { kind: "completed" } });
  });
});

describe("a worker that only hears messages", () => {
  it("and would hear of a stop, ends by itself when it is asked to", async () => {
    const { handle, events } = run(worker("only-listens.mjs"));
    await handle.request(1).catch(() => {}); // it is ready
    const outcome = await handle.stop();
    expect(outcome.lastExit).toStrictEqual({ kind: "completed", code: 0 });
    expect(events.map(({ type }) => type)).not.toContain("killing");
  });
});

describe("a worker", () => {
  it("hears messages beside requests, and speaks for itself", async () => {
    const { handle, messages, until } = answers();
    await handle.request({ do: "add", a: 1, b: 1 });
    handle.send("hello");
    const { port1, port2 } = new MessageChannel();
    handle.send({ port: port2 }, [port2]);
    await until(() => messages.length === 1);
    expect(messages).toStrictEqual([{ heard: "hello" }]);
    port1.close();
  });

  it("that has no handler says so, and one without our module may answer by itself", async () => {
    const listens = run(worker("only-listens.mjs")).handle;
    expect(await fate(listens.request(1))).toMatchObject({
      error: { code: "ERR_NO_REQUEST_HANDLER" },
    });
    const { handle } = run(
      code(`
        import { parentPort } from "node:worker_threads";
        parentPort.on("message", ({ id, message }) => {
          parentPort.postMessage({ steadfast: "answer", id, value: message * 2 });
        });
        parentPort.postMessage({ steadfast: "ready" });
      `),
    );
    expect(await handle.request(21)).toBe(42);
  });

  it("of which a message cannot be read is told of, and lives on", async () => {
    const { handle, events, until } = run(
      code(`
        import { parentPort } from "node:worker_threads";
        let list = null;
        for (let n = 0; n < 5_000; n += 1) list = { next: list };
        parentPort.postMessage(list);
        parentPort.postMessage({ steadfast: "ready" });
        parentPort.on("message", () => {});
      `),
    );
    await until(() => events.some(({ type }) => type === "ready"));
    expect(events.map(({ type }) => type)).toStrictEqual(["launched", "unreadable", "ready"]);
    expect(handle.status()).toMatchObject({ attempt: 1, threadId: expect.any(Number) });
  });

  it("is named after its child", async () => {
    const { handle, events } = answers();
    const name = await handle.request<string>({ do: "name" });
    expect(["answers", "no name on this Node"]).toContain(name);
    expect(events[0]).toMatchObject({ type: "launched", threadId: expect.any(Number) });
  });

  it("with both copies of the worker's side answers once", async () => {
    const { handle } = run(worker("both-answer.cjs"));
    expect(await handle.request("who?")).toBe("cjs");
  });
});
