// The virtual runtime of @steadfast/laws, on which adapters are checked, is checked in turn: the same
// stories are acted out by real processes, threads and tasks, and what happens must be the same.

import {
  launcherTraces,
  type NamedTrace,
  observeTrace,
  virtualLauncher,
  virtualRuntime,
} from "@steadfast/laws";
import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { actingOut, type Kind } from "../adapters/acting-out.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";

keepsHostQuiet();

const KINDS: readonly Kind[] = ["process", "thread", "task"];

const ONCE = "Node tells an exit once, and a promise settles once";
const AT_WILL = "nothing brings it about at will";
const UNREFUSED = "a call of a function is never refused";
const SPEECHLESS = "a task has no words but ready, not-ready and heartbeat";

type Reasons = Partial<Readonly<Record<Kind, string>>>;
const all = (reason: string): Reasons => ({ process: reason, thread: reason, task: reason });

/** What a kind of child cannot do, and why. Every other story is acted out by every kind. */
const CANNOT: Readonly<Record<string, Reasons>> = {
  "cannot-start-thrown": { task: UNREFUSED },
  "cannot-start-emitted": { task: UNREFUSED },
  "cannot-start-then-exit": {
    process: "Node tells no exit of a process that never was",
    task: UNREFUSED,
  },
  "cannot-start-and-stopped": { task: UNREFUSED },
  "launched-again": { task: UNREFUSED },
  "dies-of-a-signal": { thread: "threads get no signals", task: "tasks get no signals" },
  "exit-before-ready": { task: SPEECHLESS },
  "last-words": { task: SPEECHLESS },
  "said-before-anybody-listens": { task: SPEECHLESS },
  "never-exits-and-is-given-up": {
    process: "SIGKILL cannot be ignored",
    thread: "one that is stuck in a system call needs a host of its own: thread-stops.test.ts",
    task: "a kill is its exit: it is given up at once",
  },
  "double-exit": all(ONCE),
  "error-beside-the-exit": all(AT_WILL),
  "error-after-the-exit": all(AT_WILL),
  "late-signals-of-an-old-generation": all(AT_WILL),
};

async function onVirtualTime({ attempts }: NamedTrace): Promise<readonly string[]> {
  const system = manualSystem();
  const scripts = attempts.map(({ child }) => child);
  const launcher = virtualLauncher(virtualRuntime(system, scripts));
  return observeTrace(launcher, { attempts }, { system });
}

describe.each(KINDS)("with a %s it happens as on virtual time:", (kind) => {
  const able = launcherTraces.filter(({ name }) => CANNOT[name]?.[kind] === undefined);

  it.each(able.map((trace) => [trace.name, trace] as const))("%s", async (_, trace) => {
    const seen = await observeTrace(actingOut(kind, trace), trace, { timeoutMs: 50_000 });
    expect(seen).toStrictEqual(await onVirtualTime(trace));
  });
});

describe("what a kind of child cannot do", () => {
  it("is a story that there is", () => {
    const names = launcherTraces.map(({ name }) => name);
    expect(Object.keys(CANNOT).filter((name) => !names.includes(name))).toStrictEqual([]);
  });

  it("is less than what each can", () => {
    const counts = KINDS.map((kind) => {
      const cannot = Object.values(CANNOT).filter((reasons) => reasons[kind] !== undefined).length;
      return [kind, launcherTraces.length - cannot, cannot];
    });
    expect(counts).toMatchInlineSnapshot(`
      [
        [
          "process",
          22,
          6,
        ],
        [
          "thread",
          22,
          6,
        ],
        [
          "task",
          14,
          14,
        ],
      ]
    `);
  });
});
