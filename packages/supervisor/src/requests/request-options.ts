import { type Millis, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { isAbortSignal } from "../has-methods.js";
import type { RequestOptions } from "../request-layer.js";

const OWNER = "request";
const MOST = 2 ** 32;

/** What one request is to be made with. */
export interface RequestSettings {
  readonly signal: AbortSignal | null;
  readonly timeoutMs: Millis | null;
  readonly transferList: readonly unknown[] | null;
  readonly resends: number;
  readonly maxWaiting: number;
}

const NONE: RequestSettings = {
  signal: null,
  timeoutMs: null,
  transferList: null,
  resends: 0,
  maxWaiting: 1_000,
};

/** Throws `PolicyOptionsError`. */
export function requestSettings(options: RequestOptions | undefined): RequestSettings {
  if (options === undefined) return NONE;
  const read = readOptions(OWNER, options);
  const settings: RequestSettings = {
    signal: read.checked<AbortSignal | null>("signal", "an AbortSignal", isAbortSignal, null),
    timeoutMs: options.timeoutMs === undefined ? null : read.whole("timeoutMs", { min: 1 }),
    transferList: read.checked("transferList", "an array", Array.isArray, null),
    resends: read.whole("resends", { max: MOST, default: 0 }),
    maxWaiting: read.whole("maxWaiting", { default: NONE.maxWaiting }),
  };
  read.raw("timeoutMs");
  read.end();
  if (settings.transferList && settings.resends > 0) {
    const allowed = "left out beside resends: what is handed over is gone for the next attempt";
    throw new PolicyOptionsError(OWNER, "transferList", allowed, "an array");
  }
  return settings;
}
