// After the exit: see the rest of the group out, read what is left in the pipes, give back what was taken.
// In this order: while a member of the group lives, the pipes may still fill.

import type { ChildProcess } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import { streamsOf } from "./child-streams.js";
import { holdReserve } from "./descriptor-reserve.js";
import { drain } from "./drain.js";
import type { Lineage } from "./escapees.js";
import { holdLifeline } from "./lifeline.js";
import type { OutputReader } from "./output-reader.js";
import { explained, settledWith } from "./own-timeout.js";
import { withStderrTail, withSteps } from "./process-exit.js";
import { processGroup } from "./process-group.js";
import { startTimeOf } from "./process-table.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import type { StopPlan } from "./stop-plan.js";
import type { Stopping } from "./stopping.js";
import { sweep } from "./sweep.js";
import { withEscapees } from "./with-escapees.js";

/** A child that is there, and what is to be cleared away after it. */
export interface Remains {
  readonly child: ChildProcess;
  /** Whether this package started it, and so closes its streams and its channel. */
  readonly ours: boolean;
  /** What all that it has started have in their environment, where that is known. */
  readonly mark?: string | undefined;
  /** Its own promise, which knows whether a library has ended it. */
  readonly promise: Promise<unknown> | null;
  readonly plan: StopPlan;
  readonly settings: ProcessSettings;
  /** How the rest of its group is dealt with. */
  readonly orders: Stopping;
  readonly output: OutputReader;
  /** Grows with every piece that was read. */
  readonly received: () => number;
  /** Takes the listeners off. */
  readonly forget: () => void;
}

/** The work of clearing away. */
export interface Clearance {
  /**
   * The child is watched: what clearing away will need is kept back for it. Answers when its process was started, as the
   * system says it; null where it cannot be seen.
   */
  began(): string | null;
  /** Does it all, once the child itself has ended so. Errors: none. */
  run(exit: Exit<undefined>): void;
  /** The exit that is reported, when all is done. */
  readonly exited: Promise<Exit<undefined>>;
  /** How long that has taken, or takes already. */
  lingeredMs(): number;
  /** The mood has changed: the next look is now. */
  hurry(): void;
  /** From now on it does not keep this process alive. */
  abandon(): void;
}

/** How long an exit waits for others: a disk that does not answer, a library that has not said yet what it has done. */
const LONGEST_OTHERS_MS = 1_000;

const nextTurn = () => new Promise<void>(setImmediate);

export function clearance(remains: Remains): Clearance {
  const { child, output } = remains;
  const { onFault, sweepGraceMs: graceMs } = remains.settings;
  const { mood, owed } = remains.orders;
  const { pid } = child;
  const sweeps = remains.plan.sweep && pid !== undefined;
  let lineage: Lineage | null = null;
  let release = () => {};
  let settle: (exit: Promise<Exit<undefined>>) => void;
  const exited = new Promise<Exit<undefined>>((resolve) => {
    settle = resolve;
  });
  let abandoned = false;
  let endedAt = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let wake = () => {};

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
      wake = resolve;
      if (abandoned) timer.unref();
    });
  }

  /** The exit, and whether the rest had to be killed; `abandoned` if a member of the group cannot be ended. */
  async function swept(exit: Exit<undefined>): Promise<Exit<undefined>> {
    if (!sweeps) return exit;
    const before = mood();
    const rest = await sweep(processGroup(pid), { mood, owed, graceMs, pause });
    if (rest === "left") {
      onFault(new Error(`process group ${pid} cannot be ended`, { cause: exit }));
      return { kind: "abandoned" };
    }
    if (rest === "unseen") return { ...exit, rest: "unverified" };
    // Where all were killed with their leader, there was no rest.
    return rest === "killed" && before !== "forced" ? { ...exit, rest: "killed" } : exit;
  }

  /** Closes what is ours, except what others still write to: they would die of it. */
  function close(): Promise<unknown> | null {
    const { left, stored } = output.close();
    remains.forget();
    if (!remains.ours) return stored;
    for (const stream of streamsOf(child)) if (!left.has(stream)) stream.destroy();
    if (child.connected) child.disconnect();
    return stored;
  }

  async function cleared(exit: Exit<undefined>): Promise<Exit<undefined>> {
    const left = withSteps(await swept(exit), remains.orders.done());
    remains.orders.over();
    const told = lineage ? await withEscapees(left, lineage, mood() === "firm", onFault) : left;
    release();
    output.holdBackNoMore();
    await drain(remains.received, nextTurn);
    const tail = output.tail();
    const stored = close();
    if (stored) await first(stored);
    const all = withStderrTail(told, tail);
    const { promise } = remains;
    if (!promise || all.kind !== "signalled" || mood() !== "firm") return all;
    return explained(all, await first(settledWith(promise)));
  }

  /** What others have to do or say, unless that takes too long. */
  async function first(others: Promise<unknown>): Promise<unknown> {
    const done = await Promise.race([others, pause(LONGEST_OTHERS_MS)]);
    clearTimeout(timer);
    return done;
  }

  return {
    began() {
      const startTime = pid === undefined ? null : startTimeOf(pid);
      const { mark } = remains;
      if (sweeps && mark !== undefined && startTime !== null) lineage = { mark, pid, startTime };
      const releases = [watched(remains, startTime), ...(sweeps ? [holdReserve()] : [])];
      release = () => {
        for (const one of releases) one();
      };
      return startTime;
    },
    exited,
    run(exit) {
      endedAt = performance.now();
      settle(cleared(exit));
    },
    lingeredMs: () => Math.max(0, performance.now() - endedAt),
    hurry() {
      clearTimeout(timer);
      wake();
    },
    abandon() {
      abandoned = true;
      remains.orders.over();
      timer?.unref();
    },
  };
}

/** Has the child ended, should this host end first. On Linux one that is gone already has no start time. */
function watched({ child, plan, settings }: Remains, startTime: string | null): () => void {
  const { pid } = child;
  const { platform } = process;
  const isThere = platform !== "linux" || startTime !== null;
  if (!settings.lifeline || pid === undefined || platform === "win32" || !isThere) return () => {};
  return holdLifeline(pid, plan.sweep ? "g" : "p", startTime, settings.onFault);
}
