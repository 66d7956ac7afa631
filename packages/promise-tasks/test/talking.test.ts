// What a task is told when it is called, what it says, and what is said to it.

import { describe, expect, it } from "vitest";
import { type TaskContext, taskLauncher } from "../src/index.js";
import { deferred, heard, info, launch, settled } from "./launch.js";

const READY = { type: "ready" };
const NOT_READY = { type: "not-ready" };
const HEARTBEAT = { type: "heartbeat" };

/** The context of a task that runs on. */
async function running(task: (context: TaskContext) => void = () => {}) {
  let context!: TaskContext;
  const end = deferred();
  const { child, signals } = heard((given) => {
    context = given;
    task(given);
    return end.promise;
  });
  await settled();
  return { child, signals, context, end };
}

describe("a task is called", () => {
  it("once per launch, after launch has returned", async () => {
    let calls = 0;
    const child = launch(() => {
      calls += 1;
    });
    expect(calls).toBe(0);
    await child.exited;
    expect(calls).toBe(1);
  });

  it("with what the launcher was told", async () => {
    const { context } = await running();
    expect(context).toMatchObject(info);
    expect(context.signal.aborted).toBe(false);
  });

  it("with a signal of its own for each attempt", async () => {
    const seen: AbortSignal[] = [];
    const launcher = taskLauncher(({ signal }) => {
      seen.push(signal);
      return new Promise(() => {});
    });
    const first = launcher.launch(info);
    await settled();
    launcher.launch({ ...info, attempt: 4, generation: 3 });
    await settled();
    first.requestStop("stop");
    expect(seen.map((signal) => signal.aborted)).toStrictEqual([true, false]);
  });
});

describe("what a task says", () => {
  it("is heard in order, also what it says at once", async () => {
    const { context, signals } = await running(({ ready, heartbeat }) => {
      ready();
      heartbeat();
    });
    context.notReady();
    context.heartbeat();
    context.ready();
    context.ready();
    expect(signals).toStrictEqual([READY, HEARTBEAT, NOT_READY, HEARTBEAT, READY, READY]);
  });

  it("waits for a listener that comes late", async () => {
    const end = deferred();
    const child = launch(({ ready, heartbeat }) => {
      ready();
      heartbeat();
      return end.promise;
    });
    await settled();
    const signals: unknown[] = [];
    child.onSignal((signal) => signals.push(signal));
    expect(signals).toStrictEqual([READY, HEARTBEAT]);
  });

  it("is not heard after the end, however it came", async () => {
    const ended = await running();
    ended.end.resolve();
    await ended.child.exited;
    const killed = await running();
    killed.child.kill();
    for (const { context, signals } of [ended, killed]) {
      context.ready();
      context.notReady();
      context.heartbeat();
      expect(signals).toStrictEqual([]);
    }
  });

  it("is not delivered to a listener that comes after the end", async () => {
    const child = launch(({ ready }) => ready());
    await child.exited;
    const signals: unknown[] = [];
    child.onSignal((signal) => signals.push(signal));
    expect(signals).toStrictEqual([]);
  });

  it("goes on after a stop was asked for", async () => {
    const { child, context, signals } = await running();
    child.requestStop("stop");
    context.notReady();
    expect(signals).toStrictEqual([NOT_READY]);
  });

  it("does not come from an older attempt", async () => {
    const contexts: TaskContext[] = [];
    const launcher = taskLauncher((context) => {
      contexts.push(context);
      return new Promise(() => {});
    });
    launcher.launch(info).kill();
    const old = launcher.launch(info);
    await settled();
    old.kill();
    const signals: unknown[] = [];
    launcher.launch(info).onSignal((signal) => signals.push(signal));
    await settled();
    contexts[0]?.ready();
    expect(signals).toStrictEqual([]);
    contexts[1]?.ready();
    expect(signals).toStrictEqual([READY]);
  });
});

describe("what is said to a task", () => {
  it("arrives in order, also what was said before it listened", async () => {
    const heardMessages: unknown[] = [];
    const { child, context } = await running();
    child.send?.("a");
    child.send?.("b");
    context.onMessage((message) => heardMessages.push(message));
    child.send?.("c");
    expect(heardMessages).toStrictEqual(["a", "b", "c"]);
  });

  it("arrives if it was said before the call", async () => {
    const heardMessages: unknown[] = [];
    const child = launch(({ onMessage }) => onMessage((message) => heardMessages.push(message)));
    child.send?.("early");
    await child.exited;
    expect(heardMessages).toStrictEqual(["early"]);
  });

  it.each([
    [99, 0],
    [100, 0],
    [101, 1],
    [150, 50],
  ])("of %d messages that nobody listens to, 100 wait: %d are refused", async (count, refused) => {
    const heardMessages: unknown[] = [];
    const { child, context } = await running();
    const numbers = Array.from({ length: count }, (_, message) => message);
    const answers = numbers.map((message) => child.send?.(message));
    context.onMessage((message) => heardMessages.push(message));
    expect(answers.filter((answer) => answer === false)).toHaveLength(refused);
    expect(heardMessages).toStrictEqual(numbers.filter((message) => answers[message] === true));
    expect(heardMessages).toStrictEqual(numbers.slice(0, 100));
    expect(child.send?.("later")).toBe(true);
  });

  it("is refused once it cannot be heard any more", async () => {
    const killed = await running();
    killed.child.kill();
    const ended = await running();
    ended.end.resolve();
    await ended.child.exited;
    expect([killed.child.send?.(1), ended.child.send?.(1)]).toStrictEqual([false, false]);
  });

  it("stays in order if a listener sends while it is told", async () => {
    const heardMessages: unknown[] = [];
    const { child, context } = await running();
    child.send?.(1);
    child.send?.(2);
    context.onMessage((message) => {
      if (message === 1) child.send?.(3);
      heardMessages.push(message);
    });
    expect(heardMessages).toStrictEqual([1, 2, 3]);
  });

  it("goes to the last listener only", async () => {
    const first: unknown[] = [];
    const second: unknown[] = [];
    const { child, context } = await running();
    context.onMessage((message) => first.push(message));
    child.send?.(1);
    context.onMessage((message) => second.push(message));
    child.send?.(2);
    expect([first, second]).toStrictEqual([[1], [2]]);
  });

  it("throws to the sender what the listener throws, and goes on", async () => {
    const heardMessages: unknown[] = [];
    const { child, context } = await running();
    context.onMessage((message) => {
      if (message === "bad") throw new Error("no");
      heardMessages.push(message);
    });
    expect(() => child.send?.("bad")).toThrow("no");
    child.send?.("good");
    expect(heardMessages).toStrictEqual(["good"]);
  });

  it("is dropped after the end", async () => {
    const heardMessages: unknown[] = [];
    const { child, context, end } = await running();
    context.onMessage((message) => heardMessages.push(message));
    end.resolve();
    await child.exited;
    child.send?.("late");
    context.onMessage((message) => heardMessages.push(message));
    expect(heardMessages).toStrictEqual([]);
  });
});
