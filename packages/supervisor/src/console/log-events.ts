// A listener that says what happens, one line at a time. It knows only the events: it has no clock
// and no timer, keeps nothing alive, and nothing that it is given or calls can throw through it.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { EventListener } from "../event-hub.js";
import type { SupervisorEvent } from "../events.js";
import { isFunction } from "../has-methods.js";
import { type ChildLog, childLog } from "./child-log.js";
import { type Explain, explainer } from "./codes.js";
import { guardedOutput } from "./guarded-output.js";
import { times } from "./line.js";
import { type Form, jsonForm, textForm } from "./lines.js";
import { guardStderr, isTerminal, toConsole, wantsColor } from "./surroundings.js";

/**
 * What `logEvents` writes, how, and where to.
 * @since 0.1.0
 */
export interface LogOptions {
  /**
   * Takes one line, without its end. It may throw, and it may return a promise: then the next line waits
   * for it, at most 256 lines are kept meanwhile, and what is lost is counted in a line of its own.
   * Default: `console.error`.
   */
  readonly write?: (line: string) => unknown;
  /**
   * `text` is for people, `json` for machines: one object per line. Default: `text` if standard error is a
   * terminal and `write` is left out, else `json`.
   */
  readonly format?: "text" | "json";
  /**
   * Whether text is coloured. Default: with `write`, no; without, if standard error is a terminal, unless
   * NO_COLOR or `TERM=dumb` says no; FORCE_COLOR overrides both (`0`: no).
   */
  readonly color?: boolean;
  /** The time of day at the front of a text. A JSON line always has its date, in UTC. Default `local`. */
  readonly time?: "local" | "utc" | "none";
  /** How often a restart loop is said, at most: from 0 (no limit: every exit) to 2^53-1. Default 10 000. */
  readonly everyMs?: number;
  /**
   * What codes mean, in words: those of your own policies' refusals, `exit-<number>` for exit codes,
   * signals, and the codes of errors. They win over the words that are known. Default: none.
   */
  readonly explain?: Readonly<Record<string, string>>;
}

/**
 * Says what happens to the children, one line per event that matters: give it to `supervise` as `onEvent`.
 *
 * Quiet about routine (a heartbeat, a short delay, immediate readiness); loud about failures, refusals,
 * kills, children that were given up, callbacks that threw and restart loops. A loop, which is five exits
 * in a minute that nobody ordered, is said once, then summed up at most every `everyMs`. Codes are put in
 * words. On a terminal a line has columns and colour; elsewhere it is one JSON object with `time`, `level`
 * (`info`, `warn`, `error`), `id`, `attempt`, `event`, `message` and the event's own fields. No line is
 * longer than 8 000 characters, and control characters in names, reasons and errors are written as `\u{1b}`.
 *
 * One listener may serve any number of supervisions with different ids. Effect: it calls `write`; it has
 * no timer and keeps nothing alive. Where it writes to `console.error` and there is a process, an `error` of
 * `process.stderr` (nobody reads it, its disk is full) is from then on no uncaught error of the host. Errors: `PolicyOptionsError` for a bad option; the listener itself
 * never throws, whatever `write` does.
 *
 * @since 0.1.0
 * @example
 * const lines: string[] = [];
 * const log = logEvents({ write: (line) => lines.push(line), format: "text", time: "none" });
 * const about = { id: "server", at: 0, attempt: 3, generation: 2 };
 * log({ ...about, type: "refused", reason: "window-full", retryAfterMs: 90_000 });
 * lines; // => ["server  not restarted yet: the limit of its window is reached (window-full), possible in 1 min 30 s"]
 */
export function logEvents(options: LogOptions = {}): EventListener {
  readArguments("logEvents", arguments, 1);
  if (isEvent(options)) return calledAsListener();
  const { form, write, explain, everyMs } = settings(options);
  const children = new Map<string, ChildLog>();
  const output = guardedOutput(write, (count) => form(missing(count), lastEvent, "lines-lost"));
  let lastEvent: SupervisorEvent;

  function hear(event: SupervisorEvent): void {
    lastEvent = event;
    const { id, type } = event;
    const child = children.get(id) ?? childLog(explain, everyMs);
    if (type === "ended") children.delete(id);
    else children.set(id, child);
    for (const said of child(event)) output(form(said, event, said.name));
  }

  return (event) => {
    try {
      hear(event);
    } catch {
      // Not an event of ours: there is nothing to say about it.
    }
  };
}

const missing = (count: number) =>
  ({
    level: "error",
    text: `${times(count, "line")} lost: the output failed or was too slow`,
  }) as const;

interface LogSettings {
  readonly form: Form;
  readonly write: (line: string) => unknown;
  readonly explain: Explain;
  readonly everyMs: number;
}

const isTable = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((words) => typeof words === "string");

function settings(options: LogOptions): LogSettings {
  const read = readOptions("logEvents", options);
  const given = read.checked<LogOptions["write"] | null>("write", "a function", isFunction, null);
  const format = read.oneOf("format", ["text", "json"], !given && isTerminal() ? "text" : "json");
  const isFlag = (value: unknown): boolean => typeof value === "boolean";
  const color = read.checked("color", "true or false", isFlag, !given && wantsColor());
  const time = read.oneOf("time", ["local", "utc", "none"], "local");
  const everyMs = read.whole("everyMs", { default: 10_000 });
  const table = 'an object of texts by code, such as { night: "it is night" }';
  const explain = explainer(read.checked("explain", table, isTable, {}));
  read.end();
  if (!given) guardStderr();
  const form = format === "json" ? jsonForm : textForm(color, time);
  return { form, write: given ?? toConsole, explain, everyMs };
}

/** `onEvent: logEvents` instead of `onEvent: logEvents()`. */
function isEvent(options: object): boolean {
  const { type, id, at } = (options ?? {}) as Partial<SupervisorEvent>;
  return typeof type === "string" && typeof id === "string" && typeof at === "number";
}

/** What a listener throws is heard by nobody: so it is said, too. */
function calledAsListener(): never {
  const error = new PolicyOptionsError(
    "logEvents",
    "options",
    "left out or an object: it makes a listener, so call it (onEvent: logEvents())",
    "an event",
  );
  toConsole(error.message);
  throw error;
}
