// One host of a chaos run: asks as fast as it can, and reports each question. Forked, killed and stopped by the run.

import type { LaunchEvent } from "@steadfast/policy";
import { type Store, type Stored, sharedPolicy } from "@steadfast/stores";
import { ioredisStore, pgStore } from "../clients.ts";
import { chaosPolicy } from "./policy.ts";
import { type Asked, KEY, type Orders } from "./words.ts";

const request: LaunchEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };

/** Reports are sent by so many: a message each would be most of the work. */
const BATCH = 20;

/** Notes when what was decided last was decided, by the store's clock. */
function dated(store: Store) {
  const sent = new Map<string, number>();
  let at: number | null = null;
  const see = (stored: Stored) => {
    const { entry, now } = stored;
    const own = entry && sent.get(entry.revision);
    const saved = entry ? (JSON.parse(entry.value) as { readonly at: number }).at : 0;
    at = own ?? Math.max(Math.floor(now), saved);
    return stored;
  };
  const watched: Store = {
    ...store,
    read: async (key, signal) => see(await store.read(key, signal)),
    async swap(key, expected, next, signal, asOf) {
      sent.set(next.revision, (JSON.parse(next.value) as { readonly at: number }).at);
      const standing = await store.swap(key, expected, next, signal, asOf);
      if (standing) see(standing);
      else at = sent.get(next.revision) ?? null;
      return standing;
    },
  };
  return {
    watched,
    /** Of the question that is over. */
    take() {
      const taken = at;
      at = null;
      sent.clear();
      return taken;
    },
  };
}

/** Writes whatever stands there: what `swap` must not do. */
const blind = (store: Store): Store => ({
  ...store,
  async swap(key, _, next, signal) {
    for (;;) {
      const { entry } = await store.read(key, signal);
      if (!(await store.swap(key, entry?.revision ?? null, next, signal))) return null;
    }
  },
});

async function ask(orders: Orders): Promise<void> {
  const { kind, port } = orders;
  const { store } = await (kind === "redis" ? ioredisStore(port) : pgStore(port, undefined, true));
  const { watched, take } = dated(orders.blind ? blind(store) : store);
  const policy = sharedPolicy(chaosPolicy(orders), watched, KEY, { timeoutMs: 2_000 });
  const never = new AbortController().signal;
  for (;;) {
    const batch: Asked[] = [];
    while (batch.length < BATCH) {
      const decision = await policy.ask([request], never);
      const reason = decision.type === "refuse" ? decision.reason : null;
      const isLost = reason === "store-unreachable";
      const at = take();
      if (isLost) batch.push({ answer: "unreachable", at: null });
      else batch.push({ answer: reason ? "refuse" : "launch", at });
    }
    // A report that was taken is in the history, whatever becomes of this process.
    await new Promise<void>((resolve) => process.send?.(batch, () => resolve()));
  }
}

process.once("message", (orders: Orders) => {
  ask(orders).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.once("disconnect", () => process.exit(0));
