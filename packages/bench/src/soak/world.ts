// What all lives of a run share: chance, the signal that ends it, what they count, and the processes they start.
// A life is one stretch of supervision, from its begin to its end, with the faults that chance chooses.

import { getEventListeners } from "node:events";
import type { RestartPolicy } from "@steadfast/policy";
import type { SupervisorEvent } from "@steadfast/supervisor";
import type { Chance } from "./chance.ts";
import { composition, partNames } from "./compositions.ts";
import type { ProcessesOfOurs } from "./processes-of-ours.ts";

/** What durations of policies are multiples of. */
const UNIT_MS = 40;

export type Life = (world: World) => Promise<void>;

export class World {
  /** Aborted at the very end: every life of the run may hang on it, and none may stay there. */
  readonly controller = new AbortController();
  readonly counts = new Map<string, number>(partNames.map((name) => [name, 0]));
  /** Lives that go on, by a number of their own, with when they began. */
  readonly lives = new Map<number, string>();
  /** Errors that nobody handled, and those that ended a life; the first twenty. */
  readonly errors: string[] = [];
  isOver = false;
  #born = 0;

  readonly chance: Chance;
  readonly processes: ProcessesOfOurs;
  readonly mark: string;

  constructor(chance: Chance, processes: ProcessesOfOurs, mark: string) {
    this.chance = chance;
    this.processes = processes;
    this.mark = mark;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  policy(): RestartPolicy {
    return composition(this.chance, UNIT_MS, (part) => this.count(part));
  }

  failed(what: string, error: unknown): void {
    this.count(`failed: ${what}`);
    const text = error instanceof Error ? (error.stack ?? error.message) : typeof error;
    if (this.errors.length < 20) this.errors.push(`${what}: ${text}`);
  }

  /** Counts events, and remembers processes. */
  readonly onEvent = (event: SupervisorEvent): void => {
    this.count(event.type);
    if (event.type === "launched" && event.pid) this.processes.remember(event.pid);
  };

  /** How long a life lasts. */
  span(): Promise<void> {
    const ms = this.chance.whole(100, 2_000);
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  pause(lowMs: number, highMs: number): Promise<void> {
    const ms = this.chance.whole(lowMs, highMs);
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  listeners(): number {
    const names = process.eventNames();
    const own = names.reduce((sum, name) => sum + process.listenerCount(name), 0);
    return own + getEventListeners(this.controller.signal, "abort").length;
  }

  /** One life after the other, until the run is over. */
  async lane(name: string, life: Life): Promise<void> {
    while (!this.isOver) {
      const number = this.#born++;
      this.lives.set(number, name);
      try {
        await life(this);
        this.count(`life: ${name}`);
      } catch (error) {
        this.failed(`life: ${name}`, error);
      } finally {
        this.lives.delete(number);
      }
    }
  }
}
