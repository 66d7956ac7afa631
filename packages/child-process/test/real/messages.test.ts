import { spawn } from "node:child_process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { forkLauncher, type LiveProcess, processLauncher, spawnLauncher } from "../../src/index.js";
import { fixture, info, signalsOf } from "./observe.js";

const faults: unknown[] = [];
afterEach(() => faults.splice(0));

async function speaker(serialization: "json" | "advanced" = "json") {
  const child: LiveProcess = forkLauncher(fixture("speaker.mjs"), [], {
    serialization,
    onFault: (error) => faults.push(error),
  }).launch(info);
  const next = signalsOf(child);
  await next();
  return { child, next };
}

describe("a forked child", () => {
  it.each(["ready", "not-ready", "heartbeat"])("can say %s", async (act) => {
    const { child, next } = await speaker();
    child.send?.({ act });
    expect(await next()).toStrictEqual({ type: act });
    child.kill();
    await child.exited;
  });

  it.each(["json", "advanced"] as const)("hears and sends messages (%s)", async (serialization) => {
    const { child, next } = await speaker(serialization);
    child.send?.({ act: "echo", with: "hello" });
    expect(await next()).toStrictEqual({ type: "message", message: { echo: "hello" } });
    child.kill();
    await child.exited;
    expect(faults).toStrictEqual([]);
  });

  it("is heard to its last words", async () => {
    const { child } = await speaker();
    const heard: unknown[] = [];
    child.onSignal((signal) => heard.push(signal));
    child.send?.({ act: "say-and-exit", with: "the end" });
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(heard).toStrictEqual([{ type: "message", message: "the end" }]);
  });

  it("that hung up is spoken to no more: `send` says so, and the disconnect is news", async () => {
    const { child, next } = await speaker();
    child.send?.({ act: "disconnect" });
    expect(await next()).toStrictEqual({ type: "disconnected" });
    expect(child.send?.({ act: "ready" })).toBe(false);
    child.kill();
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
    expect(faults).toStrictEqual([]);
  });

  it("that hung up does not get a reload; the next one does", async () => {
    const heard: unknown[] = [];
    const types: string[] = [];
    const { wake, until: holds } = waiting();
    const handle = supervise(forkLauncher(fixture("speaker.mjs")), {
      policy: restartOn("permanent"),
      reloadMessage: { act: "echo", with: "reload" },
      onMessage: (message) => {
        heard.push(message);
        wake();
      },
      onEvent: ({ type }) => void types.push(type),
    });
    const reads = handle.events();
    const until = async (wanted: string) => {
      for (let read = await reads.next(); !read.done; read = await reads.next()) {
        if (read.value.type === wanted) return;
      }
    };
    await holds(() => heard.length === 1); // it is up: see the row of Node 20 below
    expect(handle.send({ act: "disconnect" })).toBe(true);
    await until("disconnected");
    expect([handle.send("x"), handle.reload()]).toStrictEqual([false, false]);
    handle.restart();
    await holds(() => heard.some((one) => JSON.stringify(one) === '{"echo":"reload"}'));
    expect(types.filter((type) => type === "disconnected")).toHaveLength(1);
    await handle.stop();
  });

  it("that hangs up in answer to what came before it listened is ended by Node 20 itself", async () => {
    const child = forkLauncher(fixture("speaker.mjs"), [], { stderr: "ignore" }).launch(info);
    const next = signalsOf(child);
    child.send?.({ act: "disconnect" });
    expect(await next()).toStrictEqual({ type: "message", message: { attempt: undefined } });
    const isOld = process.versions.node.startsWith("20.");
    const news = await Promise.race([next(), child.exited]);
    expect(news).toMatchObject(isOld ? { kind: "failed", code: 1 } : { type: "disconnected" });
    child.kill();
    await child.exited;
  });

  it("that ends does not count as one that hung up", async () => {
    const { child } = await speaker();
    const heard: unknown[] = [];
    child.onSignal((signal) => heard.push(signal));
    child.send?.({ act: "exit", with: 3 });
    expect(await child.exited).toStrictEqual({ kind: "failed", code: 3 });
    expect(heard).toStrictEqual([]);
  });

  it("is sent nothing after its exit", async () => {
    const { child } = await speaker();
    child.send?.({ act: "exit", with: 3 });
    expect(await child.exited).toStrictEqual({ kind: "failed", code: 3 });
    child.send?.({ act: "echo", with: "anybody?" });
    await new Promise(setImmediate);
    expect(faults).toStrictEqual([]);
  });

  it("cannot be sent what cannot be serialised: that is the caller's error", async () => {
    const { child } = await speaker();
    expect(() => child.send?.({ n: 1n })).toThrow(TypeError);
    child.kill();
    await child.exited;
  });
});

describe("the child's words", () => {
  const spoken = (before: string) => `
    import { heartbeat, notReady, ready } from "@steadfast/child-process/child";
    ${before}
    console.error(ready(), notReady(), heartbeat());`;

  it("are spoken to nobody where there is no supervisor, and say so", async () => {
    const args = ["--input-type=module", "-e", spoken("")];
    const child = spawnLauncher(process.execPath, args, { stderr: "ignore" }).launch(info);
    expect(await child.exited).toStrictEqual({
      kind: "completed",
      code: 0,
      stderrTail: ["false false false"],
    });
  });

  it.each([
    ["do not keep the process alive", "", "true true true"],
    [
      "are spoken to nobody after the channel was closed",
      "process.disconnect();",
      "false false false",
    ],
  ])("%s", async (_what, before, answers) => {
    const child = processLauncher(() =>
      spawn(process.execPath, ["--input-type=module", "-e", spoken(before)], {
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      }),
    ).launch(info);
    expect(await child.exited).toStrictEqual({
      kind: "completed",
      code: 0,
      stderrTail: [answers],
    });
  });
});

describe("a child whose channel was closed", () => {
  // The words make it end 3 s later, unless it was told to stay.
  it.each([
    ["ends by itself", "", { kind: "signalled", signal: "SIGTERM" }],
    ["stays where it was told to", "stayOnDisconnect();", { kind: "completed", code: 0 }],
  ])("%s", async (_what, before, exit) => {
    const code = `
      import { ready, stayOnDisconnect } from "@steadfast/child-process/child";
      ${before}
      ready();
      process.disconnect();
      setTimeout(() => process.exit(0), 4_500);`;
    const child = processLauncher(() =>
      spawn(process.execPath, ["--input-type=module", "-e", code], {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      }),
    ).launch(info);
    expect(await child.exited).toStrictEqual(exit);
  });
});
