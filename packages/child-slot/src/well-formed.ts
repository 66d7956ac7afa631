// The short way: an event that is right is recognised without a reader and without a text. What is not
// recognised here is read by its shape, which decides, and says what is wrong.

import type { SlotEvent } from "./alphabet.js";
import { EXIT_KINDS } from "./exit-kinds.js";
import { isText } from "./shape.js";
import type { LimitView } from "./state.js";

const KINDS: ReadonlySet<unknown> = new Set(EXIT_KINDS);

/** True only for events in which `eventFault` finds nothing wrong. */
export function isWellFormed(event: SlotEvent, lastGeneration: number): boolean {
  if (!isObject(event)) return false;
  switch (event.type) {
    case "launch":
    case "tick":
    case "stop":
    case "kill":
    case "halt":
    case "force":
    case "pause":
    case "quarantine":
    case "remove":
    case "resume":
      return true;
    case "ready":
    case "not-ready":
      return isWhole(event.generation, lastGeneration);
    case "heartbeat":
      return isWhole(event.generation, lastGeneration) && Number.isSafeInteger(event.at);
    case "exited":
      return (
        isWhole(event.generation, lastGeneration) &&
        isObject(event.exit) &&
        KINDS.has(event.exit.kind)
      );
    case "unhealthy":
      return isWhole(event.generation, lastGeneration) && isText(event.reason);
    case "restart":
      return isText(event.requester) && isText(event.reason);
    case "limit":
      return isObject(event.view) && isLimit(event.view);
    default:
      return false;
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isLimit = ({ windowMs, limit, used }: LimitView): boolean =>
  (windowMs === null || isWhole(windowMs)) && isWhole(limit) && isWhole(used);

const isWhole = (value: number, max = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value <= max;
