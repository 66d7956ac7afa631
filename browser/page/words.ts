// Times, states and events in words.

import type { Row, ShortExit, Told } from "../../packages/dashboard/src/wire.ts";

/** `850 ms`, `12.3 s`, `4 min 10 s`, `3 h 5 min`. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 60_000) return `${(whole / 1_000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1_000);
  if (seconds < 3_600) return two(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** What is counted down or up: no more exact than a person can follow. */
export function ticking(ms: number): string {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s` : duration(ms);
}

const two = (many: number, unit: string, few: number, small: string): string =>
  few === 0 ? `${many} ${unit}` : `${many} ${unit} ${few} ${small}`;

const pad = (number: number): string => String(number).padStart(2, "0");

/** `14:03:22`, as the clock on the wall shows it. */
export function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(":");
}

/** Sentences of `explain` count milliseconds; a person reads times. */
export function humanized(sentence: string): string {
  return sentence
    .replaceAll(/,? at the instant (-?\d[\d ]*\d|\d)/g, (_, at: string) => ` (${clock(plain(at))})`)
    .replaceAll(/\b(\d[\d ]*\d|\d)(\.\d+)? ms\b/g, (_, ms: string) => duration(plain(ms)));
}

const plain = (grouped: string): number => Number(grouped.replaceAll(/\D/g, ""));

export type Tone = "good" | "busy" | "bad" | "wait" | "idle";

export interface State {
  readonly word: string;
  readonly tone: Tone;
}

const STATUS: Readonly<Record<Row["status"], State>> = {
  starting: { word: "starting", tone: "busy" },
  running: { word: "not ready", tone: "busy" },
  ready: { word: "up", tone: "good" },
  cancelling: { word: "stopping", tone: "busy" },
  stopped: { word: "down", tone: "idle" },
};

export function stateOf(row: Row): State {
  if (row.status !== "stopped") return STATUS[row.status];
  if (row.held !== null) return { word: "given up", tone: "bad" };
  if (row.waiting?.for === "not-yet") return { word: "refused", tone: "bad" };
  if (row.waiting) return { word: "waiting", tone: "wait" };
  if (row.intent === "paused") return { word: "paused", tone: "idle" };
  if (row.intent !== "active") return { word: row.intent, tone: "idle" };
  return row.done ? { word: "done", tone: "idle" } : STATUS.stopped;
}

export function exitWords({ kind, code, signal, error }: ShortExit): string {
  if (error !== undefined) return code === undefined ? error : `exit code ${code}, ${error}`;
  if (signal !== undefined) return `signal ${signal}`;
  if (code !== undefined) return `exit code ${code}`;
  return kind;
}

/** One event as a line of the list; null for what is only routine. */
export function eventWords(told: Told): string | null {
  switch (told.type) {
    case "launched":
      return `launched, attempt ${told.attempt}${told.cause === "operator" ? ", by an operator" : ""}`;
    case "exited": {
      const how = told.failed && !told.ordered ? "failed" : "ended";
      return `${how} after ${duration(told.uptimeMs)}: ${exitWords(told.exit)}`;
    }
    case "delayed":
      return `restart in ${duration(told.delayMs)}`;
    case "refused": {
      const until = told.retryAfterMs === null ? "for good" : `for ${duration(told.retryAfterMs)}`;
      return `refused ${until}: ${told.reason}`;
    }
    case "stopping":
      return `asked to stop: ${told.reason}`;
    case "held":
    case "recycled":
      return `${told.type}: ${told.reason}`;
    case "intent":
      return `wanted: ${told.intent}`;
    case "fence":
      return null;
    case "finding":
      return `${told.severity}: ${told.message}`;
    case "unreadable":
    case "callback-failed":
      return `${told.type}: ${told.error}`;
    case "standby-lost":
      return `standby lost: ${exitWords(told.exit)}`;
    case "ended":
      return `over: ${told.outcome}`;
    case "ready":
    case "not-ready":
    case "healthy":
    case "killing":
    case "abandoned":
    case "reset":
    case "disconnected":
    case "up":
    case "removed":
      return told.type;
    default:
      return told.type;
  }
}
