// The launcher suite, run against every adapter in every form that it has: what the supervisor may
// assume of a child is so for processes, threads and tasks alike.

import { type StdioOptions, spawn } from "node:child_process";
import { Worker } from "node:worker_threads";
import {
  forkLauncher,
  type ProcessOptions,
  processLauncher,
  spawnLauncher,
} from "@steadfast/child-process";
import { taskLauncher } from "@steadfast/promise-tasks";
import { type Launcher, realSystem } from "@steadfast/supervisor";
import {
  type LauncherMakers,
  launcherCases,
  type ScriptedAttempt,
  scriptedLauncher,
} from "@steadfast/supervisor/testing";
import { workerLauncher } from "@steadfast/worker-threads";
import { describe, it } from "vitest";
import { moduleOf, program, workerModule } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";

keepsHostQuiet();

/** Every listener on what all children share. */
function hostListeners(): number {
  return [process, process.stdout, process.stderr]
    .flatMap((emitter) => emitter.eventNames().map((name) => emitter.listenerCount(name)))
    .reduce((sum, count) => sum + count, 0);
}

const shared = { countListeners: hostListeners, timeoutMs: 20_000 };

/** A signal that a process ignores unless it asks for it: a stop that comes to nothing. */
const IGNORED = { stopSignal: "SIGURG" } as const;
const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const saysUp = { readyWhen: (line: string) => line === "up" };
const SLEEP = ["-c", "exec sleep 120"];
const UP_THEN_SLEEP = ["-c", "echo up; exec sleep 120"];

const role = program("children/role.mjs");
/** Its output is a pipe only where somebody reads it. */
const made = (args: readonly string[], options: ProcessOptions = {}) => {
  const stdio: StdioOptions = options.readyWhen ? ["ignore", "pipe", "ignore"] : "ignore";
  const start = () => spawn("sh", args, { detached: true, stdio });
  return processLauncher(start, { killScope: "group", ...options });
};

const untilAborted = (signal: AbortSignal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const BUSY = "setInterval(() => {}, 2 ** 30);";
const worker = workerModule("role.mjs");
const nowhere = workerModule("nowhere.mjs");

/** A fresh script for each child: the suite lets several of them run side by side. */
function scripted(plan: ScriptedAttempt): () => Launcher {
  return () => ({ launch: (info) => scriptedLauncher(realSystem, () => plan).launch(info) });
}

const adapters: readonly (readonly [string, LauncherMakers])[] = [
  [
    "spawnLauncher",
    {
      ...shared,
      completes: () => spawnLauncher("true"),
      fails: () => spawnLauncher("false"),
      stopsWhenAsked: () => spawnLauncher("sh", SLEEP),
      ignoresStop: () => spawnLauncher("sh", SLEEP, IGNORED),
      cannotStart: () => spawnLauncher("/nowhere/program"),
      saysReady: () => spawnLauncher("sh", UP_THEN_SLEEP, { ...quiet, ...saysUp }),
    },
  ],
  [
    "forkLauncher",
    {
      ...shared,
      completes: () => forkLauncher(role, ["completes"]),
      fails: () => forkLauncher(role, ["fails"]),
      stopsWhenAsked: () => forkLauncher(role, ["waits"]),
      ignoresStop: () => forkLauncher(role, ["waits"], IGNORED),
      cannotStart: () => forkLauncher(role, [], { execPath: "/nowhere/node" }),
      saysReady: () => forkLauncher(role, ["ready"]),
    },
  ],
  [
    "processLauncher",
    {
      ...shared,
      completes: () => made(["-c", ":"]),
      fails: () => made(["-c", "exit 3"]),
      stopsWhenAsked: () => made(SLEEP),
      ignoresStop: () => made(SLEEP, IGNORED),
      cannotStart: () => processLauncher(() => spawn("/nowhere/program")),
      saysReady: () => made(UP_THEN_SLEEP, saysUp),
    },
  ],
  [
    "workerLauncher with a URL",
    {
      ...shared,
      completes: () => workerLauncher(moduleOf("")),
      fails: () => workerLauncher(moduleOf("throw new Error('boom')")),
      stopsWhenAsked: () => workerLauncher(worker),
      ignoresStop: () => workerLauncher(moduleOf(BUSY)),
      cannotStart: () => workerLauncher(nowhere),
      saysReady: () => workerLauncher(worker),
    },
  ],
  [
    "workerLauncher with a factory",
    {
      ...shared,
      completes: () => workerLauncher(() => new Worker("", { eval: true })),
      fails: () => workerLauncher(() => new Worker("process.exit(3)", { eval: true })),
      stopsWhenAsked: () => workerLauncher(() => new Worker(worker)),
      ignoresStop: () => workerLauncher(() => new Worker(BUSY, { eval: true })),
      cannotStart: () => workerLauncher(() => new Worker(nowhere)),
      saysReady: () => workerLauncher(() => new Worker(worker)),
    },
  ],
  [
    "taskLauncher",
    {
      ...shared,
      completes: () => taskLauncher(() => "done"),
      fails: () => taskLauncher(() => Promise.reject(new Error("boom"))),
      stopsWhenAsked: () => taskLauncher(({ signal }) => untilAborted(signal)),
      ignoresStop: () => taskLauncher(() => new Promise(() => {})),
      cannotStart: null,
      saysReady: () =>
        taskLauncher(({ signal, ready }) => {
          ready();
          return untilAborted(signal);
        }),
      canForce: false,
    },
  ],
  [
    "scriptedLauncher",
    {
      ...shared,
      completes: scripted({ runMs: 1 }),
      fails: scripted({ runMs: 1, exit: { kind: "failed" } }),
      stopsWhenAsked: scripted({}),
      ignoresStop: scripted({ stopMs: Number.POSITIVE_INFINITY }),
      cannotStart: scripted({ cannotStart: new Error("ENOENT") }),
      saysReady: scripted({ says: [{ afterMs: 0, signal: { type: "ready" } }] }),
    },
  ],
];

describe.each(adapters)("%s keeps the contract of a launcher:", (_, makers) => {
  const cases = launcherCases(makers).map(({ name, run }) => [name, run] as const);
  it.each(cases)("%s", (_, run) => run());
});
