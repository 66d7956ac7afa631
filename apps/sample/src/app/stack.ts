// The stack: one process, some threads, one task, each under its own supervisor and policy. Wiring
// only: which children exist, which events they get, and in which order they are stopped.

import { forkLauncher } from "@steadfast/child-process";
import type { JournalEntry } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import {
  type EventListener,
  type Outcome,
  type SuperviseOptions,
  type SupervisorHandle,
  supervise,
} from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import type { Strike } from "./chaos.js";
import { Counter } from "./counter.js";
import { countingTask } from "./counting-task.js";
import { Ledger, type Total } from "./ledger.js";
import { Library } from "./library.js";
import { serverPolicy, taskPolicy, workerPolicy } from "./policies.js";

export interface StackOptions {
  readonly folder: string;
  readonly workers: number;
  readonly onEvent: EventListener;
  readonly journal: (child: string, entry: JournalEntry) => void;
}

export class Stack {
  readonly ledger = new Ledger();
  /** The server, the workers, the task. */
  readonly handles: readonly SupervisorHandle[];
  readonly #server: SupervisorHandle;
  readonly #task: SupervisorHandle<Total>;
  readonly #workers: readonly SupervisorHandle[];
  readonly #counters: readonly Counter[];
  #serverPid: number | null = null;
  #turn = 0;

  constructor({ folder, workers, onEvent, journal }: StackOptions) {
    const library = new Library();
    const common = (id: string, own: EventListener) =>
      ({
        id,
        journal: (entry) => journal(id, entry),
        onEvent(event) {
          own(event);
          onEvent(event);
        },
      }) satisfies Partial<SuperviseOptions>;

    this.#server = supervise(forkLauncher(new URL("./server.js", import.meta.url), [folder]), {
      ...common("server", (event) => {
        if (event.type === "launched") this.#serverPid = event.pid ?? null;
        if (event.type === "exited") this.#serverPid = null;
        library.onEvent(event);
      }),
      policy: serverPolicy(),
      readiness: "explicit",
      readyTimeoutMs: 30_000,
      gracePeriodMs: 2_000,
      onMessage: library.onMessage,
    });

    this.#counters = Array.from({ length: workers }, () => new Counter());
    this.#workers = this.#counters.map((counter, i) => {
      const launcher = workerLauncher(new URL("./worker.js", import.meta.url), {
        // A small young generation, too: with V8's own it may grow past the limit between two looks,
        // and then it is the host that ends.
        resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
      });
      const handle = supervise(launcher, {
        ...common(`worker-${i + 1}`, counter.onEvent),
        policy: workerPolicy(),
        readiness: "explicit",
        readyTimeoutMs: 30_000,
        heartbeatTimeoutMs: 2_000,
        gracePeriodMs: 500,
        onMessage: counter.onMessage,
      });
      counter.supervisedBy(handle);
      return handle;
    });

    this.#task = supervise(taskLauncher(countingTask(this.ledger, library, this.#counters)), {
      ...common("task", () => {}),
      policy: taskPolicy(),
      gracePeriodMs: 2_000,
    });
    this.handles = [this.#server, ...this.#workers, this.#task];
  }

  /** The task's outcome; or that of another child, if it ends although it should run forever. */
  get outcome(): Promise<{ readonly id: string; readonly outcome: Outcome }> {
    return Promise.race(
      this.handles.map(async (handle) => ({
        id: handle.status().id,
        outcome: await handle.outcome,
      })),
    );
  }

  /** Strikes a child. False if none of that kind is up. */
  strike(strike: Strike): boolean {
    switch (strike.on) {
      case "server":
        if (this.#serverPid === null || this.#server.status().status !== "ready") return false;
        return process.kill(this.#serverPid, "SIGKILL");
      case "task":
        return this.#task.status().status === "ready" && this.#task.send("fail");
      case "worker": {
        const { length } = this.#counters;
        const victims = this.#counters.map((_, i) => this.#counters[(this.#turn + i) % length]);
        this.#turn++;
        return victims.some((victim) => victim?.strike(strike.how) ?? false);
      }
    }
  }

  /** Stops everybody: first who asks, then who counts, then who serves. */
  async stop(): Promise<void> {
    await this.#task.stop();
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.#server.stop();
  }

  /** The host is going down this instant: what would outlive it is killed. */
  killNow(): void {
    if (this.#serverPid !== null) process.kill(-this.#serverPid, "SIGKILL");
  }
}
