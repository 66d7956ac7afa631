import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import { isText, TEXT } from "./shape.js";

/**
 * How a slot treats its child. Durations are whole milliseconds from 0 to 2^53-1, and every limit is
 * included: at exactly that age it is over. Infinity is 2^53-1: that never comes.
 *
 * @since 0.1.0
 */
export interface ChildSlotOptions {
  /** The child's stable name, not blank. */
  readonly id: string;
  /** Its place in a tree of supervisors, not blank. Default `/` and the id. */
  readonly path?: string;
  /** `immediate`: ready as soon as it is launched. `explicit`: when it says so. Default `immediate`. */
  readonly readiness?: "immediate" | "explicit";
  /**
   * Not yet ready after this long, it is ended. Only with explicit readiness. 0: at the first look.
   * Default: no such limit.
   */
  readonly readyTimeoutMs?: number;
  /**
   * `healthy` is reported once an attempt is ready and was launched this long ago. 0: at the first look
   * while it is ready. Default 10 000.
   */
  readonly healthyAfterMs?: number;
  /**
   * A child whose last heartbeat is this old is ended. One that never sent any is not judged. 0: the
   * first heartbeat is its last. Default: no such limit.
   */
  readonly heartbeatTimeoutMs?: number;
  /**
   * What `healthyAfterMs` counts from: the launch, or the instant at which it became ready. Default
   * `launch`.
   */
  readonly healthyFrom?: "launch" | "ready";
  /**
   * An attempt that was launched this long ago is ended, as `timed-out`. 0: at the first look. Default:
   * no such limit.
   */
  readonly maxRunMs?: number;
  /** From the request to stop to the kill. 0: both at the same instant. Default 5 000. */
  readonly gracePeriodMs?: number;
  /** From the kill to giving the child up. 0: at the next look. Default 5 000. */
  readonly abandonAfterMs?: number;
}

/** The options that are times: what a `tick` finds is named after the one that is over. */
export type SlotTime =
  | "readyTimeoutMs"
  | "heartbeatTimeoutMs"
  | "healthyAfterMs"
  | "maxRunMs"
  | "gracePeriodMs"
  | "abandonAfterMs";

/** The options in force. */
export interface SlotSettings {
  readonly id: string;
  readonly path: string;
  readonly readiness: "immediate" | "explicit";
  readonly readyTimeoutMs: number | null;
  readonly healthyAfterMs: number;
  readonly heartbeatTimeoutMs: number | null;
  readonly healthyFrom: "launch" | "ready";
  readonly maxRunMs: number | null;
  readonly gracePeriodMs: number;
  readonly abandonAfterMs: number;
}

/** Whether what occurs is that one of the times is over. */
export const isTime = (occurrence: string): occurrence is SlotTime =>
  Object.hasOwn(DEFAULTS, occurrence);

const NEVER_MS = Number.MAX_SAFE_INTEGER;
const DEFAULTS: { [Time in SlotTime]: SlotSettings[Time] } = {
  readyTimeoutMs: null,
  healthyAfterMs: 10_000,
  heartbeatTimeoutMs: null,
  maxRunMs: null,
  gracePeriodMs: 5_000,
  abandonAfterMs: 5_000,
};

/** Checks the options. Throws `PolicyOptionsError` with the option, the allowed range, the value. */
export function slotSettings(options: ChildSlotOptions, owner = "childSlot"): SlotSettings {
  const read = readOptions(owner, options);
  const id: string = read.checked("id", TEXT, isText);
  const path: string = read.checked("path", TEXT, isText, `/${id}`);
  const readiness = read.oneOf("readiness", ["immediate", "explicit"], "immediate");
  const healthyFrom = read.oneOf("healthyFrom", ["launch", "ready"], "launch");
  const settings = { id, path, readiness, healthyFrom, ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS) as SlotTime[]) {
    const given = read.raw(key);
    // State is plain JSON: "never" is the longest time that can be written down.
    if (given !== undefined) settings[key] = given === Infinity ? NEVER_MS : read.whole(key);
  }
  read.end();
  if (readiness === "immediate" && settings.readyTimeoutMs !== null) {
    const allowed = 'left out unless readiness is "explicit"';
    throw new PolicyOptionsError(owner, "readyTimeoutMs", allowed, settings.readyTimeoutMs);
  }
  return settings;
}
