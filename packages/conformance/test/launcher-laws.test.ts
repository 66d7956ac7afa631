// Our own adapters over the virtual runtime of @steadfast/laws: tasks, and processes whose
// `ChildProcess` is played. A Worker cannot be played: threads act out the named stories, in
// real/launcher-traces.test.ts, as do real processes and tasks.

import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { processLauncher } from "@steadfast/child-process";
import {
  type LauncherAbilities,
  launcherLaws,
  type MakeVirtualLauncher,
  type RawChild,
  type RawEvent,
} from "@steadfast/laws";
import { taskLauncher } from "@steadfast/promise-tasks";
import { describe, it } from "vitest";

/** Tasks that do what raw children do. */
const tasks: MakeVirtualLauncher = (runtime) =>
  taskLauncher(
    (context) =>
      new Promise((resolve, reject) => {
        const raw = runtime.start();
        const words = {
          ready: context.ready,
          "not-ready": context.notReady,
          heartbeat: context.heartbeat,
          message: () => {},
          launched: () => {},
          used: () => {},
          answer: () => {},
          disconnected: () => {},
          unreadable: () => {},
        };
        raw.onEvent((event) => {
          if (event.type === "said") words[event.signal.type]();
          if (event.type !== "exit") return;
          if ("value" in event.end) resolve(event.end.value);
          else reject("error" in event.end ? event.end.error : event.end);
        });
        context.signal.addEventListener("abort", () => raw.ask("stop"));
        context.onMessage((message) => raw.send(message));
      }),
  );

/** A `ChildProcess` as far as an adapter looks at one, over a raw child. */
class PlayedProcess extends EventEmitter {
  readonly pid: number | undefined;
  readonly connected = true;
  readonly stdio = [];
  exitCode: number | null = null;
  signalCode: string | null = null;
  readonly #raw: RawChild;

  constructor(raw: RawChild) {
    super();
    this.#raw = raw;
    this.pid = raw.pid ?? undefined;
    raw.onEvent((event) => this.#hear(event));
  }

  #hear(event: RawEvent): void {
    switch (event.type) {
      case "error":
        return void this.emit("error", event.error);
      case "said": {
        const { signal } = event;
        const message = signal.type === "message" ? signal.message : { steadfast: signal.type };
        return void this.emit("message", message);
      }
      case "exit": {
        this.exitCode = "code" in event.end ? event.end.code : null;
        this.signalCode = "signal" in event.end ? event.end.signal : null;
        return void this.emit("exit", this.exitCode, this.signalCode);
      }
    }
  }

  kill(signal: string): boolean {
    if (signal === "SIGKILL") this.#raw.force();
    else if (signal !== "SIGCONT") this.#raw.ask(signal); // it only lets a stopped process hear
    return true;
  }

  send(message: unknown): boolean {
    this.#raw.send(message);
    return true;
  }

  unref(): void {}
}

const processes: MakeVirtualLauncher = (runtime) =>
  processLauncher(() => new PlayedProcess(runtime.start()) as unknown as ChildProcess);

const ADAPTERS: readonly (readonly [string, MakeVirtualLauncher, LauncherAbilities])[] = [
  [
    "taskLauncher",
    tasks,
    {
      ends: ["value", "error"],
      says: ["ready", "not-ready", "heartbeat"],
      refuses: [],
      forces: false,
    },
  ],
  ["processLauncher", processes, {}],
];

describe.each(ADAPTERS)("%s", (name, make, can) => {
  const laws = launcherLaws(make, { name, can });
  it.each(laws.map((law) => [law.name, law] as const))("%s", async (_, law) => {
    await law.run();
  });
});
