// Makers for the launcher suite: launchers of scripted children, with something about them changed.

import { type Launcher, type LaunchInfo, type LiveChild, realSystem } from "../../src/index.js";
import {
  drained,
  type LauncherMakers,
  type ScriptedAttempt,
  scriptedLauncher,
} from "../../src/testing.js";

export const NEVER = Number.POSITIVE_INFINITY;
export const FAILED = { kind: "failed" } as const;

/** What is said before anybody listens. */
export const says = (type: "ready" | "heartbeat") => ({ afterMs: 0, signal: { type } }) as const;

export function makes(plan: ScriptedAttempt): () => Launcher {
  return () => {
    // A fresh script for each child: the suite lets several of them run side by side.
    return { launch: (info) => scriptedLauncher(realSystem, () => plan).launch(info) };
  };
}

/** The first child follows one plan, those after it another: for each launcher anew. */
export function makesEach(first: ScriptedAttempt, others: ScriptedAttempt): () => Launcher {
  return () => {
    let launches = 0;
    return { launch: (info) => makes(launches++ === 0 ? first : others)().launch(info) };
  };
}

/** Launchers of the same children, with something about them changed. */
export function changed(
  make: () => Launcher,
  change: (child: LiveChild, info: LaunchInfo) => Partial<LiveChild>,
): () => Launcher {
  return () => ({
    launch(info) {
      const child = make().launch(info);
      const changes = Object.getOwnPropertyDescriptors(change(child, info));
      return Object.create(child, changes) as LiveChild;
    },
  });
}

/** Tells whether a child is over. */
export function overOf(child: LiveChild): () => boolean {
  let over = false;
  void child.exited.then(() => {
    over = true;
  });
  return () => over;
}

/** Throws when it is called more often before the exit than that, or more often after it. */
export function atMost(
  child: LiveChild,
  before: number,
  after: number,
  run: () => void,
): () => void {
  const isOver = overOf(child);
  const calls = { before: 0, after: 0 };
  return () => {
    calls[isOver() ? "after" : "before"]++;
    if (calls.before > before || calls.after > after) throw new Error("called too often");
    run();
  };
}

/** Some turns of the event loop: fewer than the suite waits for what should not happen. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await drained();
}

const CAUSES: readonly unknown[] = ["start", "restart", "operator"];
const REASONS: readonly unknown[] = ["stop", "restart", "pause"];

/** Launchers that take nothing but what the contract promises them. */
export function strict(plan: ScriptedAttempt): () => Launcher {
  return changed(makes(plan), (child, { id, attempt, generation, cause }) => {
    const isNumbered = attempt >= 1 && generation >= 0;
    if (!id || !isNumbered || !CAUSES.includes(cause)) throw new TypeError("that is no launch");
    return {
      requestStop(reason) {
        if (!REASONS.includes(reason)) throw new TypeError(`${reason} is no reason`);
        child.requestStop(reason);
      },
    };
  });
}

/** Launchers that keep the contract, made by `make`. */
export function keeping(make: (plan: ScriptedAttempt) => () => Launcher): LauncherMakers {
  return {
    completes: make({ runMs: 1 }),
    fails: make({ runMs: 0, exit: FAILED }),
    stopsWhenAsked: make({}),
    ignoresStop: make({ stopMs: NEVER }),
    cannotStart: make({ cannotStart: "ENOENT" }),
    saysReady: make({ says: [says("ready")] }),
    countListeners: () => 0,
    timeoutMs: 5_000,
  };
}
