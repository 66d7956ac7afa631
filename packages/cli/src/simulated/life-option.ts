// `--uptime` and `--exit`: how long a simulated child lives, and how it ends.
//
//   1s        always so long
//   1s..1m    anything between the two
//   ~1m       so long on average: many short lives, few long ones

import { exponential, fixed, type Sampler, uniform } from "@steadfast/analysis";
import type { Exit } from "@steadfast/policy";
import { CliError } from "../cli-error.js";
import { millisOf } from "../millis-option.js";

/** @throws CliError saying what is allowed. */
export function uptimeOf(text: string, option = "--uptime"): Sampler<number> {
  const [, from, to] = /^(.+)\.\.(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const [low, high] = [millisOf(from, option), millisOf(to, option)];
    if (low <= high) return uniform(low, high);
    throw new CliError(`${option} must begin with the shorter time, got ${text}`);
  }
  const mean = text.startsWith("~") ? millisOf(text.slice(1), option) : null;
  if (mean === 0) throw new CliError(`${option} must be above 0 on average, got ${text}`);
  return mean === null ? fixed(millisOf(text, option)) : exponential(mean);
}

const LARGEST_CODE = 255;

/** An exit code, or the name of a signal. Throws CliError for another word. */
export function exitOption(text: string): Exit {
  if (/^SIG[A-Z0-9]+$/.test(text)) return { kind: "signalled", signal: text };
  const code = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (code === 0) return { kind: "completed" };
  if (code <= LARGEST_CODE) return { kind: "failed", code };
  throw new CliError(`--exit must be a code from 0 to 255 or such as SIGKILL, got ${text}`);
}
