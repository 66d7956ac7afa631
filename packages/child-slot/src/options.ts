import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import type { SlotTime } from "./deadlines.js";
import { isText, TEXT } from "./shape.js";

/** How a slot treats its child. All durations in milliseconds, whole, zero allowed. */
export interface ChildSlotOptions {
  /** The child's stable name. */
  readonly id: string;
  /** Its place in a tree of supervisors. Default `/` and the id. */
  readonly path?: string;
  /** `immediate`: ready as soon as it is launched. `explicit`: when it says so. Default `immediate`. */
  readonly readiness?: "immediate" | "explicit";
  /** For explicit readiness: not ready after this long, it is ended. Default: no such limit. */
  readonly readyTimeoutMs?: number;
  /** `healthy` is reported once an attempt is ready and was launched this long ago. Default 10 000. */
  readonly healthyAfterMs?: number;
  /**
   * A child whose last heartbeat is this old (included) is ended. A child that never sent one is not
   * judged. Default: no such limit.
   */
  readonly heartbeatTimeoutMs?: number;
  /** From the request to stop to the kill; 0 kills at once. Default 5 000. */
  readonly gracePeriodMs?: number;
  /** From the kill to giving the child up. Default 5 000. */
  readonly abandonAfterMs?: number;
}

/** The options in force. */
export interface SlotSettings {
  readonly id: string;
  readonly path: string;
  readonly readiness: "immediate" | "explicit";
  readonly readyTimeoutMs: number | null;
  readonly healthyAfterMs: number;
  readonly heartbeatTimeoutMs: number | null;
  readonly gracePeriodMs: number;
  readonly abandonAfterMs: number;
}

const DEFAULTS: { [Time in SlotTime]: SlotSettings[Time] } = {
  readyTimeoutMs: null,
  healthyAfterMs: 10_000,
  heartbeatTimeoutMs: null,
  gracePeriodMs: 5_000,
  abandonAfterMs: 5_000,
};

/** Checks the options. Throws `PolicyOptionsError` with the option, the allowed range, the value. */
export function slotSettings(options: ChildSlotOptions): SlotSettings {
  const read = readOptions("childSlot", options);
  const text = (key: "id" | "path", fallback?: string): string => {
    const value = read.raw(key) === undefined ? fallback : read.raw(key);
    if (isText(value)) return value;
    throw new PolicyOptionsError("childSlot", key, TEXT, value);
  };
  const id = text("id");
  const path = text("path", `/${id}`);
  const readiness = read.oneOf("readiness", ["immediate", "explicit"], "immediate");
  const settings = { id, path, readiness, ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS) as SlotTime[]) {
    // A time that would mean nothing is left unread, and so refused like any other unknown option.
    const isVoid = key === "readyTimeoutMs" && readiness === "immediate";
    if (!isVoid && read.raw(key) !== undefined) settings[key] = read.whole(key);
  }
  read.end();
  return settings;
}
