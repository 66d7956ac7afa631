// The twelve stories that every bridge plays: a policy of ours, attempts that run so long and fail or not, and what has
// to become of them: how long each further attempt waits, and how it ends.

import { backoff } from "@steadfast/backoff";
import type { BridgePolicy } from "@steadfast/bridges/p-retry";
import { crashBudget } from "@steadfast/crash-budget";
import { allOf, giveUp, giveUpOn, lifetimeCap, restartOn } from "@steadfast/policy";
import { systemd } from "@steadfast/presets";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";

export interface Story {
  readonly name: string;
  readonly policy: BridgePolicy;
  /** How long each attempt runs and what it fails with, in order; what comes after them succeeds. */
  readonly attempts: readonly (readonly [runMs: number, error: string])[];
  /** How long each further attempt waits. */
  readonly delays: readonly number[];
  /** The same where the engine first sees an attempt when it has failed. Left out: the same. */
  readonly delaysAfterFirstFailure?: readonly number[];
  /** How it ends: it succeeds, or fails with this. */
  readonly end: "succeeds" | string;
  /** By how much the clock jumps after the attempt of this number. */
  readonly jump?: { readonly after: number; readonly byMs: number };
  /** The worker dies after the attempt of this number has ended, before the next is launched. */
  readonly killedAfter?: number;
}

const FAST = { jitter: "none" } as const;
const lost = (times: number, runMs = 1) =>
  Array.from({ length: times }, () => [runMs, "lost"] as const);

export const stories: readonly Story[] = [
  {
    name: "a delay that is always the same",
    policy: backoff({ initialMs: 20, factor: 1, ...FAST }),
    attempts: lost(3),
    delays: [20, 20, 20],
    end: "succeeds",
  },
  {
    name: "a delay that grows, up to its cap",
    policy: backoff({ initialMs: 5, capMs: 15, ...FAST }),
    attempts: lost(4),
    delays: [5, 10, 15, 15],
    end: "succeeds",
  },
  {
    name: "chance is an argument",
    policy: backoff({ initialMs: 20, factor: 1, jitter: "full" }),
    attempts: lost(2),
    delays: [10, 10],
    end: "succeeds",
  },
  {
    name: "a window that is full is the end, if it is given up on",
    policy: giveUp(slidingWindow({ limit: 3, windowMs: 60_000 })),
    attempts: lost(9),
    delays: [0, 0],
    end: "lost",
  },
  {
    name: "a window that is full is waited out",
    policy: slidingWindow({ limit: 2, windowMs: 40 }),
    attempts: lost(2, 5),
    // Launched at 0 and 5: the next may be at 40.
    delays: [0, 30],
    delaysAfterFirstFailure: [0, 35],
    end: "succeeds",
  },
  {
    name: "a preset that ends on a `not yet` ends",
    policy: systemd({ restart: "on-failure", restartMs: 10, startLimitBurst: 2 }),
    attempts: lost(9),
    delays: [10],
    end: "lost",
  },
  {
    name: "so many restarts, ever",
    policy: lifetimeCap({ restarts: 2 }),
    attempts: lost(9),
    delays: [0, 0],
    end: "lost",
  },
  {
    name: "never",
    policy: restartOn("temporary"),
    attempts: lost(1),
    delays: [],
    end: "lost",
  },
  {
    name: "an error that is final, as it was thrown",
    policy: allOf(
      giveUpOn((exit) => exit.kind === "failed" && /fatal/.test(String(exit.error))),
      backoff({ initialMs: 5, factor: 1, ...FAST }),
    ),
    attempts: [...lost(1), [1, "fatal"], ...lost(1)],
    delays: [5],
    end: "fatal",
  },
  {
    name: "a run that was long enough begins again",
    policy: backoff({ initialMs: 5, resetAfterMs: 1_000, ...FAST }),
    attempts: [...lost(2), [1_000, "lost"], ...lost(1)],
    delays: [5, 10, 5, 10],
    end: "succeeds",
  },
  {
    name: "a clock that goes back an hour costs nothing",
    policy: giveUp(crashBudget({ retries: 3, windowMs: 60_000, retryDelayMs: 10 })),
    attempts: lost(4),
    delays: [10, 10, 10],
    end: "lost",
    jump: { after: 1, byMs: -3_600_000 },
  },
  {
    name: "a worker that is killed between an exit and a launch",
    policy: lifetimeCap({ restarts: 2 }),
    attempts: lost(9),
    delays: [0, 0],
    end: "lost",
    killedAfter: 1,
  },
];

/** The world of one story: time that passes when an attempt runs or a delay is over, and what was waited for. */
export class World {
  readonly delays: number[] = [];
  #now = 1_700_000_000_000;
  #attempts = 0;
  readonly story: Story;

  constructor(story: Story) {
    this.story = story;
  }

  readonly clock = (): number => this.#now;
  readonly random = (): number => 0.5;

  /** How many attempts have begun. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The next attempt; its error is the story's. */
  attempt(): string {
    const [runMs, error] = this.story.attempts[this.#attempts] ?? [1, null];
    this.#attempts++;
    this.#now += runMs;
    if (this.story.jump?.after === this.#attempts) this.#now += this.story.jump.byMs;
    if (error !== null) throw new Error(error);
    return "done";
  }

  /** A delay was asked for, and is over. */
  waited(delayMs: number): void {
    this.delays.push(delayMs);
    this.#now += Math.ceil(delayMs);
  }
}

/** One bridge: it plays a story to its end, and answers the result or rejects with the last error. */
export interface Rig {
  play(world: World): Promise<unknown>;
  /** Whether an attempt is first seen when it has failed, so that nobody knows when it began. */
  readonly seesFirstFailure?: boolean;
  /** Whether stories are played side by side: an engine that looks for work now and then. */
  readonly concurrent?: boolean;
}

export function bridgeCases(name: string, rig: Rig): void {
  describe(name, () => {
    const test = rig.concurrent ? it.concurrent : it;
    test.each(stories.map((story) => [story.name, story] as const))("%s", async (_, story) => {
      const world = new World(story);
      const run = () =>
        rig.play(world).then(
          () => "succeeds",
          (error: Error) => error.message,
        );
      const end = await run();
      const own = rig.seesFirstFailure ? story.delaysAfterFirstFailure : undefined;
      expect([world.delays, end]).toEqual([own ?? story.delays, story.end]);
      expect(world.attempts).toBe(story.delays.length + 1);
    });
  });
}
