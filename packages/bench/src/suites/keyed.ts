// What a step of `keyed` costs, and what a key weighs, by the number of keys, beside a Map of the same states.
// No key is idle; keys are met in an order that a step of a golden ratio makes, so that neighbours are not.

import { crashBudget } from "@steadfast/crash-budget";
import { keyed, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { heldBytes, nanosOf } from "../measure.ts";
import type { Figures, Suite, Table } from "../suite.ts";

const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;
const exited = {
  type: "exited",
  exit: { kind: "failed" },
  failed: true,
  uptimeMs: 5,
} as const;
const GOLDEN = 0.618_033_988_749_895;

type Step = typeof request | typeof exited;

interface Member {
  readonly policy: RestartPolicy;
  readonly event: Step;
}

const window: Member = { policy: slidingWindow({ limit: 3, windowMs: 600_000 }), event: request };
const budget: Member = { policy: crashBudget({ retries: 1_000_000 }), event: exited };

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

async function ours({ policy: member, event }: Member, keys: number): Promise<Figures> {
  const { all, next } = names(keys);
  const policy = keyed(member, { maxKeys: 2 * keys });
  const before = await heldBytes();
  let state = policy.initial();
  for (const key of all) state = policy.step(state, { key, event }, 0)[0];
  const bytes = ((await heldBytes()) - before) / keys;
  const ns = nanosOf(() => {
    state = policy.step(state, { key: next(), event }, 1)[0];
  });
  if (state.size !== keys) throw new Error("keys were forgotten");
  return { bytes, ns };
}

async function map({ policy, event }: Member, keys: number): Promise<Figures> {
  const { all, next } = names(keys);
  const before = await heldBytes();
  const states = new Map<string, unknown>();
  for (const key of all) states.set(key, policy.step(policy.initial(), event, 0)[0]);
  const bytes = ((await heldBytes()) - before) / keys;
  const ns = nanosOf(() => {
    const key = next();
    states.set(key, policy.step(states.get(key), event, 1)[0]);
  });
  return { bytes, ns };
}

const shown = (keys: number) => `${keys.toLocaleString("en").replaceAll(",", " ")} keys`;

function table(name: string, title: string, member: Member): Table {
  const candidates = [1_000, 100_000, 1_000_000].flatMap((keys) => [
    [`keyed, ${shown(keys)}`, () => ours(member, keys)] as const,
    [`a Map, ${shown(keys)}`, () => map(member, keys)] as const,
  ]);
  return {
    name,
    title,
    figures: { ns: { unit: "ns CPU", digits: 0 }, bytes: { unit: "B a key", digits: 0 } },
    candidates: Object.fromEntries(candidates),
  };
}

export const suite: Suite = {
  name: "keyed",
  flags: ["--expose-gc"],
  tables: [
    {
      ...table("crash budget", "a crash budget for each key", budget),
      reaches: [
        { candidate: "keyed, 1 000 000 keys", figure: "bytes", atMost: 200 },
        { candidate: "keyed, 1 000 000 keys", figure: "ns", than: "keyed, 1 000 keys", atMost: 8 },
      ],
    },
    table("window", "a window of 3 for each key", window),
  ],
};
