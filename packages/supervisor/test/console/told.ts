// A log that is read by a test: what a supervision says, line by line.

import { type LogOptions, logEvents } from "../../src/console.js";
import type { SupervisorEvent } from "../../src/index.js";

/** A log for people, without time and colour unless a test wants them. */
export function reading(options: LogOptions = {}) {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const onEvent = logEvents({ write, format: "text", time: "none", ...options });
  return { lines, onEvent };
}

const ABOUT = { id: "child", at: 0, attempt: 1, generation: 0 } as const;

type News = { readonly type: string } & Readonly<Record<string, unknown>>;

/** An event of any shape. */
export const eventOf = (news: News): SupervisorEvent =>
  ({ ...ABOUT, ...news }) as unknown as SupervisorEvent;

/** What is said of these events, one after the other. */
export function said(events: readonly News[], options: LogOptions = {}): string[] {
  const { lines, onEvent } = reading(options);
  for (const event of events) onEvent(eventOf(event));
  return lines.map((line) => line.replace(/^child {2}/, ""));
}
