import { readArguments, readOptions } from "@steadfast/policy";
import type { System } from "../system.js";
import { drained } from "./drained.js";
import { seededRandom } from "./seeded-random.js";

/**
 * A system whose time moves only when a test says so.
 * @since 0.1.0
 */
export interface ManualSystem extends System {
  /** The present instant. */
  readonly now: number;
  /** The timers that are set: what must be 0 when everything is over. */
  readonly pendingTimers: number;
  /**
   * Moves the time on, ringing every timer on the way at its own instant, and lets promises settle
   * before, between and after. Timers of one instant ring in the order in which they were set.
   */
  advance(ms: number): Promise<void>;
  /** Moves to the next timer and rings it. False if there is none. */
  next(): Promise<boolean>;
  /**
   * Sets the clock without ringing anything. Forwards: the host slept; what became due meanwhile rings
   * late, at the next `settle` or `advance`. Backwards: the clock was set back; timers go on and ring
   * when they would have.
   */
  jump(to: number): void;
  /** Rings what is due now, and lets promises settle. */
  settle(): Promise<void>;
}

/**
 * How a manual system begins.
 * @since 0.1.0
 */
export interface ManualSystemOptions {
  /** The first instant, any finite number. Default 0. */
  readonly now?: number;
  /** Of the random source, any number: the same seed, the same numbers. Default 1. */
  readonly seed?: number;
}

interface Timer {
  at: number;
  readonly callback: () => void;
}

const LONGEST_TIMER = 2 ** 31 - 1;
const MOST_RINGS = 100_000;

/**
 * Makes a manual clock with manual timers and a seeded random source.
 *
 * Decides nothing. Units: milliseconds. Promises settle by one turn of the event loop, without any
 * real timer. Errors: a RangeError for a timer that the real ones would not keep (`delayMs` not whole,
 * negative, or above 2^31-1), for a step in time that is no finite number of at least 0, and when
 * 100 000 timers ring at one instant: a child that ends at once and is restarted at once, forever.
 * What a callback throws is thrown by the call that rang it.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const handle = supervise(launcher, { policy }, system);
 * await system.advance(30 * 24 * 3_600_000);
 * system.now; // => 2_592_000_000
 */
export function manualSystem(options: ManualSystemOptions = {}): ManualSystem {
  readArguments("manualSystem", arguments, 1);
  const read = readOptions("manualSystem", options);
  read.raw("now");
  read.raw("seed");
  read.end();
  let now = finite("now", options.now ?? 0);
  let rings = { at: now, count: 0 };
  const timers = new Set<Timer>();

  function earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  /** Rings the first timer that is due by `limit`. */
  async function ringBy(limit: number): Promise<boolean> {
    const first = earliest();
    if (!first || first.at > limit) return false;
    now = Math.max(now, first.at);
    countRing();
    timers.delete(first);
    first.callback();
    await drained();
    return true;
  }

  function countRing(): void {
    rings = { at: now, count: rings.at === now ? rings.count + 1 : 1 };
    if (rings.count <= MOST_RINGS) return;
    throw new RangeError(`${MOST_RINGS} timers rang at ${now} ms: something restarts forever`);
  }

  async function ringAllBy(limit: number): Promise<void> {
    await drained();
    while (await ringBy(limit));
  }

  return {
    clock: () => now,
    random: seededRandom(options.seed ?? 1),
    timers: {
      set(callback, delayMs) {
        if (!Number.isSafeInteger(delayMs) || delayMs < 0 || delayMs > LONGEST_TIMER) {
          throw new RangeError(`a timer needs a whole delay from 0 to 2^31-1, got ${delayMs}`);
        }
        const timer = { at: now + delayMs, callback };
        timers.add(timer);
        return timer;
      },
      clear: (timer) => {
        timers.delete(timer as Timer);
      },
    },
    get now() {
      return now;
    },
    get pendingTimers() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + finite("ms", ms, 0);
      await ringAllBy(end);
      now = Math.max(now, end);
      await drained();
    },
    async next() {
      await drained();
      return ringBy(Number.POSITIVE_INFINITY);
    },
    jump(to) {
      const back = Math.max(0, now - finite("to", to));
      for (const timer of timers) timer.at -= back;
      now = to;
    },
    settle: () => ringAllBy(now),
  };
}

function finite(name: string, value: number, least = Number.NEGATIVE_INFINITY): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw new RangeError(`manualSystem: ${name} must be a finite time step forwards, got ${value}`);
}
