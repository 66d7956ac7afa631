// A stop is legal whatever a supervised thread is doing, and believed when the thread is seen to be
// gone. The threads are real; the grace period passes when the test says so.

import { execFileSync, spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { backoff } from "@steadfast/backoff";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import { manualSystem } from "@steadfast/supervisor/testing";
import { workerLauncher } from "@steadfast/worker-threads";
import { describe, expect, it } from "vitest";
import { moduleOf, program, workerModule } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { type Stage, stage } from "../adapters/stage.js";

keepsHostQuiet();

const permanent = restartOn("permanent");
const run = (source: string) => workerLauncher(moduleOf(source));
const BUSY = "setInterval(() => {}, 2 ** 30);";

/** What a thread is doing when it is stopped, how it is brought there, and how it ends. */
interface Phase {
  readonly name: string;
  readonly launcher: Launcher<undefined>;
  readonly policy?: RestartPolicy;
  readonly reach?: (on: Stage<undefined>) => unknown;
  /** Whether the grace period has to pass, since its event loop does not turn. */
  readonly deaf?: boolean;
  readonly lastExit: object;
}

const obeyed = { kind: "completed", code: 0 };
const forced = { kind: "cancelled" };
const speaks = 'import { parentPort } from "node:worker_threads"; parentPort.postMessage("now");';

const phases: readonly Phase[] = [
  {
    name: "was launched in this breath",
    launcher: workerLauncher(workerModule("role.mjs")),
    lastExit: obeyed,
  },
  {
    name: "is ready",
    launcher: workerLauncher(workerModule("role.mjs")),
    reach: ({ event }) => event("ready"),
    lastExit: obeyed,
  },
  {
    name: "was launched in this breath and does not listen: without the grace period, since nobody can hear",
    launcher: run(BUSY),
    lastExit: forced,
  },
  {
    name: "spins",
    launcher: run(`${speaks} for (;;);`),
    reach: ({ message }) => message(1),
    deaf: true,
    lastExit: forced,
  },
  {
    name: "blocks",
    launcher: run(`${speaks} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`),
    reach: ({ message }) => message(1),
    deaf: true,
    lastExit: forced,
  },
  {
    name: "waits for a backoff",
    launcher: run("process.exit(3)"),
    policy: backoff({ initialMs: 3_600_000, capMs: 3_600_000 }),
    reach: ({ event }) => event("delayed"),
    lastExit: { kind: "failed", code: 3 },
  },
  {
    name: "is being restarted, and does not listen: likewise",
    launcher: run(`${speaks} ${BUSY}`),
    async reach({ handle, message }) {
      await message(1);
      handle.restart();
    },
    lastExit: forced,
  },
];

describe("a stop ends a thread that", () => {
  it.each(phases.map((phase) => [phase.name, phase] as const))("%s", async (_, phase) => {
    const { launcher, policy = permanent, reach, deaf = false, lastExit } = phase;
    const system = manualSystem();
    const controller = new AbortController();
    const options = {
      policy,
      readiness: "explicit",
      gracePeriodMs: 1_000,
      signal: controller.signal,
    } as const;
    const on = stage(launcher, options, system);
    await reach?.(on);

    const outcome = on.handle.stop();
    if (deaf) {
      await system.advance(999);
      expect(on.handle.status().outcome).toBe(null);
      await system.advance(1);
    }

    expect(await outcome).toStrictEqual({ type: "stopped", by: "stop", lastExit, attempts: 1 });
    expect(on.story().includes("killing")).toBe(deaf);
    expect(system.pendingTimers).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("is believed when the thread is seen to be gone, not before", async () => {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    let mine: Worker | undefined;
    const launcher = workerLauncher(() => {
      mine = new Worker(
        `const { parentPort, workerData } = require("node:worker_threads");
         parentPort.postMessage("now");
         for (;;) Atomics.add(workerData, 0, 1);`,
        { eval: true, workerData: counter },
      );
      return mine;
    });
    const { handle, message } = stage(launcher, { policy: permanent, gracePeriodMs: 0 });
    await message(1);
    await handle.stop();
    const count = Atomics.load(counter, 0);
    expect(mine?.threadId).toBe(-1);
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    expect(Atomics.load(counter, 0)).toBe(count);
  });
});

describe("restart()", () => {
  it("is fenced: the old thread is gone before the new one is launched", async () => {
    const all: Worker[] = [];
    const left: number[][] = [];
    const launcher = workerLauncher(() => {
      left.push(all.map(({ threadId }) => threadId));
      const one = new Worker(workerModule("role.mjs"));
      all.push(one);
      return one;
    });
    const { handle, event } = stage(launcher, { policy: permanent, readiness: "explicit" });
    await event("ready");
    expect(handle.restart()).toBe("queued-after-stop");
    await event("ready", 2);
    expect(left).toStrictEqual([[], [-1]]);
    await handle.stop();
  });
});

describe("a thread that cannot be ended", () => {
  it("is abandoned after the time that it was given, and replaced; the host goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const host = spawn(process.execPath, [program("hosts/stuck-thread.mjs"), pipe], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(host, "exit");
    const facts: unknown[] = [];
    try {
      for await (const line of createInterface(host.stdout)) {
        facts.push(JSON.parse(line));
        // Node itself still waits for the thread, so there is only one way out.
        if (line.includes("event loop")) break;
      }
    } finally {
      host.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
    expect(facts).toStrictEqual([
      "1 launched",
      "1 ready",
      "1 fence",
      "1 stopping",
      "the grace period is not over",
      "1 killing",
      "it is not given up yet",
      "1 abandoned",
      "1 exited",
      "2 launched",
      "2 ready",
      "the second is at work",
      "2 stopping",
      "2 exited",
      "2 ended",
      ["stopped", 2, "completed", 0],
      "the event loop is over",
    ]);
    expect(await exit).toStrictEqual([null, "SIGKILL"]);
  });
});
