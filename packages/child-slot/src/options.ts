import { PolicyOptionsError, readOptions } from "@steadfast/policy";

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

/** Checks the options. Throws `PolicyOptionsError` with the option, the allowed range, the value. */
export function slotSettings(options: ChildSlotOptions): SlotSettings {
  const read = readOptions("childSlot", options);
  const text = (key: "id" | "path", fallback?: string): string => {
    const value = read.raw(key) === undefined ? fallback : read.raw(key);
    if (typeof value === "string" && value !== "") return value;
    throw new PolicyOptionsError("childSlot", key, "a text that is not empty", value);
  };
  const limit = (key: "readyTimeoutMs" | "heartbeatTimeoutMs"): number | null =>
    read.raw(key) === undefined ? null : read.whole(key);
  const id = text("id");
  const settings: SlotSettings = {
    id,
    path: text("path", `/${id}`),
    readiness: read.oneOf("readiness", ["immediate", "explicit"], "immediate"),
    readyTimeoutMs: limit("readyTimeoutMs"),
    healthyAfterMs: read.whole("healthyAfterMs", { default: 10_000 }),
    heartbeatTimeoutMs: limit("heartbeatTimeoutMs"),
    gracePeriodMs: read.whole("gracePeriodMs", { default: 5_000 }),
    abandonAfterMs: read.whole("abandonAfterMs", { default: 5_000 }),
  };
  read.end();
  if (settings.readiness === "immediate" && settings.readyTimeoutMs !== null) {
    throw new PolicyOptionsError(
      "childSlot",
      "readyTimeoutMs",
      `left out unless readiness is "explicit"`,
      settings.readyTimeoutMs,
    );
  }
  return settings;
}
