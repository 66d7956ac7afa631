// A policy as the retry policy of Temporal, which is data: a first delay, what it grows by, a cap, a number of attempts.
// It is asked after failures only, and knows no health.

import { type RestartPolicy, readArguments, readOptions } from "@steadfast/policy";
import { type PolicySpec, toJson } from "@steadfast/spec";
import { changed, dropped, type Finding } from "../imported.js";
import { NotExpressibleError } from "../not-expressible-error.js";
import { delaysOf, described, type Part, partsOf } from "../policy-parts.js";
import { LONGEST_MS } from "./activity-under.js";

/**
 * What `toTemporal` may leave out of a policy that Temporal cannot express.
 * @since 0.1.0
 */
export interface ToTemporalOptions {
  /** Whether the nearest is written where Temporal cannot express it exactly. Default false: it is refused. */
  readonly lossy?: boolean;
}

/**
 * A `RetryPolicy` of `@temporalio/common`, in milliseconds.
 * @since 0.1.0
 */
export interface TemporalRetryPolicy {
  /** How long the first retry waits: at least 1. */
  readonly initialInterval: number;
  /** What each further one is longer by: at least 1. */
  readonly backoffCoefficient: number;
  /** The longest: at least `initialInterval`. */
  readonly maximumInterval: number;
  /** How many attempts there are, the first included: at least 1. Left out: any number. */
  readonly maximumAttempts?: number;
}

/** Temporal's number of attempts has 31 bits. */
const MOST_ATTEMPTS = 2 ** 31 - 1;

interface Draft {
  attempts: number;
  delays: { readonly firstMs: number; readonly factor: number; readonly capMs: number } | null;
  readonly report: Finding[];
}

/**
 * Writes a policy as a `RetryPolicy` for the options of an activity or a workflow.
 *
 * Decides: a `backoff` without jitter (its curve exponential or constant, its delay from the exit) and
 * `lifetimeCap`s are exact; so is `restartOn`, since only failures are retried. Everything else is refused: Temporal has no
 * window, no budget and no chance, and never begins again, so that a delay that grows has `resetAfterMs: null`. Units:
 * milliseconds. Range: a delay of 1 ms to 292 years, whole at its beginning and its cap. Edge: health is not reported to Temporal. Effect on
 * state: none. Errors: `NotExpressibleError`, unless `lossy`; `PolicySpecError` for a policy that JSON cannot hold.
 * Source: `RetryPolicy` of @temporalio/common 1.24.
 *
 * @since 0.1.0
 * @example
 * const delays = backoff({ initialMs: 1_000, capMs: 60_000, jitter: "none", resetAfterMs: null });
 * const { retry } = toTemporal(allOf(delays, lifetimeCap({ restarts: 4 })));
 * [retry.initialInterval, retry.backoffCoefficient, retry.maximumAttempts]; // => [1_000, 2, 5]
 */
export function toTemporal(
  policy: RestartPolicy | PolicySpec,
  options: ToTemporalOptions = {},
): { readonly retry: TemporalRetryPolicy; readonly report: readonly Finding[] } {
  readArguments("toTemporal", arguments, 2);
  const read = readOptions("toTemporal", options);
  const isFlag = (value: unknown) => typeof value === "boolean";
  const lossy = read.checked("lossy", "true or false", isFlag, false);
  read.end();
  const spec = isPolicy(policy) ? toJson(policy) : policy;
  const draft: Draft = { attempts: Number.POSITIVE_INFINITY, delays: null, report: [] };
  for (const part of partsOf(described(spec))) readPart(part, draft);
  const retry = retryOf(draft);
  if (draft.report.length > 0 && !lossy) throw new NotExpressibleError("Temporal", draft.report);
  return { retry, report: draft.report };
}

function isPolicy(policy: RestartPolicy | PolicySpec): policy is RestartPolicy {
  return typeof (policy as Partial<RestartPolicy> | null)?.step === "function";
}

function readPart(part: Part, draft: Draft): void {
  const place = `policy: ${part.kind}`;
  if (part.kind === "lifetimeCap") {
    draft.attempts = Math.min(draft.attempts, Number(part.options.restarts) + 1);
  } else if (part.kind === "restartOn") {
    if (part.options.type === "temporary") draft.attempts = 1;
  } else if (part.kind !== "backoff") {
    draft.report.push(dropped(place, "Temporal has nothing like it"));
  } else if (draft.delays !== null) {
    draft.report.push(dropped(place, "there is one delay"));
  } else {
    draft.delays = delaysOf(part);
    for (const option of delaysOf(part).others) {
      draft.report.push(changed(`${place}.${option}`, "Temporal's delay has no such thing"));
    }
  }
}

/** The numbers, as far as Temporal can count. */
function retryOf({ attempts, delays, report }: Draft): TemporalRetryPolicy {
  const isLast = attempts === 1;
  const { firstMs, factor, capMs } = delays ?? { firstMs: 0, factor: 1, capMs: 0 };
  const say = (part: string, message: string) => {
    if (!isLast) report.push(changed(`policy: ${part}`, message));
  };
  const within = (ms: number, option: string) => {
    const near = Math.min(LONGEST_MS, Math.max(1, Math.ceil(ms)));
    if (near !== ms) say(option, `it must be whole milliseconds from 1 to ${LONGEST_MS}`);
    return near;
  };
  const first = within(firstMs, delays ? "backoff.initialMs" : "backoff");
  const cap = factor === 1 ? first : within(capMs, "backoff.capMs");
  if (attempts < Number.MAX_SAFE_INTEGER && attempts > MOST_ATTEMPTS) {
    say("lifetimeCap.restarts", `there are at most ${MOST_ATTEMPTS} attempts`);
  }
  return {
    initialInterval: first,
    backoffCoefficient: factor,
    maximumInterval: cap,
    ...(attempts <= MOST_ATTEMPTS && { maximumAttempts: attempts }),
  };
}
