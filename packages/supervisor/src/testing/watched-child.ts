// A child of the launcher suite with everything that it says, and what a case does with one.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo, LiveChild } from "../launcher.js";
import { within } from "./claim.js";
import type { LauncherMakers, MakeLauncher } from "./launcher-makers.js";

export const FIRST: LaunchInfo = {
  id: "case",
  attempt: 1,
  generation: 0,
  cause: "start",
  failures: 0,
};
/** So many turns of the event loop are long enough for what should not happen. */
export const ROUNDS = 20;

/** A child with everything it said, and whether it is over. */
export interface Watched {
  readonly child: LiveChild;
  readonly exited: Promise<Exit>;
  readonly said: readonly ChildSignal[];
  readonly isOver: () => boolean;
  /** Settles when it has said something. */
  readonly spoke: Promise<void>;
}

export async function start(make: MakeLauncher): Promise<LiveChild> {
  return (await make()).launch(FIRST);
}

export function listen(child: LiveChild): Watched {
  const said: ChildSignal[] = [];
  let over = false;
  let speak: () => void = () => {};
  const spoke = new Promise<void>((resolve) => {
    speak = resolve;
  });
  const exited = child.exited.then((exit) => {
    over = true;
    return exit;
  });
  child.onSignal((signal) => {
    said.push(signal);
    speak();
  });
  return { child, exited, said, spoke, isOver: () => over };
}

/** What the cases share: the makers of an adapter, and the waits that fail after its `timeoutMs`. */
export interface CaseBench {
  readonly makers: LauncherMakers;
  readonly timeoutMs: number;
  /** Launches a child and listens from the same moment on. */
  watch(make: MakeLauncher): Promise<Watched>;
  /** The exit; an error that says `what` was waited for if there is none. */
  endOf(watched: Watched, what: string): Promise<Exit>;
  /** The exit after a request to stop. */
  stopped(watched: Watched): Promise<Exit>;
}

export function caseBench(makers: LauncherMakers): CaseBench {
  const { timeoutMs = 10_000 } = makers;
  const endOf = (watched: Watched, what: string) => within(watched.exited, timeoutMs, what);
  return {
    makers,
    timeoutMs,
    endOf,
    watch: async (make) => listen(await start(make)),
    stopped(watched) {
      watched.child.requestStop("stop");
      return endOf(watched, "the exit after a request to stop");
    },
  };
}
