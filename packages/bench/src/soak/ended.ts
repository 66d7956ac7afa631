// How a life under `supervise` goes on and ends: orders at random, and one of the ways to stop.

import type { SupervisorHandle } from "@steadfast/supervisor";
import type { World } from "./world.ts";

const ORDERS: Readonly<Record<string, (handle: SupervisorHandle) => unknown>> = {
  restart: (handle) => handle.restart({ requester: "soak", reason: "chance" }),
  recycle: (handle) => handle.recycle("chance"),
  unhealthy: (handle) => handle.unhealthy("chance"),
  pause: (handle) => handle.pause(),
  resume: (handle) => handle.resume(),
  reset: (handle) => handle.reset(),
  reload: (handle) => handle.reload(),
  send: (handle) => handle.send({ hello: "world" }),
  snapshot: (handle) => JSON.stringify(handle.snapshot()),
  status: (handle) => handle.status(),
  request: (handle) => handle.request("answer", { timeoutMs: 200 }).catch(() => {}),
};

const ENDS: Readonly<Record<string, (handle: SupervisorHandle) => unknown>> = {
  stop: (handle) => handle.stop(),
  kill: (handle) => handle.kill(),
  dispose: (handle) => handle[Symbol.asyncDispose](),
};

/** Lets it live, gives it orders, ends it. A life that gave up by itself has ended, too. */
export async function livedAndEnded(
  world: World,
  handle: SupervisorHandle,
  abort: () => void,
): Promise<void> {
  const { chance } = world;
  for (let orders = chance.whole(0, 4); orders > 0; orders--) {
    await world.pause(10, 400);
    const name = chance.pick(Object.keys(ORDERS));
    world.count(`order: ${name}`);
    ORDERS[name]?.(handle);
  }
  await Promise.race([handle.outcome, world.span()]);
  const name = chance.pick([...Object.keys(ENDS), "abort"]);
  world.count(`end: ${name}`);
  if (name === "abort") abort();
  else void ENDS[name]?.(handle);
  const { type } = await handle.outcome;
  world.count(`outcome: ${type}`);
}

/** A signal of one life, and what aborts it. */
export function ownSignal(): { readonly signal: AbortSignal; abort(): void } {
  const own = new AbortController();
  const abort = () => own.abort(new Error("chance"));
  return { signal: own.signal, abort };
}
