// Reading the options of `backoff`: once, by the factory.

import { type PolicyDescription, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { answered, type Curve, cappedDelay } from "./curve.js";
import { exponentialDelay, readExponential } from "./exponential.js";
import { type Jitter, readJitter } from "./jitter.js";
import type { BackoffOptions } from "./options.js";

/** The options in force, checked. */
export interface Settings {
  readonly curve: Curve;
  readonly capMs: number;
  readonly jitter: Jitter;
  readonly resetAfterMs: number | null;
  readonly counts: "failures" | "restarts";
  readonly firstRestart: "delayed" | "immediate";
  readonly from: "exit" | "launch" | "request";
  readonly describe: Partial<PolicyDescription>;
}

const MAX = Number.MAX_SAFE_INTEGER;

export function readSettings(given: BackoffOptions): Settings {
  const read = readOptions<BackoffOptions>("backoff", given);
  const jitter = readJitter(read.raw("jitter"));
  const common = {
    resetAfterMs: read.raw("resetAfterMs") == null ? null : read.whole("resetAfterMs"),
    counts: read.oneOf("counts", ["failures", "restarts"], "failures"),
    firstRestart: read.oneOf("firstRestart", ["delayed", "immediate"], "delayed"),
    from: read.oneOf("from", ["exit", "launch", "request"], "exit"),
  };
  if (common.firstRestart === "immediate" && common.counts === "failures") {
    throw new PolicyOptionsError(
      "backoff",
      "counts",
      `"restarts" if the first is immediate`,
      common.counts,
    );
  }

  const own = read.raw("curve") as Curve | undefined;
  const growth = own === undefined && readExponential(read, jitter.looksBack ? 1 : 2);
  const curve: Curve = growth ? (n) => exponentialDelay(n, growth) : (own as Curve);
  if (typeof curve !== "function") {
    throw new PolicyOptionsError("backoff", "curve", "a function", curve);
  }
  const capMs = growth ? growth.capMs : read.finite("capMs", { max: MAX, default: MAX });
  read.end();

  const firstMs = cappedDelay(curve, 1, capMs);
  const highestMs = growth ? curve(MAX) : Math.min(curve.describe?.longestMs ?? capMs, capMs);
  const longestMs = Math.ceil(answered("jitter", jitter.spread(highestMs, 1, capMs, capMs)));
  const shape = growth || { curve: { kind: "custom", ...curve.describe }, capMs };
  const times = [Math.ceil(firstMs), longestMs, common.resetAfterMs ?? 0];
  const describe = {
    options: { ...shape, jitter: jitter.describe, ...common },
    ...(longestMs < MAX && { capMs: longestMs }),
    timesMs: times.filter((ms) => ms > 0 && ms < MAX),
  };
  return { ...common, curve, capMs, jitter, describe };
}
