// What an event says to a person; null where it is routine. A line stands for itself: it does not
// need the one before it to be understood.

import { isDone } from "@steadfast/supervision";
import type { SupervisorEvent } from "../events.js";
import type { Explain } from "./codes.js";
import { durationWords } from "./duration.js";
import { exitWords, named } from "./exit-words.js";
import { error, good, info, type Line, type Of, SENTENCE, times, warn } from "./line.js";
import { rareWords } from "./rare-words.js";
import { safeText } from "./safe-text.js";

/** What is remembered of a child, to say how long something took and what it followed. */
export interface Seen {
  readonly launchedAt: number | null;
  readonly stoppingAt: number | null;
  /** Whether its last exit was a failure. */
  readonly failed: boolean;
  /** Exits that nobody ordered, since it was last healthy. */
  readonly exits: number;
}

const LONG_DELAY_MS = 1_000;

export function eventWords(event: SupervisorEvent, seen: Seen, explain: Explain): Line | null {
  switch (event.type) {
    case "finding":
      return warn(`finding: ${finding(event)}`);
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
      return rareWords(event, explain);
  }
}

const since = (from: number | null, to: number): string =>
  from === null ? "" : ` after ${durationWords(to - from)}`;

function finding({ code, message, fix }: Of<"finding">): string {
  const said = `${safeText(message, SENTENCE)} (${safeText(code, SENTENCE)})`;
  return fix === undefined ? said : `${said}; ${safeText(fix, SENTENCE)}`;
}

/** Without the id of a process or a thread it is not known yet whether the child has started. */
function launched({ cause, attempt, pid, threadId }: Of<"launched">): string {
  const thread = threadId === undefined ? "" : ` (thread ${threadId})`;
  const which = pid === undefined ? thread : ` (pid ${pid})`;
  const done = which === "" ? "starting" : "started";
  if (cause === "start") return `${done}${which}`;
  const how = cause === "operator" ? `${done} by an operator` : `re${done}`;
  return `${how}, attempt ${attempt}${which}`;
}

function exited({ exit, failed, uptimeMs, ordered }: Of<"exited">, explain: Explain): Line {
  const words = exitWords(exit, explain);
  if (exit.kind === "spawn-failed") return { level: failed ? "warn" : "info", text: words };
  const after = `after ${durationWords(uptimeMs)}`;
  return failed && !ordered ? warn(`failed ${after}: ${words}`) : info(`ended ${after}: ${words}`);
}

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
  // That it is done is said by its end.
  const ended = attempt > 0 && isDone(reason, failed);
  return ended ? null : error(`${what} any more: ${why}`);
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

function ended({ outcome, attempt, generation, child }: Of<"ended">): Line {
  // A tree has no attempts of its own: it ends for one of its children.
  const about = child === undefined ? "" : ` because of ${safeText(child, SENTENCE)}`;
  const after = attempt === 0 && generation < 0 ? about : ` after ${times(attempt, "attempt")}`;
  switch (outcome) {
    case "completed":
      return good(`completed${after}`);
    case "excused":
      return info(`done${after}`);
    case "stopped":
      return info(`stopped${after}`);
    case "refused":
      return error(`given up${after}`);
    case "start-failed":
      return error(`not started${after}`);
    case "failed":
      return error(`supervision failed${after}: see \`error\` of its outcome`);
    default:
      return info(`over${after}`);
  }
}
