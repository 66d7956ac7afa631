// What hardly ever happens, in words: orders, standbys, and what went wrong in the host itself.

import type { CallbackName, SupervisorEvent } from "../events.js";
import type { Explain } from "./codes.js";
import { errorWords, exitWords, named } from "./exit-words.js";
import { error, good, info, type Line, type Of, SENTENCE, times, warn } from "./line.js";
import { safeText } from "./safe-text.js";

const INTENTS: Readonly<Record<string, string>> = {
  active: "resumed",
  paused: "paused",
  quarantined: "quarantined",
  removed: "removed",
};

export function rareWords(event: SupervisorEvent, explain: Explain): Line | null {
  switch (event.type) {
    case "reset":
      return info("its past is forgiven");
    case "intent":
      return info(INTENTS[event.intent] ?? safeText(String(event.intent), SENTENCE));
    case "fence":
      return fence(event);
    case "stale":
      return event.report === "exited" ? info("ended after all, although it was abandoned") : null;
    case "callback-failed":
      return error(`${callback(event.callback)}: ${errorWords(event.error, explain)}`);
    case "unreadable":
      return warn(`unreadable message: ${errorWords(event.error, explain)}`);
    case "lagged":
      return warn(`${times(event.missed, "event")} missed: the reader was too slow`);
    case "policy-changed":
      return warn(policyChanged(event));
    case "disconnected":
      return warn("disconnected: it cannot be spoken to any more");
    case "held":
      return warn(`held until an operator starts it again: ${named(event.reason, explain)}`);
    case "recycled":
      return info(`replaced as planned: ${named(event.reason, explain)}`);
    case "up":
      return good("all children are up");
    case "added":
      return info(`added: ${safeText(event.kind, SENTENCE)}`);
    case "removed":
      return info("removed");
    case "standby-lost":
      return warn(standbyLost(event, explain));
    default:
      return other(event, explain);
  }
}

function standbyLost({ exit, until }: Of<"standby-lost">, explain: Explain): string {
  const next = until === null ? ", and is not replaced" : "";
  return `a standby ended before it was used${next}: ${exitWords(exit, explain)}`;
}

function policyChanged({ fresh, dropped }: Of<"policy-changed">): string {
  const begin = fresh.length > 0 ? [`new: ${fresh.join(", ")}`] : [];
  const gone = dropped.length > 0 ? [`forgotten: ${dropped.join(", ")}`] : [];
  return `the policy is another one than before; ${safeText([...begin, ...gone].join("; "), SENTENCE)}`;
}

/** What came later than these words: its name, or what that means, and its reason where it has one. */
function other(event: object, explain: Explain): Line {
  const { type, reason } = event as { readonly type: string; readonly reason?: unknown };
  const words = safeText(explain(type) ?? type, SENTENCE);
  return info(typeof reason === "string" ? `${words}: ${named(reason, explain)}` : words);
}

function fence({ decision }: Of<"fence">): Line | null {
  if (decision === "rejected") return warn("restart rejected: it is paused");
  return decision === "blocked-by-shutdown" ? info("restart rejected: it is being stopped") : null;
}

const CALLED_NO_MORE: readonly CallbackName[] = ["listener", "journal", "restartLimit"];

function callback(name: CallbackName): string {
  return `${safeText(name, SENTENCE)} threw${CALLED_NO_MORE.includes(name) ? ", and is not called again" : ""}`;
}
