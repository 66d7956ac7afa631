// The two forms of a line: for people, with columns and colour; for machines, as one JSON object. Both
// hold on to the same bounds, and no character of either is obeyed by a terminal.

import type { ErrorRecord } from "@steadfast/policy";
import type { SupervisorEvent } from "../events.js";
import type { Line } from "./line.js";
import { safeJson, safeText } from "./safe-text.js";

const LONGEST_ID = 32;
const WIDEST_ID = 16;
const LONGEST_TEXT = 600;
const LONGEST_FIELD = 200;
const LONGEST_LINE = 8_000;

/** Makes one line of what is said about a child. `event`: what it was, such as `exited`. */
export type Form = (said: Line, event: SupervisorEvent, name: string) => string;

const RED = "31";
const GREEN = "32";
const YELLOW = "33";
const DIM = "2";

export function textForm(color: boolean, time: "local" | "utc" | "none"): Form {
  let width = 0;
  const painted = (text: string, code: string | null): string =>
    color && code !== null ? `\u001b[${code}m${text}\u001b[0m` : text;

  return ({ level, text, good }, { at, id }) => {
    const child = safeText(String(id), LONGEST_ID);
    width = Math.max(width, Math.min(child.length, WIDEST_ID));
    const tone = level === "error" ? RED : level === "warn" ? YELLOW : good ? GREEN : null;
    const clock = time === "none" ? "" : `${painted(timeOfDay(at, time), DIM)} `;
    return `${clock}${child.padEnd(width)}  ${painted(safeText(text, LONGEST_TEXT), tone)}`;
  };
}

function timeOfDay(at: number, zone: "local" | "utc"): string {
  const date = new Date(at);
  const [hours, minutes, seconds] =
    zone === "utc"
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()];
  const parts = [hours, minutes, seconds];
  return parts.map((part) => (Number.isNaN(part) ? "--" : `${part}`.padStart(2, "0"))).join(":");
}

/**
 * A JSON object with the event's own fields: what is no text, number or boolean is left out, and so are all
 * of them where the line would be too long.
 */
export const jsonForm: Form = ({ level, text, fields: more }, event, name) => {
  const { at, id, attempt, generation, type, ...fields } = event;
  const date = new Date(at);
  const main = {
    time: Number.isNaN(date.getTime()) ? at : date.toISOString(),
    level,
    id: short(id),
    attempt,
    event: short(name),
    message: short(text, LONGEST_TEXT),
  };
  const line = safeJson({ ...main, ...(name === type ? shortened(fields) : more) });
  return line.length > LONGEST_LINE ? safeJson(main) : line;
};

function shortened(fields: object): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === "exit") result.exit = shortened(value as object);
    else if (key === "error") result.error = error(value as ErrorRecord);
    else if (value === null || typeof value !== "object") result[key] = short(value);
  }
  return result;
}

const error = ({ name, message, code }: ErrorRecord): Record<string, unknown> => ({
  name: short(name),
  message: short(message),
  ...(code === undefined ? {} : { code: short(code) }),
});

function short<Value>(value: Value, length = LONGEST_FIELD): Value | string {
  return typeof value === "string" && value.length > length
    ? `${value.slice(0, length - 1)}…`
    : value;
}
