// What a decision costs, beside the least that could be written by hand. Run by `pnpm bench`, on the
// built packages.
//
// delay: one exit and the restart that follows it, asked of `backoff`, beside a plain function that
// computes the same delay from a counter. pair: the same two steps of
// `allOf(restartOn, slidingWindow, backoff)`, beside the same three written by hand with mutable state.

import { backoff } from "@steadfast/backoff";
import { allOf, type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { sideBySide } from "./side-by-side.ts";

const exit = { kind: "failed" } as const;
const exited = { type: "exited", exit, failed: true, uptimeMs: 5 } as const;
const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;

const INITIAL_MS = 200;
const CAP_MS = 30_000;
const LIMIT = 10;
const WINDOW_MS = 600_000;
const EVERY_MS = 60_001;

const ourBackoff = () => backoff({ initialMs: INITIAL_MS, capMs: CAP_MS, jitter: "full" });

/** An exit and its restart, again and again, as time goes on. */
function steps(policy: RestartPolicy): () => unknown {
  let state = policy.initial();
  let now = 0;
  return () => {
    now += EVERY_MS;
    state = policy.step(state, exited, now)[0];
    const [next, decision] = policy.step(state, request, now);
    state = next;
    return decision;
  };
}

/** The delay after so many failures, and nothing else. */
function plainDelay(): () => unknown {
  let failures = 0;
  return () => {
    failures++;
    return 0.5 * Math.min(CAP_MS, INITIAL_MS * 2 ** (failures - 1));
  };
}

/** A window and a delay, as somebody would write them into a class. */
function plainSupervision(): () => unknown {
  const stamps: number[] = [];
  let failures = 0;
  let now = 0;
  return () => {
    now += EVERY_MS;
    failures++;
    while (stamps.length > 0 && now - (stamps[0] ?? now) >= WINDOW_MS) stamps.shift();
    const [oldest = now] = stamps;
    if (stamps.length >= LIMIT) return { retryAfterMs: oldest + WINDOW_MS - now };
    stamps.push(now);
    return { delayMs: 0.5 * Math.min(CAP_MS, INITIAL_MS * 2 ** (failures - 1)) };
  };
}

const composed = allOf(
  restartOn("transient"),
  slidingWindow({ limit: LIMIT, windowMs: WINDOW_MS }),
  ourBackoff(),
);

console.log("exited + launch        by hand ns  policy ns  ratio");
for (const [name, base, ours] of [
  ["delay (backoff)", plainDelay(), steps(ourBackoff())],
  ["allOf of three", plainSupervision(), steps(composed)],
] as const) {
  const measured = sideBySide(base, ours);
  console.log(
    name.padEnd(22),
    measured.base.toFixed(1).padStart(10),
    measured.ours.toFixed(1).padStart(10),
    measured.ratio.toFixed(1).padStart(6),
  );
}
