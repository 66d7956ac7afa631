// Days in seconds: supervisions, retries and a tree of promise tasks on virtual time. Tasks run for minutes to
// hours and end in every way, under random compositions whose durations are minutes. What ends is followed by
// the next one. One reading a day.

import { retry, type TaskContext, taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { type ManualSystem, manualSystem } from "@steadfast/supervisor/testing";
import { superviseTree } from "@steadfast/supervisor/tree";
import { heldBytes } from "../measure.ts";
import { Chance } from "./chance.ts";
import { composition, partNames } from "./compositions.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SUPERVISIONS = 12;
const RETRIES = 4;

export interface Day {
  readonly day: number;
  readonly heapMib: number;
  readonly timers: number;
  /** Tasks that are running. */
  readonly alive: number;
  /** Attempts since the beginning. */
  readonly attempts: number;
}

export interface Simulated {
  readonly days: readonly Day[];
  /** How often each part of compositions was used, and how often each thing happened. */
  readonly counts: ReadonlyMap<string, number>;
  /** Left when all were stopped. */
  readonly left: Pick<Day, "timers" | "alive">;
}

class Days {
  readonly system: ManualSystem;
  readonly counts = new Map<string, number>(partNames.map((name) => [name, 0]));
  readonly controller = new AbortController();
  attempts = 0;
  alive = 0;
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.system = manualSystem({ seed });
  }

  readonly count = (what: string): void => {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  };

  get isOver(): boolean {
    return this.controller.signal.aborted;
  }

  policy() {
    return composition(this.#chance, MINUTE_MS, this.count);
  }

  /** Runs until its time is over, or a while after the request to stop. */
  async task(signal: AbortSignal): Promise<void> {
    const { timers } = this.system;
    const chance = this.#chance;
    this.attempts++;
    this.alive++;
    await new Promise<void>((resolve) => {
      const running = timers.set(
        resolve,
        chance.whole(1_000, chance.pick([MINUTE_MS, 2 * HOUR_MS])),
      );
      signal.addEventListener("abort", () => {
        timers.clear(running);
        timers.set(resolve, chance.whole(0, 10_000));
      });
    });
    this.alive--;
    if (chance.happens(0.7)) throw new Error("boom");
  }

  launcher() {
    return taskLauncher(({ signal }: TaskContext) => this.task(signal));
  }

  options() {
    const chance = this.#chance;
    return {
      policy: this.policy(),
      gracePeriodMs: 20_000,
      healthyAfterMs: chance.whole(0, 10 * MINUTE_MS),
      ...(chance.happens(0.3) ? { maxRunMs: chance.whole(MINUTE_MS, HOUR_MS) } : {}),
    };
  }

  /** One after the other, until all is over. */
  async supervisions(): Promise<void> {
    while (!this.isOver) {
      const { signal } = this.controller;
      const onEvent = ({ type }: { readonly type: string }) => this.count(type);
      const options = { ...this.options(), signal, onEvent };
      const { type } = await supervise(this.launcher(), options, this.system).outcome;
      this.count(`supervise: ${type}`);
      await this.pause();
    }
  }

  async retries(): Promise<void> {
    while (!this.isOver) {
      const { signal } = this.controller;
      const options = { policy: this.policy(), signal, attemptTimeoutMs: 3 * HOUR_MS };
      await retry(({ signal: own }) => this.task(own), options, this.system).then(
        () => this.count("retry: worked"),
        () => this.count("retry: failed"),
      );
      await this.pause();
    }
  }

  async trees(): Promise<void> {
    while (!this.isOver) {
      const { signal } = this.controller;
      const child = (id: string) => ({ ...this.options(), id, launcher: this.launcher() });
      const tree = superviseTree(
        {
          strategy: this.#chance.pick(["one-for-one", "rest-for-one", "one-for-all"]),
          budget: slidingWindow({ limit: 30, windowMs: HOUR_MS }),
          children: [child("first"), child("second"), child("third")],
        },
        { signal },
        this.system,
      );
      this.count(`tree: ${(await tree.outcome).type}`);
      await this.pause();
    }
  }

  /** Of a minute; over at once where all is over. */
  pause(): Promise<void> {
    const { signal } = this.controller;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        this.system.timers.clear(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = this.system.timers.set(end, MINUTE_MS);
      signal.addEventListener("abort", end);
    });
  }
}

export async function simulatedDays(count: number, seed: number): Promise<Simulated> {
  const world = new Days(seed);
  const lanes = [
    ...Array.from({ length: SUPERVISIONS }, () => world.supervisions()),
    ...Array.from({ length: RETRIES }, () => world.retries()),
    world.trees(),
  ];
  const days: Day[] = [];
  for (let day = 1; day <= count; day++) {
    await world.system.advance(DAY_MS);
    const heapMib = (await heldBytes()) / 1_048_576;
    const { alive, attempts } = world;
    days.push({ day, heapMib, timers: world.system.pendingTimers, alive, attempts });
  }
  world.controller.abort(new Error("the days are over"));
  await world.system.advance(HOUR_MS);
  await Promise.all(lanes);
  const left = { timers: world.system.pendingTimers, alive: world.alive };
  return { days, counts: world.counts, left };
}
