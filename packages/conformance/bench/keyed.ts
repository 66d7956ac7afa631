// What a step of `keyed` costs, and what a key weighs, beside a Map of the same states. Run by `pnpm
// bench` with --expose-gc, on the built packages. Every key holds one stamp of a window, so none is
// idle; keys are met in an order that a step of a golden ratio makes, so that neighbours are not.

import { keyed } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { sideBySide } from "./side-by-side.ts";

const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;
const budget = slidingWindow({ limit: 3, windowMs: 600_000 });
const GOLDEN = 0.618_033_988_749_895;

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

console.log("     keys  Map ns  keyed ns  ratio  Map B/key  keyed B/key");
for (const keys of [1_000, 10_000, 100_000, 1_000_000]) {
  const names = Array.from({ length: keys }, (_, i) => `key-${i}`);
  const policy = keyed(budget, { maxKeys: 2 * keys });

  const empty = heapBytes();
  const map = new Map<string, ReturnType<typeof budget.initial>>();
  for (const name of names) map.set(name, budget.step(budget.initial(), request, 0)[0]);
  const mapBytes = (heapBytes() - empty) / keys;

  const before = heapBytes();
  let state = policy.initial();
  for (const key of names) state = policy.step(state, { key, event: request }, 0)[0];
  const keyedBytes = (heapBytes() - before) / keys;

  let turn = 0;
  const next = () => {
    turn = (turn + GOLDEN) % 1;
    return names[Math.floor(turn * keys)] ?? "";
  };
  const measured = sideBySide(
    () => {
      const name = next();
      map.set(name, budget.step(map.get(name) ?? budget.initial(), request, 1)[0]);
    },
    () => {
      state = policy.step(state, { key: next(), event: request }, 1)[0];
    },
    5_000,
  );
  console.log(
    String(keys).padStart(9),
    measured.base.toFixed(0).padStart(7),
    measured.ours.toFixed(0).padStart(9),
    measured.ratio.toFixed(1).padStart(6),
    mapBytes.toFixed(0).padStart(10),
    keyedBytes.toFixed(0).padStart(12),
    state.size === keys ? "" : "  (keys were forgotten)",
  );
}
