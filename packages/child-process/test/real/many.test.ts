// Many attempts, and many children: at the end nothing is left that was not there before.

import { readdirSync, readFileSync } from "node:fs";
import { restartOn } from "@steadfast/policy";
import { type SupervisorHandle, supervise } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import { spawnLauncher } from "../../src/index.js";

const quiet = { stdout: "ignore", stderr: "ignore" } as const;

/** What this process holds, and who is its child, living or not. */
function holdings() {
  const count = (emitter: NodeJS.EventEmitter) =>
    Object.fromEntries(emitter.eventNames().map((name) => [name, emitter.listenerCount(name)]));
  return {
    descriptors: readdirSync("/proc/self/fd").length,
    timers: process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length,
    listeners: [process, process.stdout, process.stderr].map(count),
    children: childrenOf(process.pid),
  };
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      if (!(pid > 0)) return false;
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
      } catch {
        return false;
      }
    });
}

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The handles of children that end are closed in the turns that follow. */
const settled = (before: ReturnType<typeof holdings>) =>
  expect.poll(holdings, { timeout: 20_000 }).toStrictEqual(before);

describe("nothing is left", () => {
  it("of 1 000 attempts that crash", { timeout: 600_000 }, async () => {
    await supervise(spawnLauncher("true", [], quiet), { policy: restartOn("temporary") }).outcome;
    const before = holdings();
    let crashes = 0;
    const handle = supervise(spawnLauncher("sh", ["-c", "echo failed >&2; exit 1"], quiet), {
      policy: restartOn("transient"),
      onEvent({ type }) {
        if (type === "exited" && ++crashes === 1_000) void handle.stop();
      },
    });
    await handle.outcome;
    expect(crashes).toBe(1_000);
    await settled(before);
  });

  it("of 200 children, half of them killed at random, 20 times", { timeout: 600_000 }, async () => {
    const before = holdings();
    const random = dice(14);
    let launched = 0;
    let exited = 0;
    let wanted = 200;
    let reached = () => {};
    const all = (count: number) =>
      new Promise<void>((resolve) => {
        wanted = count;
        reached = resolve;
        if (launched >= wanted) resolve();
      });
    const pids = new Map<string, number>();
    const handles: SupervisorHandle<undefined>[] = Array.from({ length: 200 }, (_, i) =>
      supervise(spawnLauncher("sleep", ["3600"], quiet), {
        id: `child-${i}`,
        policy: restartOn("permanent"),
        onEvent(event) {
          if (event.type === "exited") exited++;
          if (event.type !== "launched") return;
          pids.set(event.id, Number(event.pid));
          if (++launched >= wanted) reached();
        },
      }),
    );
    await all(200);
    let kills = 0;
    for (let round = 0; round < 20; round++) {
      const victims = [...pids.values()].filter(() => random() < 0.5);
      kills += victims.length;
      for (const pid of victims) process.kill(pid, "SIGKILL");
      await all(200 + kills);
    }
    expect({ launched, exited }).toStrictEqual({ launched: 200 + kills, exited: kills });
    expect(kills).toBeGreaterThan(1_500);
    await Promise.all(handles.map((handle) => handle.stop()));
    expect(exited).toBe(launched);
    await settled(before);
  });
});
