// A pool of the threads that a launcher starts: a tree below, the dispatch in between, promises above.

import { isPolicyOptionsError, PolicyOptionsError, restartOn } from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import { joinAbort, leaveAbort, type System } from "@steadfast/supervisor/alarm";
import {
  superviseTree,
  type TreeChildSpec,
  type TreeHandle,
  type TreeOutcome,
} from "@steadfast/supervisor/tree";
import type { PoolStop, RunOptions } from "./options.js";
import { PoolDriver } from "./pool-driver.js";
import { OWNER, type PoolSettings, stopSettings } from "./settings.js";
import { ATTACH } from "./slot-desk.js";
import { type PoolStats, spreadOf } from "./stats.js";

/**
 * A running pool. Its methods can be taken out of it.
 * @since 0.1.0
 */
export interface WorkerPool extends AsyncDisposable {
  /** Asks a thread; rejects where there is no answer. */
  readonly run: <Answer = unknown>(message: unknown, options?: RunOptions) => Promise<Answer>;
  /** Takes nothing new, lets what is open be answered, and then ends the threads. */
  readonly stop: (how?: PoolStop) => Promise<TreeOutcome>;
  /** Settles with true when every thread was ready once; with false if the pool was over before. */
  readonly up: Promise<boolean>;
  /** Settles when the pool is over and no thread is left. Never rejects. */
  readonly outcome: Promise<TreeOutcome>;
  /** What it does now, and has done. */
  readonly stats: () => PoolStats;
  /** Its slots, named `id.1` to `id.n`: status, events, a rolling restart (`roll(id)`), orders to one thread. */
  readonly tree: TreeHandle;
}

/** Starts it. */
export function poolOf(launcher: Launcher, settings: PoolSettings, system: System): WorkerPool {
  const path = (slot: number) => `${settings.id}.${slot + 1}`;
  const driver = new PoolDriver(settings.rules, {
    recycle: (slot, why) => void tree.child(path(slot)).recycle(why),
    rootSlot: () => rootSlot(tree),
    isEnded: () => tree.status().outcome !== null,
  });
  const tree = underOurName(settings, () =>
    superviseTree(specOf(settings, launcher, driver), treeOptions(settings), system),
  );
  for (let slot = 0; slot < settings.rules.slots; slot += 1) {
    void tree.child(path(slot)).request(ATTACH);
  }
  return handleOf(driver, tree, settings);
}

/** What the tree says of an option is said of the pool's. */
function underOurName<Made>({ slot, tree }: PoolSettings, make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!isPolicyOptionsError(error)) throw error;
    const { option, allowed } = error;
    const got = ({ ...slot, ...tree } as Readonly<Record<string, unknown>>)[option];
    throw new PolicyOptionsError(OWNER, option, allowed, got);
  }
}

/** The slots are replicas: each has a launcher of its own, whose requests are the pool's. */
function specOf(
  { id, rules, slot, tree, onMessage }: PoolSettings,
  launcher: Launcher,
  driver: PoolDriver,
) {
  const slotLauncher = (path: string): Launcher => ({
    ...launcher,
    requests: driver.layer(Number(path.slice(id.length + 1)) - 1),
  });
  const { budget } = tree;
  const child = {
    policy: restartOn("permanent"),
    ...slot,
    id,
    replicas: rules.slots,
    readiness: "explicit" as const,
    launcher: slotLauncher,
    ...(onMessage && { onMessage }),
  } as TreeChildSpec;
  return { startFailure: "restart" as const, ...(budget && { budget }), children: [child] };
}

function treeOptions({ id, tree: { onEvent, journal } }: PoolSettings) {
  return { id, ...(onEvent && { onEvent }), ...(journal && { journal }) };
}

/** The slot for which the tree has ended; null where it has not, or was stopped. */
function rootSlot(tree: TreeHandle): number | null {
  const { outcome, children } = tree.status();
  if (!outcome || !("path" in outcome)) return null;
  const slot = children.findIndex(({ id }) => id === outcome.path?.[0]);
  return slot < 0 ? null : slot;
}

function handleOf(
  driver: PoolDriver,
  tree: TreeHandle,
  { signal, rules }: PoolSettings,
): WorkerPool {
  const drained = new Promise<void>((resolve) => {
    driver.onDrained = resolve;
  });
  const up = new Promise<boolean>((resolve) => {
    driver.onUp = () => resolve(true);
    void tree.outcome.then(() => resolve(false));
  });
  driver.onOver = () => void tree.stop();
  const force = () => {
    driver.drop();
    return tree.kill();
  };
  const inOrder = async () => {
    driver.close();
    await Promise.race([drained, tree.outcome]);
    return tree.stop();
  };
  const stop = (how: PoolStop = {}): Promise<TreeOutcome> => {
    const { force: isForced, timeoutMs } = stopSettings(how);
    if (isForced) return force();
    const unset = timeoutMs === null ? null : driver.after(timeoutMs, () => void force());
    return inOrder().finally(() => unset?.());
  };
  const listener = { onAbort: (again: boolean) => void (again ? force() : inOrder()) };
  if (signal?.aborted) void inOrder();
  else if (signal) joinAbort(signal, listener);
  void tree.outcome.then(() => {
    driver.leave();
    if (signal) leaveAbort(signal, listener);
  });
  return {
    run: driver.run.bind(driver) as WorkerPool["run"],
    stop,
    up,
    outcome: tree.outcome,
    stats: () => statsOf(driver, rules.slots),
    tree,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

function statsOf({ dispatch, counts, wait, work }: PoolDriver, threads: number): PoolStats {
  const up = dispatch.slots.filter(({ state }) => state === "up");
  return {
    threads,
    up: up.length,
    idle: up.filter(({ has }) => has.size === 0).length,
    queued: dispatch.queued,
    inFlight: dispatch.inFlight,
    ...counts,
    replaced: { ...counts.replaced },
    waitMs: spreadOf(wait),
    runMs: spreadOf(work),
  };
}
