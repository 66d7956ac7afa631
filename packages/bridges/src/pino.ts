// The lines of `logEvents` through pino: what is worth a line, its level and its words are decided there, once.

import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import type { EventListener } from "@steadfast/supervisor";
import { type LogOptions, logEvents } from "@steadfast/supervisor/console";

/** Takes the fields of a line, and its message. */
type LogMethod = (fields: object, message: string) => void;

/**
 * What is used of a logger of pino.
 * @since 0.1.0
 */
export interface PinoLogger {
  /** Routine: what `logEvents` is quiet about. */
  readonly debug: LogMethod;
  /** What is as it should be. */
  readonly info: LogMethod;
  /** A failure that is followed by a restart. */
  readonly warn: LogMethod;
  /** What somebody has to look at. */
  readonly error: LogMethod;
}

/**
 * How often a restart loop is said, and words for codes.
 * @since 0.1.0
 */
export type PinoOptions = Pick<LogOptions, "everyMs" | "explain">;

const LEVELS = ["debug", "info", "warn", "error"] as const;
const LONGEST_ID = 200;

/**
 * Says what happens to the children through pino: give it to `supervise` or `superviseTree` as `onEvent`.
 *
 * The lines, levels and words are those of `logEvents`, with `id`, `attempt`, `event` and the event's own fields, such
 * as `reason`; what it is quiet about, and each exit of a loop that it sums up, is a line of level `debug` with these
 * three. Level and time are pino's. No line has arguments, environment or a stack; of the output the last line of stderr,
 * unless the launcher's `stderrTail` is 0. Units: `everyMs` in milliseconds, default 10 000. Edge: one listener may serve any number of supervisions with different ids.
 * Effect: it calls the logger. Errors: `PolicyOptionsError` for what is no logger, or a bad option (`logEvents` says
 * which); the listener itself never throws, whatever the logger does: a line that is lost so is counted in a later one.
 *
 * @since 0.1.0
 * @example
 * const lines: string[] = [];
 * const say = (fields: object, message: string) => lines.push(message);
 * const hear = pinoEvents({ debug: say, info: say, warn: say, error: say });
 * const about = { id: "server", at: 0, attempt: 3, generation: 2 };
 * hear({ ...about, type: "refused", reason: "window-full", retryAfterMs: null });
 * lines; // => ["not restarted any more: the limit of its window is reached (window-full)"]
 */
export function pinoEvents(logger: PinoLogger, options: PinoOptions = {}): EventListener {
  readArguments("pinoEvents", arguments, 2);
  const lacks = LEVELS.find((level) => typeof logger?.[level] !== "function");
  if (lacks) throw new PolicyOptionsError("pinoEvents", `logger.${lacks}`, "a function", logger);

  let isSaid = false;
  function write(line: string): void {
    isSaid = true;
    const { time, level, message, ...fields } = JSON.parse(line);
    logger[level as "info" | "warn" | "error"](fields, message);
  }
  const hear = logEvents({ ...options, write, format: "json" });

  return (event) => {
    isSaid = false;
    hear(event);
    if (isSaid) return;
    try {
      const { id, attempt, type } = event;
      logger.debug({ id: id.slice(0, LONGEST_ID), attempt, event: type }, type);
    } catch {
      // A line of routine that nobody could write is not worth another.
    }
  };
}
