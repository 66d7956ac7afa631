// One step of a window beside one step of a preallocated ring buffer, in the same run: batches of both
// take turns, and the medians are compared. Run by `pnpm bench`, on what was built.
//
// admitting: into an empty window until it is full, again and again · full: every request is refused ·
// sliding: one slot comes free and one is taken · freed n: the step after a silence in which n slots came
// free at once. That step is repeated on the same full state; for the ring it is a step like any other.

import { ring } from "./ring.ts";

const built = new URL("../dist/index.js", import.meta.url).href;
const { slidingWindow } = (await import(built)) as typeof import("../src/index.js");

const WINDOW_MS = 1_000_000;
const BATCH = 20_000;
const ROUNDS = 31;
const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;

interface Pair {
  readonly name: string;
  readonly ring: () => unknown;
  readonly window: () => unknown;
}

function filled(limit: number) {
  const policy = slidingWindow({ limit, windowMs: WINDOW_MS });
  const every = WINDOW_MS / limit;
  const slots = ring(limit, WINDOW_MS);
  let state = policy.initial();
  for (let i = 0; i < limit; i++) {
    state = policy.step(state, request, i * every)[0];
    slots.step(i * every);
  }
  return { policy, every, slots, state };
}

function admitting(limit: number): Pair {
  const { policy, slots } = filled(limit);
  let state = policy.initial();
  let ringNow = 0;
  return {
    name: "admitting",
    ring() {
      ringNow += WINDOW_MS;
      return slots.step(ringNow);
    },
    window() {
      if (state.count === limit) state = policy.initial();
      state = policy.step(state, request, 0)[0];
    },
  };
}

function full(limit: number): Pair {
  const { policy, slots, state } = filled(limit);
  return {
    name: "full",
    ring: () => slots.step(WINDOW_MS - 1),
    window: () => policy.step(state, request, WINDOW_MS - 1),
  };
}

function sliding(limit: number): Pair {
  const { policy, every, slots, state: first } = filled(limit);
  let ringNow = WINDOW_MS;
  let now = WINDOW_MS;
  let state = first;
  return {
    name: "sliding",
    ring() {
      ringNow += every;
      return slots.step(ringNow);
    },
    window() {
      now += every;
      state = policy.step(state, request, now)[0];
    },
  };
}

function freed(limit: number, many: number): Pair {
  const { policy, every, slots, state } = filled(limit);
  const later = WINDOW_MS + (many - 1) * every;
  let ringNow = later;
  return {
    name: `freed ${many}`,
    ring() {
      ringNow += WINDOW_MS;
      return slots.step(ringNow);
    },
    window: () => policy.step(state, request, later),
  };
}

function nanosOf(run: () => unknown): number {
  const from = process.hrtime.bigint();
  for (let i = 0; i < BATCH; i++) run();
  return Number(process.hrtime.bigint() - from) / BATCH;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] as number;
}

console.log("  limit  step          ring ns  window ns  ratio");
for (const limit of [10, 1000, 100_000]) {
  const silences = [...new Set([Math.min(17, limit - 1), limit / 2, limit - 1])];
  const pairs = [admitting, full, sliding].map((pair) => pair(limit));
  for (const pair of [...pairs, ...silences.map((many) => freed(limit, many))]) {
    const ringNanos: number[] = [];
    const windowNanos: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ringNanos.push(nanosOf(pair.ring));
      windowNanos.push(nanosOf(pair.window));
    }
    const [base, ours] = [median(ringNanos), median(windowNanos)];
    const columns = [
      String(limit).padStart(7),
      pair.name.padEnd(13),
      base.toFixed(1).padStart(7),
      ours.toFixed(1).padStart(10),
      (ours / base).toFixed(1).padStart(6),
    ];
    console.log(columns.join(" "));
  }
}
