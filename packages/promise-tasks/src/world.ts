// What all retries of one system share: its alarm, and how long tasks may be retried without a turn of the
// event loop. A restart that is due at once happens in a microtask, so that others cannot run in between.

import type { Millis } from "@steadfast/policy";
import { type Alarm, alarmOf, type System } from "@steadfast/supervisor/alarm";

const LONGEST_MS = 5;
/** A clock may stand still. */
const MOST_RESTARTS = 1_000;

export class World {
  readonly system: System;
  readonly alarm: Alarm;
  #turnAt = Number.NEGATIVE_INFINITY;
  #restarts = 0;
  #unreferenced: World | null = null;

  constructor(system: System) {
    this.system = system;
    this.alarm = alarmOf(system);
  }

  /** Whether one more restart may happen before the event loop has its turn. */
  admits(now: Millis): boolean {
    this.#restarts += 1;
    return now - this.#turnAt < LONGEST_MS && this.#restarts <= MOST_RESTARTS;
  }

  /** The event loop has its turn. */
  turned(now: Millis): void {
    this.#turnAt = now;
    this.#restarts = 0;
  }

  /**
   * The same for those that no process is to wait for, where the runtime can say so. It has an alarm of its
   * own, since a timer that some wait for must keep the process.
   */
  get unreferenced(): World {
    this.#unreferenced ??= new World(unreferenced(this.system));
    return this.#unreferenced;
  }
}

const worlds = /* @__PURE__ */ new WeakMap<System, World>();

export function worldOf(system: System): World {
  const known = worlds.get(system);
  if (known) return known;
  const world = new World(system);
  worlds.set(system, world);
  return world;
}

function unreferenced(system: System): System {
  const { timers } = system;
  return {
    clock: () => system.clock(),
    wall: () => (system.wall ? system.wall() : system.clock()),
    random: () => system.random(),
    timers: {
      set(ring, delayMs) {
        const timer = timers.set(ring, delayMs);
        (timer as { unref?(): void } | null)?.unref?.();
        return timer;
      },
      clear: (timer) => timers.clear(timer),
      soon: (ring) => (timers.soon ? timers.soon(ring) : timers.set(ring, 0)),
      works: () => timers.works?.(),
    },
  };
}
