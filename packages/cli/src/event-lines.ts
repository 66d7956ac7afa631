// Events as lines on standard error: text on a terminal, JSON elsewhere, unless somebody says which.

import type { EventListener } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import { stderrOutput } from "@steadfast/supervisor/node";
import { CliError } from "./cli-error.js";

export type LogFormat = "text" | "json";

export const LOG_FORMATS: readonly LogFormat[] = ["text", "json"];

/** @throws CliError for another word. */
export function formatOf(word: string | undefined, isTerminal: boolean): LogFormat {
  if (word === undefined) return isTerminal ? "text" : "json";
  const format = LOG_FORMATS.find((one) => one === word);
  if (format === undefined) throw new CliError(`--log must be text or json, got ${word}`);
  return format;
}

export function eventLines(format: LogFormat): EventListener {
  return logEvents({ ...stderrOutput(), format });
}
