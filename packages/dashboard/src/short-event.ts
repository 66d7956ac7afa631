// Events and exits as the page gets them: without output and stacks, texts cut. A ring of them is bounded in bytes,
// whatever a child writes.

import type { ErrorRecord, ExitRecord } from "@steadfast/policy";
import type { SupervisorEvent } from "@steadfast/supervisor";
import type { ShortExit, Told } from "./wire.js";

const MOST_CHARACTERS = 200;

export function cut(text: string, most = MOST_CHARACTERS): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

export function shortExit(exit: ExitRecord): ShortExit {
  const { kind } = exit;
  return {
    kind,
    ...("code" in exit && typeof exit.code === "number" ? { code: exit.code } : {}),
    ...("signal" in exit && typeof exit.signal === "string" ? { signal: exit.signal } : {}),
    ...("error" in exit ? { error: shortError(exit.error as ErrorRecord) } : {}),
  };
}

/** `Error: no database`. */
function shortError({ name, message }: ErrorRecord): string {
  return cut(`${name}: ${message}`);
}

export function shortEvent(event: SupervisorEvent, of: string, seq: number): Told {
  const { type } = event;
  switch (type) {
    case "exited":
    case "standby-lost":
      return { ...event, exit: shortExit(event.exit), of, seq };
    case "unreadable":
    case "callback-failed":
      return { ...event, error: shortError(event.error), of, seq };
    case "finding":
      return { ...event, message: cut(event.message), of, seq };
    default:
      return { ...event, of, seq };
  }
}
