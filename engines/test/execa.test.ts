// What execa returns, in `processLauncher` as it stands: its exits, its output, its channel, its own promise.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ProcessLauncher, processLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { execa } from "execa";
import { afterAll, afterEach, describe, expect, it } from "vitest";

const node = process.execPath;
const info = { id: "web", attempt: 1, generation: 0, cause: "start", failures: 0 } as const;
const exitOf = (launcher: ProcessLauncher) => launcher.launch(info).exited;

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => void unhandled.push(error);
process.on("unhandledRejection", onUnhandled);
afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)));
afterAll(() => {
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toStrictEqual([]);
});

const openFiles = () => readdirSync("/proc/self/fd").length;

/** Settles when nobody of this number is there. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(setImmediate);
  }
}

describe("a child of execa", () => {
  it.each([
    ["process.exit(0)", { kind: "completed", code: 0 }],
    ["console.error('bad'); process.exit(3)", { kind: "failed", code: 3, stderrTail: ["bad"] }],
    ["process.kill(process.pid, 'SIGKILL')", { kind: "signalled", signal: "SIGKILL" }],
  ])("ends as any other: %s", async (code, exit) => {
    expect(await exitOf(processLauncher(() => execa(node, ["-e", code])))).toStrictEqual(exit);
    expect(await exitOf(processLauncher(() => execa`${node} -e ${code}`))).toStrictEqual(exit);
    const inside = processLauncher(
      () => execa({ reject: false })`${node} -e ${code}`.nodeChildProcess,
    );
    expect(await exitOf(inside)).toStrictEqual(exit);
  });

  it("that cannot be started says why", async () => {
    expect(await exitOf(processLauncher(() => execa("no-such-command")))).toMatchObject({
      kind: "spawn-failed",
      error: { code: "ENOENT" },
    });
    const tooLong = processLauncher(() => execa(node, ["-e", "x".repeat(4_000_000)]));
    expect(await exitOf(tooLong)).toMatchObject({ kind: "spawn-failed", error: { code: "E2BIG" } });
  });

  it("that execa itself ends is told once, by its limit or the signal it was sent", async () => {
    const forever = ["-e", "setInterval(() => {}, 1000)"];
    const exits = [
      exitOf(processLauncher(() => execa(node, forever, { timeout: 1 }))),
      exitOf(processLauncher(() => execa(node, forever, { cancelSignal: AbortSignal.timeout(1) }))),
    ];
    const told = { kind: "signalled", signal: "SIGTERM" };
    const [limited, cancelled] = await Promise.all(exits);
    expect(limited).toStrictEqual({
      kind: "timed-out",
      afterMs: expect.any(Number),
      ended: told,
    });
    expect(cancelled).toStrictEqual(told);
  });

  it("is read by both", async () => {
    const lines: string[] = [];
    let result: Promise<{ readonly stdout?: unknown }> | undefined;
    const launcher = processLauncher(
      () => {
        const made = execa({
          reject: false,
        })`${node} -e ${"console.log('a\\nb'); console.error('c')"}`;
        result = made;
        return made;
      },
      { stdout: { line: (line) => void lines.push(line) } },
    );
    expect(await exitOf(launcher)).toStrictEqual({
      kind: "completed",
      code: 0,
      stderrTail: ["c"],
    });
    expect(lines).toStrictEqual(["a", "b"]);
    expect((await result)?.stdout).toBe("a\nb");
  });

  it("leads a group where it is detached, which a stop ends whole", async () => {
    const faults: unknown[] = [];
    let pid = "";
    const handle = supervise(
      processLauncher(() => execa({ detached: true })`sh -c ${"sleep 1000 & echo $!; wait"}`, {
        killScope: "group",
        readyWhen: () => true,
        stdout: {
          line: (line) => {
            pid = line;
          },
        },
        onFault: (error) => void faults.push(error),
      }),
      { policy: restartOn("permanent") },
    );
    for await (const { type } of handle.events()) if (type === "ready") break;
    expect((await handle.stop()).lastExit).toMatchObject({ kind: "signalled", signal: "SIGTERM" });
    await gone(Number(pid));
    expect(faults).toStrictEqual([]);
  });

  it("speaks and is asked over the channel that execa opens", async () => {
    const child = fileURLToPath(
      new URL("../../packages/child-process/test/fixtures/answers.mjs", import.meta.url),
    );
    const messages: unknown[] = [];
    const handle = supervise(
      processLauncher(() => execa(node, [child], { ipc: true })),
      {
        policy: restartOn("permanent"),
        readiness: "explicit",
        onMessage: (message) => void messages.push(message),
      },
    );
    expect(await handle.request({ do: "add", a: 2, b: 2 })).toBe(4);
    handle.send("hello");
    while (messages.length === 0) await new Promise(setImmediate);
    expect(messages).toStrictEqual([{ heard: "hello" }]);
    await handle.stop();
  });

  it("leaves nothing behind, crash after crash", async () => {
    const launcher = processLauncher(() => execa(node, ["-e", "process.exit(5)"]));
    await exitOf(launcher);
    await new Promise(setImmediate);
    const before = openFiles();
    for (let i = 0; i < 50; i++) expect(await exitOf(launcher)).toMatchObject({ code: 5 });
    await new Promise(setImmediate);
    expect(openFiles()).toBe(before);
  }, 120_000);

  it("that is only promised is refused, and killed as soon as it is there", async () => {
    const pids: number[] = [];
    const forever = () => {
      const { nodeChildProcess } = execa({ reject: false })`sleep 1000`;
      pids.push(Number(nodeChildProcess.pid));
      return nodeChildProcess;
    };
    const factories = [async () => forever(), async () => ({ nodeChildProcess: forever() })];
    for (const factory of factories) {
      expect(() => processLauncher(factory as never).launch(info)).toThrow(
        "a function that returns a ChildProcess",
      );
    }
    await Promise.all(pids.map(gone));
    expect(pids).toHaveLength(2);
  });
});
