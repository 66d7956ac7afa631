// What an event says to a person; null where it is routine. A line stands for itself: it does not
// need the one before it to be understood.

import type { CallbackName, SupervisorEvent } from "../events.js";
import type { Explain } from "./codes.js";
import { durationWords } from "./duration.js";
import { errorWords, exitWords, named } from "./exit-words.js";
import { safeText } from "./safe-text.js";

/**
 * How much a line matters. `info`: as it should be. `warn`: something failed, and it is taken care of.
 * `error`: a restart loop, a kill, a child that was given up, or the end of the restarts.
 */
export type LogLevel = "info" | "warn" | "error";

export interface Line {
  readonly level: LogLevel;
  readonly text: string;
  /** Good news. */
  readonly good?: boolean;
  /** Numbers for machines, beyond those of the event. */
  readonly fields?: Readonly<Record<string, number>>;
}

/** What is remembered of a child, to say how long something took and what it followed. */
export interface Seen {
  readonly launchedAt: number | null;
  readonly stoppingAt: number | null;
  /** Whether its last exit was a failure. */
  readonly failed: boolean;
  /** Exits that nobody ordered, since it was last healthy. */
  readonly exits: number;
}

type Of<Type extends SupervisorEvent["type"]> = Extract<SupervisorEvent, { readonly type: Type }>;

const info = (text: string): Line => ({ level: "info", text });
const good = (text: string): Line => ({ level: "info", text, good: true });
const warn = (text: string): Line => ({ level: "warn", text });
const error = (text: string): Line => ({ level: "error", text });

const LONG_DELAY_MS = 1_000;
const SENTENCE = 240;

export function eventWords(event: SupervisorEvent, seen: Seen, explain: Explain): Line | null {
  switch (event.type) {
    case "finding":
      return warn(`its policy: ${finding(event)}`);
    case "launched":
      return info(launched(event));
    case "ready":
      return seen.launchedAt === event.at ? null : good(`ready${since(seen.launchedAt, event.at)}`);
    case "not-ready":
      return warn("not ready any more");
    case "healthy":
      return seen.exits === 0 ? null : good(`healthy again after ${times(seen.exits, "exit")}`);
    case "exited":
      return exited(event, explain);
    case "delayed":
      if (event.delayMs < LONG_DELAY_MS) return null;
      return info(
        `${event.attempt === 0 ? "start" : "restart"} in ${durationWords(event.delayMs)}`,
      );
    case "refused":
      return refused(event, seen, explain);
    case "stopping":
      return stopping(event, explain);
    case "killing":
      return error(killing(event, seen));
    case "abandoned":
      return error("abandoned: it did not end when it was killed, and may still be running");
    case "ended":
      return ended(event);
    default:
      return rare(event, explain);
  }
}

/** `1 exit`, `2 exits`. */
export const times = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? "" : "s"}`;

const since = (from: number | null, to: number): string =>
  from === null ? "" : ` after ${durationWords(to - from)}`;

function finding({ code, message, fix }: Of<"finding">): string {
  const said = `${safeText(message, SENTENCE)} (${safeText(code, SENTENCE)})`;
  return fix === undefined ? said : `${said}; ${safeText(fix, SENTENCE)}`;
}

/** Without a process id nobody knows yet whether it will be there. */
function launched({ cause, attempt, pid }: Of<"launched">): string {
  const done = pid === undefined ? "starting" : "started";
  const process = pid === undefined ? "" : ` (pid ${pid})`;
  if (cause === "start") return `${done}${process}`;
  const how = cause === "operator" ? `${done} by an operator` : `re${done}`;
  return `${how}, attempt ${attempt}${process}`;
}

function exited({ exit, failed, uptimeMs, ordered }: Of<"exited">, explain: Explain): Line {
  const words = exitWords(exit, explain);
  if (exit.kind === "spawn-failed") return { level: failed ? "warn" : "info", text: words };
  const after = `after ${durationWords(uptimeMs)}`;
  return failed && !ordered ? warn(`failed ${after}: ${words}`) : info(`ended ${after}: ${words}`);
}

/** Reasons that mean "it is done" after an exit that did not fail: the end says so. */
const DONE: readonly string[] = ["not-wanted", "stop-when"];

function refused(
  { reason, retryAfterMs, attempt }: Of<"refused">,
  { failed }: Seen,
  explain: Explain,
): Line | null {
  const what = attempt === 0 ? "not started" : "not restarted";
  const why = named(reason, explain);
  if (retryAfterMs !== null) {
    return warn(`${what} yet: ${why}, possible in ${durationWords(retryAfterMs)}`);
  }
  return DONE.includes(reason) && !failed && attempt > 0 ? null : error(`${what} any more: ${why}`);
}

const OPERATORS: Readonly<Record<string, string>> = {
  stop: "",
  halt: "",
  force: "",
  restart: ", to be started again",
  pause: ", for a pause",
  quarantine: ", for quarantine",
  remove: ", to be removed",
};

/** Whether an attempt is ended by an order, not for its own fault. */
export const isOrder = (reason: string): boolean => Object.hasOwn(OPERATORS, reason);

function stopping({ reason }: Of<"stopping">, explain: Explain): Line {
  if (isOrder(reason)) return info(`asked to stop${OPERATORS[reason]}`);
  return warn(`asked to stop: ${safeText(explain(reason) ?? reason, SENTENCE)}`);
}

function killing({ at }: SupervisorEvent, { stoppingAt }: Seen): string {
  if (stoppingAt === null || stoppingAt >= at) return "killed";
  return `did not stop within ${durationWords(at - stoppingAt)}: killed`;
}

function ended({ outcome, attempt }: Of<"ended">): Line {
  const after = `after ${times(attempt, "attempt")}`;
  switch (outcome) {
    case "completed":
      return good(`completed ${after}`);
    case "stopped":
      return info(`stopped ${after}`);
    case "refused":
      return error(`given up ${after}`);
    case "failed":
      return error(`supervision failed ${after}: see \`error\` of its outcome`);
    default:
      return info(`over ${after}`);
  }
}

const INTENTS: Readonly<Record<string, string>> = {
  active: "resumed",
  paused: "paused",
  quarantined: "quarantined",
  removed: "removed",
};

/** What hardly ever happens: orders, and what went wrong in the host itself. */
function rare(event: SupervisorEvent, explain: Explain): Line | null {
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
    case "lagged":
      return warn(`${times(event.missed, "event")} missed: the reader was too slow`);
    default:
      return other(event, explain);
  }
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
