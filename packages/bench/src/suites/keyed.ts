// What a step of `keyed` costs, and what a key weighs, by the number of keys, beside a Map of the same states.
// No key is idle; keys are met in an order that a step of a golden ratio makes, so that neighbours are not.

import { crashBudget } from "@steadfast/crash-budget";
import { keyed } from "@steadfast/policy";
import { heldBytes, nanosOf } from "../measure.ts";
import type { Figures, Suite } from "../suite.ts";

const exited = {
  type: "exited",
  exit: { kind: "failed" },
  failed: true,
  uptimeMs: 5,
} as const;
const GOLDEN = 0.618_033_988_749_895;

const budget = crashBudget({ retries: 1_000_000 });

function names(keys: number) {
  const all = Array.from({ length: keys }, (_, i) => `key-${i}`);
  let at = 0;
  return {
    all,
    next() {
      at = (at + GOLDEN) % 1;
      return all[Math.floor(at * keys)] ?? "";
    },
  };
}

async function ours(keys: number): Promise<Figures> {
  const { all, next } = names(keys);
  const policy = keyed(budget, { maxKeys: 2 * keys });
  const before = await heldBytes();
  let state = policy.initial();
  for (const key of all) state = policy.step(state, { key, event: exited }, 0)[0];
  const bytes = ((await heldBytes()) - before) / keys;
  const ns = nanosOf(() => {
    state = policy.step(state, { key: next(), event: exited }, 1)[0];
  });
  if (state.size !== keys) throw new Error("keys were forgotten");
  return { bytes, ns };
}

async function map(keys: number): Promise<Figures> {
  const { all, next } = names(keys);
  const before = await heldBytes();
  const states = new Map<string, ReturnType<typeof budget.initial>>();
  for (const key of all) states.set(key, budget.step(budget.initial(), exited, 0)[0]);
  const bytes = ((await heldBytes()) - before) / keys;
  const ns = nanosOf(() => {
    const key = next();
    const state = states.get(key);
    if (state) states.set(key, budget.step(state, exited, 1)[0]);
  });
  return { bytes, ns };
}

const shown = (keys: number) => `${keys.toLocaleString("en").replaceAll(",", " ")} keys`;

const candidates = [1_000, 100_000, 1_000_000].flatMap((keys) => [
  [`keyed, ${shown(keys)}`, () => ours(keys)] as const,
  [`a Map, ${shown(keys)}`, () => map(keys)] as const,
]);

export const suite: Suite = {
  name: "keyed",
  flags: ["--expose-gc"],
  tables: [
    {
      name: "crash budget",
      title: "a crash budget for each key",
      figures: { ns: { unit: "ns CPU", digits: 0 }, bytes: { unit: "B a key", digits: 0 } },
      candidates: Object.fromEntries(candidates),
      reaches: [
        { candidate: "keyed, 1 000 000 keys", figure: "bytes", atMost: 200 },
        { candidate: "keyed, 1 000 000 keys", figure: "ns", than: "keyed, 1 000 keys", atMost: 8 },
      ],
    },
  ],
};
