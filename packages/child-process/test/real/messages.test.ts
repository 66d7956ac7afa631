import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
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

  it("that hung up is told nothing, and the fault is reported", async () => {
    const forked: ChildProcess[] = [];
    let onFault = (_fault: unknown) => {};
    const fault = new Promise<unknown>((resolve) => {
      onFault = resolve;
    });
    const child = processLauncher(
      () => {
        const made = fork(fixture("speaker.mjs"));
        forked.push(made);
        return made;
      },
      { onFault },
    ).launch(info);
    await signalsOf(child)();
    const disconnected = forked.map((made) => once(made, "disconnect"));
    child.send?.({ act: "disconnect" });
    await Promise.all(disconnected);
    child.send?.({ act: "ready" });
    expect(await fault).toMatchObject({ code: "ERR_IPC_CHANNEL_CLOSED" });
    child.kill();
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
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
