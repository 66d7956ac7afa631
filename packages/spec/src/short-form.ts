// Policies as short texts. Numbers have at most 8 digits, and there is one space between words.
//
//   10/10m                  slidingWindow: at most 10 in any 10 minutes
//   10/10m failures         the same, counting failures (launches, restarts)
//   200ms..30s              backoff: from 200 ms to 30 s
//   200ms..30s x1.5 equal   the same, times 1.5 each time, with equal jitter (none, full)
//   on-failure              restartOn: transient (always: permanent; never: temporary; or the type itself)

import type { Json, RestartType } from "@steadfast/policy";
import { DIGITS, DURATION, millisOf } from "./duration.js";

/** The restart types, and what else they are called. */
export const TYPES: { readonly [word: string]: RestartType } = {
  permanent: "permanent",
  transient: "transient",
  temporary: "temporary",
  always: "permanent",
  "on-failure": "transient",
  never: "temporary",
};

const FACTOR = "[1-9][0-9]{0,7}(?:\\.[0-9]{1,8})?";

/** A limit, as the source of a regular expression. */
export const LIMIT = `^(${DIGITS})/(${DURATION})(?: (launches|restarts|failures))?$`;
/** A backoff, likewise. */
export const BACKOFF = `^(${DURATION})\\.\\.(${DURATION})(?: x(${FACTOR}))?(?: (none|full|equal))?$`;

const limit = /* @__PURE__ */ new RegExp(LIMIT);
const delays = /* @__PURE__ */ new RegExp(BACKOFF);

/** For messages. */
export const SHORT_FORMS = '"10/10m", "200ms..30s", "on-failure"';

interface LongForm {
  readonly kind: "backoff" | "restartOn" | "slidingWindow";
  readonly options: { readonly [option: string]: Json };
}

/** What a short text stands for; null if it is none. */
export function longForm(text: string): LongForm | null {
  if (Object.hasOwn(TYPES, text)) return { kind: "restartOn", options: { type: text } };
  const [, count, window, counts] = limit.exec(text) ?? [];
  if (window !== undefined) {
    const options = { limit: Number(count), windowMs: millisOf(window) };
    return { kind: "slidingWindow", options: { ...options, ...(counts && { counts }) } };
  }
  const [, first, last, factor, jitter] = delays.exec(text) ?? [];
  if (first === undefined || last === undefined) return null;
  return {
    kind: "backoff",
    options: {
      initialMs: millisOf(first),
      capMs: millisOf(last),
      ...(factor && { factor: Number(factor) }),
      ...(jitter && { jitter }),
    },
  };
}
