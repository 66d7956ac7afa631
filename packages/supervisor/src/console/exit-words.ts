// How an attempt ended, in words: what it was, its code with its meaning, and what the child said last.

import type { ErrorRecord, ExitRecord } from "@steadfast/policy";
import type { Explain } from "./codes.js";
import { durationWords } from "./duration.js";
import { safeText } from "./safe-text.js";

const EXCERPT = 160;
const WORD = 40;

/** An exit in words, such as `exit code 127 (command not found)`. */
export function exitWords(exit: ExitRecord, explain: Explain): string {
  const said = "error" in exit ? errorWords(exit.error as ErrorRecord, explain) : excerpt(exit);
  const steps = exit.steps ? `after ${safeText(exit.steps.join(", "), EXCERPT)}` : "";
  const { escaped } = exit;
  const left = escaped ? `it leaves behind ${safeText(escaped.join(", "), EXCERPT)}` : "";
  const parts = [mainWords(exit, explain), said, steps, restWords(exit), left];
  return parts.filter((part) => part).join(", ");
}

/** What became of the rest of its process group. */
function restWords({ rest }: ExitRecord): string {
  return rest ? `the rest of its group ${rest === "killed" ? "was killed" : "is unknown"}` : "";
}

function mainWords(exit: ExitRecord, explain: Explain): string {
  switch (exit.kind) {
    case "completed":
      return exit.code === undefined ? "completed" : codeWords(exit.code, explain);
    case "failed":
      if (exit.code !== undefined) return codeWords(exit.code, explain);
      return "error" in exit ? "" : "failed";
    case "signalled":
      return `signal ${signal(exit.signal, explain)}`;
    case "out-of-memory":
      return "out of memory";
    case "timed-out":
      return `timed out after ${durationWords(exit.afterMs)}`;
    case "spawn-failed":
      return "could not be started";
    case "unhealthy":
      return `unhealthy, ${named(exit.reason, explain)}`;
    case "abandoned":
      return "abandoned";
    case "lost":
      return "its end was not seen";
    default:
      return safeText(String(exit.kind), WORD);
  }
}

function codeWords(code: number, explain: Explain): string {
  const words = explain(`exit-${code}`);
  return `exit code ${code}${words ? ` (${safeText(words, EXCERPT)})` : ""}`;
}

function signal(name: string, explain: Explain): string {
  const words = explain(name);
  return `${safeText(name, WORD)}${words ? ` (${safeText(words, EXCERPT)})` : ""}`;
}

/** A code with its meaning: `window-full` becomes `the limit of its window is reached (window-full)`. */
export function named(code: string, explain: Explain): string {
  const words = explain(code);
  const safe = safeText(code, WORD);
  return words ? `${safeText(words, EXCERPT)} (${safe})` : safe;
}

/** A thrown value in words: its message, and what its code means. */
export function errorWords({ name, message, code }: ErrorRecord, explain: Explain): string {
  const text = safeText(message, EXCERPT);
  const words = code === undefined ? null : explain(code);
  const means = words ? ` (${safeText(words, EXCERPT)})` : "";
  const kind = name === "Error" && text ? "" : `${safeText(name, WORD)}${text && ": "}`;
  return `${kind}${text}${means}`;
}

const SAYS_WHY = /error|exception|fatal|panic|denied|cannot|not found/i;
/** Frames of a stack, the mark under a column, and the line that Node ends with. */
const SAYS_NOTHING = /^\s*(at .*|\^+|Node\.js v[\d.]+)?\s*$/;

/** The line of stderr that says why, if one does; else the last one. */
function excerpt({ stderrTail = [] }: ExitRecord): string {
  const lines = stderrTail.filter((line) => !SAYS_NOTHING.test(line));
  const line = lines.findLast((one) => SAYS_WHY.test(one)) ?? lines.at(-1) ?? "";
  return safeText(line.trim(), EXCERPT);
}
