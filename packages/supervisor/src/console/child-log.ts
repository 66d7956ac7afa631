// What is said of one child, event by event: its own line, unless it is routine or part of a loop, and
// before it what is to be said of the loop.

import type { SupervisorEvent } from "../events.js";
import type { Explain } from "./codes.js";
import { eventWords, type Seen } from "./event-words.js";
import { exitWords } from "./exit-words.js";
import type { Line } from "./line.js";
import { restartLoop } from "./restart-loop.js";

export interface Said extends Line {
  /** The event that it is about, or `restart-loop`. */
  readonly name: string;
}

/** What is to be said, in order. */
export type ChildLog = (event: SupervisorEvent) => readonly Said[];

const NOTHING_SEEN: Seen = { launchedAt: null, stoppingAt: null, failed: false, exits: 0 };

export function childLog(explain: Explain, everyMs: number): ChildLog {
  const loop = restartLoop(everyMs);
  let seen = NOTHING_SEEN;

  return (event) => {
    const words = event.type === "exited" ? exitWords(event.exit, explain) : "";
    const { before, mute } = loop.see(event, words);
    const own = mute ? null : eventWords(event, seen, explain);
    seen = after(seen, event);
    return [
      ...(before ? [{ ...before, name: "restart-loop" }] : []),
      ...(own ? [{ ...own, name: event.type }] : []),
    ];
  };
}

function after(seen: Seen, event: SupervisorEvent): Seen {
  switch (event.type) {
    case "launched":
      return { ...seen, launchedAt: event.at, stoppingAt: null };
    case "stopping":
      return { ...seen, stoppingAt: event.at };
    case "exited":
      return { ...seen, failed: event.failed, exits: seen.exits + (event.ordered ? 0 : 1) };
    case "healthy":
    case "reset":
      return { ...seen, exits: 0 };
    default:
      return seen;
  }
}
