// For each law a policy with one fault that it, by itself, finds.

import { launch, type RestartPolicy, refuse, restartPolicy } from "@steadfast/policy";
import type { PolicyCheckOptions } from "../../src/index.js";
import {
  CAP_MS,
  LIMIT,
  pauseFor,
  plainPause,
  plainWindow,
  WINDOW_MS,
  windowAsked,
  windowLive,
} from "./plain-policies.js";

export interface Fault {
  readonly law: string;
  readonly fault: string;
  readonly policy: RestartPolicy;
  readonly options?: PolicyCheckOptions;
}

const fault = <State>(
  law: string,
  what: string,
  policy: RestartPolicy<State>,
  options: PolicyCheckOptions = {},
): Fault => ({ law, fault: what, policy, options });

const changed = <State>(policy: RestartPolicy<State>, changes: Partial<RestartPolicy<State>>) => ({
  ...policy,
  ...changes,
});

const INITIAL = 100;

interface Counted {
  readonly count: number;
  readonly windowStart: number | null;
}

/** pm2's rule: only lives shorter than a minimum count, a longer one starts the count anew. */
const unstableOnly = restartPolicy<Counted>({
  name: "unstableOnly",
  describe: { limit: LIMIT, windowMs: WINDOW_MS, timesMs: [WINDOW_MS, 200] },
  initial: () => ({ count: 0, windowStart: null }),
  exited: (state, { uptimeMs }) => ({ ...state, count: uptimeMs < 200 ? state.count + 1 : 0 }),
  launch: (state) => [state, state.count < LIMIT ? launch() : refuse("unstable", null)],
});

function drawnOnce() {
  const drawn = Math.random();
  return plainPause({}, (fails) => pauseFor(fails, drawn));
}

/** Shut until it was made, as its factory has read it. */
function begunNow() {
  const madeAt = Date.now();
  return restartPolicy({
    name: "begun",
    launch: (state, { wall }) => [state, wall < madeAt ? refuse("shut", madeAt - wall) : launch()],
  });
}

let shared = 0;

/** Each that is made counts on from the one before. */
function sharing() {
  const seen = shared++;
  return plainPause({}, (fails) => pauseFor(fails + seen, 0.5));
}

/** It keeps the instant of each event of one type. */
function keeping(type: "launch" | "exited" | "healthy") {
  const keep = (state: readonly number[], of: string, now: number) =>
    type === of ? [...state, now] : state;
  return restartPolicy<readonly number[]>({
    name: "keeping",
    initial: () => [],
    exited: (state, _, now) => keep(state, "exited", now),
    healthy: (state, _, now) => keep(state, "healthy", now),
    launch: (state, _, now) => [keep(state, "launch", now), launch()],
  });
}

function refusing(reason: string) {
  return restartPolicy({
    name: "refusing",
    launch: (state, { cause }) => [state, cause === "start" ? launch() : refuse(reason, null)],
  });
}

export const faults: readonly Fault[] = [
  fault(
    "deterministic",
    "draws for itself",
    plainPause({}, (fails) => pauseFor(fails, Math.random())),
  ),
  fault("made-alike", "its factory has drawn, once for all", drawnOnce(), { make: drawnOnce }),
  fault("made-alike", "its factory has read a clock", begunNow(), { make: begunNow }),
  fault("made-alike", "all that the factory makes share a memory", sharing(), { make: sharing }),
  fault("stays-small", "keeps every launch", keeping("launch")),
  fault("stays-small", "keeps every exit", keeping("exited")),
  fault("stays-small", "keeps every time it was healthy", keeping("healthy")),
  fault("reasons-are-codes", "gives no reason", refusing("")),
  fault("reasons-are-codes", "gives a sentence", refusing("the window is full")),
  fault(
    "reasons-are-codes",
    "puts the wait into the reason",
    restartPolicy({
      name: "open-later",
      launch: (state, _, now) => [
        state,
        now < 5_000 ? refuse(`wait-${5_000 - now}`, 5_000 - now) : launch(),
      ],
    }),
  ),
  fault(
    "deterministic",
    "reads a clock of its own",
    plainWindow({ launch: (state) => windowAsked(state, Date.now()) }),
  ),
  fault(
    "deterministic",
    "keeps a count outside of its state",
    (() => {
      let asked = 0;
      return plainPause({ launch: (state) => [state, launch(++asked)] });
    })(),
  ),
  fault(
    "never-mutates",
    "edits the old state in place",
    plainWindow({
      launch(state, _, now) {
        if (state.stamps.length >= LIMIT) return windowAsked(state, now);
        (state.stamps as number[]).push(now);
        return [state, launch()];
      },
    }),
  ),
  fault(
    "never-mutates",
    "edits the event",
    plainPause({
      launch(state, event) {
        Object.assign(event, { draw: 0 });
        return [state, launch()];
      },
    }),
  ),
  fault("quiet-means-same", "copies", plainWindow({ exited: (state) => ({ ...state }) })),
  fault(
    "json-safe",
    "-Infinity in the initial state",
    restartPolicy({
      name: "never-yet",
      initial: () => ({ lastAt: -Infinity }),
      launch: (state) => [state, launch()],
    }),
  ),
  fault(
    "json-safe",
    "undefined for what is not there",
    plainPause({ healthy: (state) => ({ ...state, healthyAt: undefined }) }),
  ),
  fault(
    "json-safe",
    "a Map",
    restartPolicy({
      name: "map",
      initial: () => new Map([["a", 1]]),
      launch: (state) => [state, launch()],
    }),
  ),
  fault(
    "decisions-without-fault",
    "a wait that is not whole",
    plainWindow({ launch: (state) => [state, refuse("no", 0.5)] }),
  ),
  fault(
    "decisions-without-fault",
    "answers a fact",
    changed(plainWindow(), { step: (state) => [state, launch()] }),
  ),
  fault("survives-json", "starts afresh when read", plainWindow({ parse: () => ({ stamps: [] }) })),
  fault(
    "survives-json",
    "reads with another unit",
    plainPause({ parse: (raw) => ({ ...(raw as { fails: number }), exitedAt: 0 }) }),
  ),
  fault(
    "parse-pulls-back",
    "takes instants to come as they are",
    plainWindow({ parse: (raw) => raw as { stamps: number[] } }),
  ),
  fault(
    "parse-rejects-junk",
    "takes what it is given",
    plainWindow({ parse: (raw) => raw as { stamps: number[] } }),
  ),
  fault(
    "parse-rejects-junk",
    "throws what is no PolicyStateError",
    plainPause({
      parse(raw) {
        const { fails, exitedAt } = raw as { fails: number; exitedAt: number | null };
        if (!Number.isSafeInteger(fails)) throw new Error("bad");
        if (exitedAt !== null && !Number.isSafeInteger(exitedAt)) throw new Error("bad");
        return { fails, exitedAt };
      },
    }),
  ),
  fault(
    "state-of-other-options",
    "throws at more stamps than its limit",
    plainWindow({
      launch(state, _, now) {
        if (state.stamps.length > LIMIT) throw new Error("too many stamps");
        return windowAsked(state, now);
      },
    }),
    {
      variants: {
        limit: plainWindow({ launch: (state, _, now) => windowAsked(state, now, LIMIT + 2) }),
      },
    },
  ),
  fault(
    "describes-itself",
    "a duration that is for ever",
    plainWindow({ describe: { timesMs: [Infinity] } }),
  ),
  fault(
    "total",
    "throws before the epoch",
    plainWindow({
      launch(state, _, now) {
        if (now < 0) throw new Error("negative time");
        return windowAsked(state, now);
      },
    }),
  ),
  fault(
    "total",
    "counts beyond what it can refuse",
    plainPause({
      exited: (state, { uptimeMs }) => ({ ...state, fails: uptimeMs }),
      launch: (state) => [state, refuse("later", state.fails + 1)],
    }),
  ),
  fault(
    "backwards-is-standing-still",
    "waits longer for a clock that goes back",
    plainWindow({
      launch(state, _, now) {
        const [next, answer] = windowAsked(state, now);
        const oldest = state.stamps[0];
        if (answer.type !== "refuse" || oldest === undefined) return [next, answer];
        return [next, refuse("window-full", Math.max(1, oldest + WINDOW_MS - now))];
      },
    }),
  ),
  fault(
    "time-shift",
    "takes the instant 0 for none",
    plainPause({
      launch(state, _, now) {
        const delayMs = state.exitedAt ? Math.max(0, state.exitedAt + 100 - now) : 0;
        return [state, launch(delayMs)];
      },
    }),
  ),
  fault("unit-free", "a shortest delay of 150, whatever the unit", atLeast150(1), {
    scaled: atLeast150,
  }),
  fault(
    "old-events-forgotten",
    "forgets after twice the window",
    plainWindow({
      launch(state, _, now) {
        const stamps = state.stamps.filter((stamp) => now - stamp < 2 * WINDOW_MS);
        if (stamps.length >= LIMIT) return [{ stamps }, refuse("window-full", 1)];
        return [{ stamps: [...stamps, now] }, launch()];
      },
    }),
  ),
  fault("idle-is-honest", "says idle always", plainWindow({ idle: () => true })),
  fault(
    "idle-is-honest",
    "is idle a millisecond too early",
    plainWindow({
      idle: (state, now) => windowLive(state, now + 1).length === 0,
    }),
  ),
  fault(
    "retry-after-exact",
    "a wait that is one too long",
    plainWindow({
      launch(state, _, now) {
        const [next, answer] = windowAsked(state, now);
        if (answer.type !== "refuse") return [next, answer];
        return [next, refuse("window-full", (answer.retryAfterMs ?? 0) + 1)];
      },
    }),
  ),
  fault(
    "retry-after-exact",
    "a hint for the other edge",
    plainWindow({
      launch(state, _, now) {
        const stamps = state.stamps.filter((stamp) => now - stamp <= WINDOW_MS);
        if (stamps.length < LIMIT) return [{ stamps: [...stamps, now] }, launch()];
        return [state, refuse("window-full", Math.max(1, (stamps[0] ?? now) + WINDOW_MS - now))];
      },
    }),
  ),
  fault(
    "never-means-never",
    "says never and means not yet",
    plainWindow({
      launch(state, _, now) {
        const [next, answer] = windowAsked(state, now);
        return [next, answer.type === "refuse" ? refuse("window-full", null) : answer];
      },
    }),
  ),
  fault(
    "refusal-costs-nothing",
    "a refused request prolongs the wait",
    plainWindow({
      launch(state, _, now) {
        const [next, answer] = windowAsked(state, now);
        if (answer.type === "launch") return [next, answer];
        return [{ stamps: [...next.stamps, now] }, answer];
      },
    }),
  ),
  fault(
    "rate-bound",
    "one more than the limit",
    plainWindow({ launch: (state, _, now) => windowAsked(state, now, LIMIT + 1) }),
  ),
  fault(
    "rate-bound",
    "declares a closed window and keeps a half-open one",
    plainWindow({
      describe: {
        options: { edge: "closed" },
        limit: LIMIT,
        windowMs: WINDOW_MS,
        timesMs: [WINDOW_MS],
      },
    }),
  ),
  fault(
    "rate-bound",
    "a window that tumbles",
    restartPolicy<Counted>({
      name: "tumbling",
      describe: { limit: LIMIT, windowMs: WINDOW_MS, timesMs: [WINDOW_MS] },
      initial: () => ({ count: 0, windowStart: null }),
      launch(state, _, now) {
        const { windowStart, count } = state;
        if (windowStart === null || now - windowStart >= WINDOW_MS) {
          return [{ count: 1, windowStart: now }, launch()];
        }
        if (count < LIMIT) return [{ ...state, count: count + 1 }, launch()];
        return [state, refuse("window-full", windowStart + WINDOW_MS - now)];
      },
    }),
  ),
  fault("limit-is-real", "only quick crashes count", unstableOnly),
  fault(
    "limit-is-real",
    "health empties the window",
    plainWindow({ healthy: () => ({ stamps: [] }) }),
  ),
  fault(
    "delay-finite",
    "overflows after many failures",
    plainPause({}, (fails) => INITIAL * 3 ** fails),
  ),
  fault(
    "within-cap",
    "jitter after the cap",
    plainPause({}, (fails, draw) => pauseFor(fails, 1) * (0.5 + draw)),
  ),
  fault(
    "asked-later-is-shorter",
    "the same delay, whenever it is asked",
    plainPause({ launch: (state) => [state, launch(state.fails * 100)] }),
  ),
  fault(
    "monotone-before-jitter",
    "a shift that wraps",
    plainPause({}, (fails, draw) => Math.min(CAP_MS, Math.abs(100 << fails)) * draw),
  ),
  fault(
    "spread-at-cap",
    "the cap after the jitter",
    plainPause({}, (fails, draw) => Math.min(CAP_MS, 100 * 2 ** fails * (1 + draw))),
  ),
  fault("reset-is-fresh", "does not hear a reset", plainWindow({ reset: (state) => state })),
  fault(
    "reset-is-fresh",
    "keeps the failures, forgets the exit",
    plainPause({ reset: ({ fails }) => ({ fails, exitedAt: null }) }),
  ),
  fault(
    "healthy-resets",
    "health takes one failure off",
    plainPause({ healthy: (state) => ({ ...state, fails: Math.max(0, state.fails - 1) }) }),
  ),
  fault("every-option-matters", "a factor that is ignored", withFactor(2), {
    variants: { factor: withFactor(3) },
  }),
  fault(
    "start-never-waits",
    "delays the first start, too",
    plainPause({ launch: (state, { draw }) => [state, launch(100 * draw)] }),
  ),
];

function atLeast150(factor: number): RestartPolicy {
  const delayMs = 100 * factor;
  return plainPause({ describe: { timesMs: [delayMs] } }, (fails) =>
    Math.max(150, delayMs * Math.min(fails, 5)),
  );
}

function withFactor(factor: number): RestartPolicy {
  const describe = { options: { factor }, capMs: CAP_MS, timesMs: [INITIAL, CAP_MS] };
  return plainPause({ describe });
}
