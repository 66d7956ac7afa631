// Requests to real forked processes, through the supervisor.

import { fork, spawn } from "node:child_process";
import { restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { forkLauncher, processLauncher } from "../../src/index.js";
import { fixture } from "./observe.js";

type Handle = ReturnType<typeof supervise>;

const handles: Handle[] = [];
afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.kill()));
});

function run(serialization: "json" | "advanced" = "advanced") {
  const events: SupervisorEvent["type"][] = [];
  const messages: unknown[] = [];
  const { wake, until } = waiting();
  const handle = supervise(forkLauncher(fixture("answers.mjs"), [], { serialization }), {
    policy: restartOn("permanent"),
    readiness: "explicit",
    onEvent: ({ type }) => {
      events.push(type);
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

const fate = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

describe("a request to a forked process", () => {
  it.each(["json", "advanced"] as const)("is answered (%s)", async (serialization) => {
    const { handle } = run(serialization);
    const sums = [1, 2, 3].map((n) => handle.request({ do: "add", a: n, b: n }));
    expect(await Promise.all(sums)).toStrictEqual([2, 4, 6]);
    expect(await fate(handle.request({ do: "throws" }))).toMatchObject({
      error: { name: "TypeError", message: "no such thing", code: "E_MINE" },
    });
  });

  it("rejects with how the process ended; the next one answers the next", async () => {
    const { handle } = run();
    expect(await fate(handle.request({ do: "dies" }))).toMatchObject({
      error: { code: "ERR_REQUEST", reason: "lost", exit: { kind: "failed", code: 3 }, attempt: 1 },
    });
    expect(await handle.request({ do: "add", a: 2, b: 3 })).toBe(5);
    expect(handle.status().attempt).toBe(2);
  });

  it("that is withdrawn aborts the handler's signal; messages go beside it", async () => {
    const { handle, messages, until } = run();
    await handle.request({ do: "add", a: 1, b: 1 });
    const controller = new AbortController();
    const answer = fate(handle.request({ do: "waits" }, { signal: controller.signal }));
    controller.abort("enough");
    expect(await answer).toStrictEqual({ error: "enough" });
    handle.send("hello");
    await until(() => messages.length === 2);
    expect(messages).toStrictEqual(["withdrawn", { heard: "hello" }]);
  });

  it("is not waited for where the process hung up, and hands nothing over", async () => {
    const { handle, events, until } = run();
    await handle.request({ do: "add", a: 1, b: 1 });
    const list = [new ArrayBuffer(1)];
    expect(await fate(handle.request(1, { transferList: list }))).toMatchObject({
      error: { code: "ERR_POLICY_OPTIONS", option: "transferList" },
    });
    const inHand = fate(handle.request({ do: "hangs up" }));
    await until(() => events.includes("disconnected"));
    expect(await fate(handle.request(1))).toMatchObject({ error: { reason: "lost", exit: null } });
    void handle.kill();
    expect(await inHand).toMatchObject({ error: { reason: "lost", exit: { kind: "signalled" } } });
  });

  it("may also be put to a factory's child, where that has a channel", async () => {
    const launcher = processLauncher(({ attempt }) =>
      attempt === 1
        ? fork(fixture("answers.mjs"), { stdio: ["ignore", "ignore", "ignore", "ipc"] })
        : spawn("sleep", ["1000"], { stdio: "ignore" }),
    );
    const messages: unknown[] = [];
    const handle = supervise(launcher, {
      policy: restartOn("permanent"),
      onMessage: (message) => void messages.push(message),
    });
    handles.push(handle);
    expect(await handle.request({ do: "add", a: 2, b: 2 })).toBe(4);
    expect(await fate(handle.request({ do: "throws" }))).toMatchObject({
      error: { name: "TypeError", code: "E_MINE" },
    });
    expect(await fate(handle.request({ do: "dies" }))).toMatchObject({ error: { attempt: 1 } });
    while (handle.status().attempt !== 2 || handle.status().status !== "ready") {
      await new Promise(setImmediate);
    }
    expect(await fate(handle.request({ do: "add", a: 2, b: 2 }))).toMatchObject({
      error: { code: "ERR_REQUEST", reason: "lost", exit: null },
    });
    expect(messages).toStrictEqual([]);
  });

  it("says where more waits in the channel than should", async () => {
    const { handle } = run();
    await handle.request({ do: "add", a: 1, b: 1 });
    const big = "x".repeat(1 << 20);
    const answers = new Set(Array.from({ length: 20 }, () => handle.send(big)));
    expect(answers).toContain("backlog");
    expect(answers).not.toContain(false);
  });
});
