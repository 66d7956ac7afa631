// Workers that hang, and what becomes of them.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { type WorkerThreadOptions, workerLauncher } from "../../src/index.js";
import { code, start } from "./start.js";

const PULSE = { heartbeatEveryMs: 20 } satisfies WorkerThreadOptions;

/** Runs until the second attempt has begun; answers how the first one ended. */
async function firstEnd(source: string, options: WorkerThreadOptions, heartbeatTimeoutMs: number) {
  const handle = supervise(workerLauncher(code(source), options), {
    policy: restartOn("permanent"),
    heartbeatTimeoutMs,
    gracePeriodMs: 20,
  });
  let exit: unknown;
  await new Promise<void>((resolve) => {
    handle.on((event: SupervisorEvent) => {
      if (event.type === "exited") exit ??= event.exit;
      if (event.type === "launched" && event.attempt === 2) resolve();
    });
  });
  await handle.kill();
  return exit;
}

const STALE = { kind: "unhealthy", reason: "heartbeat-stale", ended: { kind: "cancelled" } };

describe("a worker whose event loop is asked for signs of life", () => {
  it("is found where it hangs before it has said anything", async () => {
    expect(await firstEnd("for (;;);", PULSE, 300)).toMatchObject(STALE);
  });

  it("is found where it hangs later, and where it hangs in an `exit` listener after a throw", async () => {
    expect(await firstEnd("setTimeout(() => { for (;;); }, 50)", PULSE, 300)).toMatchObject(STALE);
    const throws = "process.on('exit', () => { for (;;); }); throw new Error('boom')";
    expect(await firstEnd(throws, PULSE, 300)).toMatchObject({
      ...STALE,
      ended: { kind: "failed", error: { message: "boom" } },
    });
  });

  it("gives one after the other without any help, the first with its launch", async () => {
    const { child, heard, next } = start(code("setInterval(() => {}, 2 ** 30)"), PULSE);
    const beats = [await next(), await next(), await next(), await next()];
    expect(beats).toStrictEqual(Array.from({ length: 4 }, () => ({ type: "heartbeat" })));
    child.kill();
    await child.exited;
    expect(heard.length).toBeGreaterThanOrEqual(4);
  });

  it("is not kept alive by it", async () => {
    const { exited } = start(code(""), PULSE);
    expect(await exited).toStrictEqual({ kind: "completed", code: 0 });
  });
});

describe("a thread that cannot be ended", () => {
  it("is abandoned: an event, a count, and another thread in its place", async () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const path = fileURLToPath(new URL("hosts/abandons.mjs", import.meta.url));
    const host = spawn(process.execPath, [path, pipe], { stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(host, "exit");
    const facts: unknown[] = [];
    try {
      for await (const line of createInterface(host.stdout)) {
        facts.push(JSON.parse(line));
        if (line.includes("over")) break;
      }
    } finally {
      host.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
    expect(facts).toStrictEqual([
      "1 ready",
      "1 stopping",
      "1 killing",
      "1 abandoned",
      { exit: "unhealthy", ended: "abandoned" },
      "2 launched",
      "2 ready",
      { abandoned: 1, attempt: 2 },
      { over: "stopped", abandoned: 1 },
    ]);
    expect(await exit).toStrictEqual([null, "SIGKILL"]);
  });
});
