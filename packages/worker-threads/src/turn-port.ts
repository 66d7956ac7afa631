// The port to the preload of a worker: it answers when the worker's event loop turns, whatever its code does. A turn
// is a sign of life that needs no help of the worker's.

import type { MessagePort } from "node:worker_threads";
import type { Turn } from "./wire.js";

export interface TurnPort {
  /** The worker is launched: from now on it is asked for signs of life. */
  begin(): void;
  /** The preload is there. */
  open(port: MessagePort): void;
  /** Asks for a turn; nothing before the preload is there. */
  ask(turn: Turn): void;
  /** The event loop has turned for a sign of life. */
  pulsed(): void;
  close(): void;
}

/**
 * With `everyMs`, `beat` is called when it begins, so that a worker that never turns is found, too, and then for every turn; the next one
 * is asked for that much later. The timer keeps nothing alive.
 */
export function turnPort(everyMs: number | null, beat: () => void): TurnPort {
  let port: MessagePort | null = null;
  let timer: NodeJS.Timeout | undefined;
  let hasBegun = false;
  const ask = (turn: Turn) => port?.postMessage(turn);
  return {
    begin() {
      if (everyMs === null || hasBegun) return;
      hasBegun = true;
      beat();
      ask("pulse");
    },
    open(given) {
      port ??= given;
      if (hasBegun) ask("pulse");
    },
    ask,
    pulsed() {
      if (everyMs === null || port === null || !hasBegun) return;
      beat();
      clearTimeout(timer);
      timer = setTimeout(ask, everyMs, "pulse").unref();
    },
    close() {
      clearTimeout(timer);
      port?.close();
      port = null;
    },
  };
}
