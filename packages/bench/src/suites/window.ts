// One step of a sliding window beside one step of a preallocated ring, and beside the token bucket of `limiter`.
//
// admit: into an empty window until it is full, again and again · full: every request is refused · slide: one
// slot comes free and one is taken · freed: the step after a silence in which that many slots came free at
// once, repeated on the same full state; for the ring it is a step like any other. `limiter` reads a clock of
// its own, counts no instants and cannot slide; it admits from a bucket that does not run empty.

import { slidingWindow } from "@steadfast/sliding-window";
import { nanosOf } from "../measure.ts";
import { peer } from "../peers.ts";
import { ring } from "../ring.ts";
import { percentile } from "../statistics.ts";
import type { Figures, Reach, Suite, Table } from "../suite.ts";

const WINDOW_MS = 1_000_000;
const LIMITS = [10, 1_000, 100_000];
const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;

function filledRing(limit: number) {
  const slots = ring(limit, WINDOW_MS);
  for (let i = 0; i < limit; i++) slots.step((i * WINDOW_MS) / limit);
  return slots;
}

function filledWindow(limit: number) {
  const policy = slidingWindow({ limit, windowMs: WINDOW_MS });
  let state = policy.initial();
  for (let i = 0; i < limit; i++) state = policy.step(state, request, (i * WINDOW_MS) / limit)[0];
  return { policy, state };
}

/** A ring that takes a slot at every step: each is so much later than the one before. */
function ringEvery(limit: number, stepMs: number): Figures {
  const slots = filledRing(limit);
  let now = WINDOW_MS;
  return {
    ns: nanosOf(() => {
      now += stepMs;
      return slots.step(now);
    }),
  };
}

function ringFull(limit: number): Figures {
  const slots = filledRing(limit);
  return { ns: nanosOf(() => slots.step(WINDOW_MS - 1)) };
}

function admit(limit: number): Figures {
  const policy = slidingWindow({ limit, windowMs: WINDOW_MS });
  let state = policy.initial();
  return {
    ns: nanosOf(() => {
      if (state.count === limit) state = policy.initial();
      state = policy.step(state, request, 0)[0];
    }),
  };
}

function full(limit: number): Figures {
  const { policy, state } = filledWindow(limit);
  return { ns: nanosOf(() => policy.step(state, request, WINDOW_MS - 1)) };
}

function sliding(limit: number): () => unknown {
  const { policy, state: first } = filledWindow(limit);
  let now = WINDOW_MS;
  let state = first;
  return () => {
    now += WINDOW_MS / limit;
    state = policy.step(state, request, now)[0];
  };
}

function freed(limit: number): Figures {
  const { policy, state } = filledWindow(limit);
  const later = WINDOW_MS + ((limit / 2 - 1) * WINDOW_MS) / limit;
  return { ns: nanosOf(() => policy.step(state, request, later)) };
}

/** Single steps of a window that slides. */
function worst(limit: number): Figures {
  const run = sliding(limit);
  nanosOf(run);
  const each: number[] = [];
  for (let i = 0; i < 3 * limit; i++) {
    const from = process.hrtime.bigint();
    run();
    each.push(Number(process.hrtime.bigint() - from));
  }
  const [median, p999] = [percentile(each, 0.5), percentile(each, 0.999)];
  return { median, p999, times: p999 / median };
}

interface Limiter {
  readonly RateLimiter: new (options: {
    readonly tokensPerInterval: number;
    readonly interval: number;
  }) => { tryRemoveTokens(count: number): boolean };
}

async function limiter(full: boolean): Promise<Figures> {
  const { RateLimiter } = (await peer("limiter/dist/esm/index.js")) as Limiter;
  const bucket = new RateLimiter({ tokensPerInterval: full ? 1 : 1e12, interval: 3_600_000 });
  bucket.tryRemoveTokens(1);
  return { ns: nanosOf(() => bucket.tryRemoveTokens(1)) };
}

function reaches(than: Reach["than"] & string, atMost: number, ofLimiter = true): readonly Reach[] {
  const own = { candidate: "slidingWindow", figure: "ns" } as const;
  const reach: Reach = { ...own, than, atMost };
  return ofLimiter ? [reach, { ...own, than: "limiter", atMost: 1.5 }] : [reach];
}

const ns = { ns: { unit: "ns CPU", digits: 1 } };
const shown = (limit: number) => limit.toLocaleString("en").replaceAll(",", " ");

function perLimit(limit: number): readonly Table[] {
  return [
    {
      name: `admit ${limit}`,
      title: `a window of ${shown(limit)} admits`,
      figures: ns,
      candidates: {
        ring: () => ringEvery(limit, WINDOW_MS),
        slidingWindow: () => admit(limit),
        limiter: () => limiter(false),
      },
      reaches: reaches("ring", 30),
    },
    {
      name: `full ${limit}`,
      title: `a window of ${shown(limit)} is full and refuses`,
      figures: ns,
      candidates: {
        ring: () => ringFull(limit),
        slidingWindow: () => full(limit),
        limiter: () => limiter(true),
      },
      reaches: reaches("ring", 20),
    },
    {
      name: `slide ${limit}`,
      title: `a window of ${shown(limit)} slides`,
      figures: ns,
      candidates: {
        ring: () => ringEvery(limit, WINDOW_MS / limit),
        slidingWindow: () => ({ ns: nanosOf(sliding(limit)) }),
      },
      reaches: reaches("ring", 32, false),
    },
    {
      name: `freed ${limit}`,
      title: `half of a window of ${shown(limit)} comes free in one step`,
      figures: ns,
      candidates: {
        ring: () => ringEvery(limit, WINDOW_MS),
        slidingWindow: () => freed(limit),
      },
    },
  ];
}

const byLimit = (run: (limit: number) => Figures) =>
  Object.fromEntries(LIMITS.map((limit) => [shown(limit), () => run(limit)]));

const flat: Reach = { candidate: "100 000", figure: "ns", than: "10", atMost: 1.6 };

export const suite: Suite = {
  name: "window",
  tables: [
    ...LIMITS.flatMap(perLimit),
    {
      name: "admit by limit",
      title: "a window admits, by its limit",
      figures: ns,
      candidates: byLimit(admit),
      reaches: [flat],
    },
    {
      name: "slide by limit",
      title: "a window slides, by its limit",
      figures: ns,
      candidates: byLimit((limit) => ({ ns: nanosOf(sliding(limit)) })),
      reaches: [flat],
    },
    {
      name: "worst",
      title: "single steps of a window of 100 000 that slides",
      figures: {
        median: { unit: "ns", digits: 0 },
        p999: { unit: "ns (99.9th percentile)", digits: 0 },
        times: { unit: "x the median" },
      },
      candidates: { slidingWindow: () => worst(100_000) },
      reaches: [{ candidate: "slidingWindow", figure: "times", atMost: 20 }],
    },
  ],
};
