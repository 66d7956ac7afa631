// A restart loop is five exits within a minute that nobody ordered. It is said loudly, once; from then on
// what repeats is counted, and there is one line per `everyMs`. There is no timer: a line comes with an
// event, and its time is the event's. What would be silent for as long is said at once, with what was
// counted; so is everything that does not repeat.

import type { SupervisorEvent } from "../events.js";
import { durationWords } from "./duration.js";
import { isOrder } from "./event-words.js";
import { type Line, times } from "./line.js";

const EXITS = 5;
const WITHIN_MS = 60_000;
const NONE = { exits: 0, kills: 0, abandoned: 0 };

export interface RestartLoop {
  /**
   * What is to be said of the loop before an event, and whether the event itself is only counted.
   * `words`: how the attempt ended, where it is an exit.
   */
  see(
    event: SupervisorEvent,
    words: string,
  ): { readonly before: Line | null; readonly mute: boolean };
}

export function restartLoop(everyMs: number): RestartLoop {
  /** The last exits, oldest first. */
  let exitedAt: number[] = [];
  /** When it was last spoken of; null while there is no loop. */
  let saidAt: number | null = null;
  let counted = NONE;
  let last = "";

  function count(event: SupervisorEvent): void {
    const { exits, kills, abandoned } = counted;
    if (event.type === "exited") counted = { ...counted, exits: exits + 1 };
    if (event.type === "killing") counted = { ...counted, kills: kills + 1 };
    if (event.type === "abandoned") counted = { ...counted, abandoned: abandoned + 1 };
  }

  /** What was counted, in words; null for nothing. */
  function summary(at: number): Line | null {
    const { exits, kills, abandoned } = counted;
    if (saidAt === null || exits + kills + abandoned === 0) return null;
    const forced = [
      ...(kills > 0 ? [`${kills} killed`] : []),
      ...(abandoned > 0 ? [`${abandoned} abandoned`] : []),
    ];
    const how = forced.length > 0 ? ` (${forced.join(", ")})` : "";
    const more = exits === 1 ? "1 more exit" : `${exits} more exits`;
    const overMs = at - saidAt;
    const text = `restart loop: ${more}${how} in ${durationWords(overMs)}, the last: ${last}`;
    const fields = { ...counted, overMs };
    counted = NONE;
    saidAt = at;
    return { level: "error", text, fields };
  }

  function over(): void {
    exitedAt = [];
    saidAt = null;
    counted = NONE;
  }

  function exited(event: SupervisorEvent, words: string): ReturnType<RestartLoop["see"]> {
    const { at } = event;
    last = words;
    exitedAt = [...exitedAt, at].slice(-EXITS);
    const spanMs = at - (exitedAt[0] ?? at);
    if (exitedAt.length < EXITS || spanMs > WITHIN_MS) {
      const before = summary(at);
      saidAt = null;
      return { before, mute: false };
    }
    if (saidAt === null) {
      saidAt = at;
      const loop = `restart loop: ${times(EXITS, "exit")} in ${durationWords(spanMs)}, the last: ${words}`;
      const text = `${loop}; now one line per ${durationWords(everyMs)}`;
      const fields = { ...NONE, exits: EXITS, overMs: spanMs };
      return { before: { level: "error", text, fields }, mute: true };
    }
    count(event);
    return { before: at - saidAt >= everyMs ? summary(at) : null, mute: true };
  }

  return {
    see(event, words) {
      if (everyMs === 0) return { before: null, mute: false };
      if (event.type === "exited" && !event.ordered) return exited(event, words);
      if (saidAt === null || repeats(event, everyMs)) {
        const mute = saidAt !== null;
        if (mute) count(event);
        return { before: null, mute };
      }
      const before = event.type === "healthy" ? null : summary(event.at);
      if (ends(event)) over();
      return { before, mute: false };
    },
  };
}

/** Whether an event is part of the loop: it comes again and again. */
function repeats(event: SupervisorEvent, everyMs: number): boolean {
  switch (event.type) {
    case "launched":
      return event.cause === "restart";
    case "delayed":
      return event.delayMs < everyMs;
    case "refused":
      return event.retryAfterMs !== null && event.retryAfterMs < everyMs;
    case "stopping":
      return !isOrder(event.reason);
    case "ready":
    case "not-ready":
    case "killing":
    case "abandoned":
    case "stale":
    case "standby-lost":
      return true;
    default:
      return false;
  }
}

/** Whether what comes after an event is another story. */
function ends(event: SupervisorEvent): boolean {
  return event.type === "healthy" || event.type === "reset" || event.type === "stopping";
}
