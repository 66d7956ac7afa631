import type { Finding } from "./imported.js";

/**
 * A target cannot express what it should. Thrown by compilers and bridges, which have changed nothing then. A
 * RangeError with the stable code `ERR_NOT_EXPRESSIBLE`.
 *
 * The message names the target, and each part with the reason; `report` has them one by one.
 *
 * Fix: change the parts that `report` names; the target's own preset has what it can express. A compiler with
 * `lossy: true` writes the nearest it can, and reports the same.
 *
 * @since 0.1.0
 * @example
 * const report = [{ kind: "dropped", part: "policy: backoff.jitter", message: "there is no chance" }] as const;
 * new NotExpressibleError("systemd", report).message;
 * // => "systemd cannot express policy: backoff.jitter: there is no chance"
 */
export class NotExpressibleError extends RangeError {
  readonly code = "ERR_NOT_EXPRESSIBLE";
  /** What cannot express it. */
  readonly target: string;
  /** Each part that it cannot express, with the reason. */
  readonly report: readonly Finding[];

  constructor(target: string, report: readonly Finding[]) {
    const parts = report.map(({ part, message }) => `${part}: ${message}`);
    super(`${target} cannot express ${parts.join("; ")}`);
    this.name = "NotExpressibleError";
    this.target = target;
    this.report = report;
  }
}

/**
 * True for a `NotExpressibleError` of any copy of this package, or of another realm: the `code` decides. Never
 * throws.
 *
 * @since 0.1.0
 * @example
 * isNotExpressibleError(new Error("systemd")); // => false
 */
export function isNotExpressibleError(error: unknown): error is NotExpressibleError {
  try {
    return (error as { code?: unknown }).code === "ERR_NOT_EXPRESSIBLE";
  } catch {
    return false; // nothing at all, a Proxy or a getter that throws
  }
}
