// A tree of real processes, threads and tasks, with everything that can be watched about it.

import { type ForkLauncherOptions, forkLauncher } from "@steadfast/child-process";
import { taskLauncher } from "@steadfast/promise-tasks";
import type { SupervisorEvent } from "@steadfast/supervisor";
import {
  type SuperviseTreeOptions,
  superviseTree,
  type TreeHandle,
  type TreeSpec,
} from "@steadfast/supervisor/tree";
import { workerLauncher } from "@steadfast/worker-threads";
import { onTestFinished } from "vitest";
import { lives } from "../../adapters/observe.js";
import { program } from "../../adapters/paths.js";

/** A process, a thread, a task: what every test needs of them. */
export const aProcess = (options: ForkLauncherOptions = {}) =>
  ({
    launcher: forkLauncher(program("../real/trees/part.mjs"), [], options),
    readiness: "explicit",
  }) as const;

export const aThread = () =>
  ({
    launcher: workerLauncher(new URL("thread.mjs", import.meta.url)),
    readiness: "explicit",
  }) as const;

/** A task that fails when it is sent "fail", returns when it is sent "done", and waits to be stopped. */
export const aTask = (stopped: () => Promise<void> | void = () => {}) =>
  ({
    launcher: taskLauncher(async ({ signal, ready, onMessage }) => {
      const told = new Promise<void>((resolve, reject) => {
        onMessage((message) => (message === "done" ? resolve() : reject(new Error(`${message}`))));
        signal.addEventListener("abort", () => resolve(stopped()));
      });
      ready();
      await told;
    }),
    readiness: "explicit",
  }) as const;

export interface Orchard {
  readonly tree: TreeHandle;
  /** `+id` for every child that is ready, `-id` for every exit; in order. */
  readonly told: string[];
  readonly events: SupervisorEvent[];
  /** The processes that were ever launched. */
  readonly pids: number[];
  /** Settles with the first event from now on, or kept, that is wanted. */
  event(isIt: (event: SupervisorEvent) => boolean): Promise<SupervisorEvent>;
  /** Settles when the last so many words are these. */
  ends(...words: readonly string[]): Promise<void>;
}

export function orchard(spec: TreeSpec, options: SuperviseTreeOptions = {}): Orchard {
  const told: string[] = [];
  const events: SupervisorEvent[] = [];
  const pids: number[] = [];
  const waiting = new Set<() => void>();
  const tree = superviseTree(spec, {
    ...options,
    onEvent(event) {
      events.push(event);
      if (event.type === "launched" && event.pid !== undefined) pids.push(event.pid);
      if (event.type === "ready") told.push(`+${event.id}`);
      if (event.type === "exited") told.push(`-${event.id}`);
      for (const look of waiting) look();
    },
  });
  onTestFinished(async () => {
    await tree.kill();
    const left = pids.filter(lives);
    for (const pid of left) process.kill(pid, "SIGKILL");
  });

  const until = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  return {
    tree,
    told,
    events,
    pids,
    event: (isIt) => until(() => events.find(isIt)),
    async ends(...words) {
      const wanted = words.join(" ");
      await until(() => (told.slice(-words.length).join(" ") === wanted ? true : undefined));
    },
  };
}
