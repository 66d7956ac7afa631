// The stack: one process, some threads, one task, in one tree. Wiring only: which children there are, in
// which order they start (they stop in the reverse one), and who hears what they say.

import { forkLauncher } from "@steadfast/child-process";
import { ledger } from "@steadfast/cli";
import { taskLauncher } from "@steadfast/promise-tasks";
import type { EventListener } from "@steadfast/supervisor";
import {
  superviseTree,
  type TreeHandle,
  type TreeJournalEntry,
  type TreeOutcome,
} from "@steadfast/supervisor/tree";
import { workerLauncher } from "@steadfast/worker-threads";
import type { Strike } from "./chaos.js";
import { Counter } from "./counter.js";
import { countingTask } from "./counting-task.js";
import { Ledger } from "./ledger.js";
import { Library } from "./library.js";
import { serverPolicy, taskPolicy, treeBudget, workerPolicy } from "./policies.js";

export interface StackOptions {
  readonly folder: string;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onEvent: EventListener;
  readonly journal: (entry: TreeJournalEntry, before: unknown) => void;
}

export class Stack {
  readonly ledger = new Ledger();
  /** What is left of each child's budget, and why it was answered as it was. */
  readonly budgets = ledger((id) => this.tree.child(id).policy());
  readonly tree: TreeHandle;
  /** The server, the workers, the task. */
  readonly ids: readonly string[];
  readonly #counters = new Map<string, Counter>();
  #turn = 0;

  constructor({ folder, workers, signal, onEvent, journal }: StackOptions) {
    const library = new Library();
    const workerIds = Array.from({ length: workers }, (_, i) => `worker.${i + 1}`);
    this.ids = ["server", ...workerIds, "task"];
    for (const id of workerIds) {
      this.#counters.set(id, new Counter((order) => this.tree.child(id).send(order) !== false));
    }
    const counters = [...this.#counters.values()];
    this.tree = superviseTree(
      {
        budget: treeBudget(),
        autoShutdown: "any-significant",
        children: [
          {
            id: "server",
            launcher: forkLauncher(new URL("./server.js", import.meta.url), [folder]),
            policy: serverPolicy(),
            readiness: "explicit",
            readyTimeoutMs: 30_000,
            gracePeriodMs: 2_000,
            onMessage: library.onMessage,
          },
          {
            id: "worker",
            replicas: workers,
            launcher: workerLauncher(new URL("./worker.js", import.meta.url), {
              // A small young generation, too: with V8's own it may grow past the limit between two
              // looks, and then it is the host that ends.
              resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
            }),
            policy: workerPolicy(),
            readiness: "explicit",
            readyTimeoutMs: 30_000,
            heartbeatTimeoutMs: 3_000, // a worker that runs out of memory is slow before it ends
            gracePeriodMs: 500,
            onMessage: (message, id) => this.#counters.get(id)?.onMessage(message),
          },
          {
            id: "task",
            launcher: taskLauncher(countingTask(this.ledger, library, counters)),
            restart: "transient",
            significant: true, // when it has counted all, the tree is done
            policy: taskPolicy(),
            gracePeriodMs: 2_000,
          },
        ],
      },
      {
        id: "sample",
        signal,
        journal: both(this.budgets.note, journal),
        onEvent: (event) => {
          if (event.id === "server") library.onEvent(event);
          this.#counters.get(event.id)?.onEvent(event);
          onEvent(event);
        },
      },
    );
  }

  get outcome(): Promise<TreeOutcome> {
    return this.tree.outcome;
  }

  /** Strikes a child. False if none of that kind is up. */
  strike(strike: Strike): boolean {
    switch (strike.on) {
      case "server": {
        const server = this.tree.child("server").status();
        if (server?.status !== "ready" || server.pid === null) return false;
        return process.kill(server.pid, "SIGKILL");
      }
      case "task": {
        const task = this.tree.child("task");
        return task.status()?.status === "ready" && task.send("fail") !== false;
      }
      case "worker": {
        const all = [...this.#counters.values()];
        const victims = all.map((_, i) => all[(this.#turn + i) % all.length]);
        this.#turn++;
        return victims.some((victim) => victim?.strike(strike.how) ?? false);
      }
    }
  }

  /** The host is going down this instant: what would outlive it is killed. */
  killNow(): void {
    const pid = this.tree.child("server").status()?.pid ?? null;
    if (pid !== null) process.kill(-pid, "SIGKILL");
  }
}

type Journal = (entry: TreeJournalEntry, before: unknown) => void;

function both(one: Journal, other: Journal): Journal {
  return (entry, before) => {
    one(entry, before);
    other(entry, before);
  };
}
