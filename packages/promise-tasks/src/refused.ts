// Why a retry ended: kept beside the error that it throws, which is the task's own and stays untouched.

import type { Exit } from "@steadfast/policy";

/**
 * Why there was no further attempt.
 * @since 0.1.0
 */
export interface Refusal {
  /**
   * The policy's stable code, such as `cap-reached`; `given-up` if the task or `giveUpOn` said so;
   * `deadline` if the next attempt, or the end of the present one, would have come too late.
   */
  readonly reason: string;
  /** Attempts made, the first included. */
  readonly attempts: number;
  /** What they threw, the newest 10, oldest first. A result that `retryOn` refused is not among them. */
  readonly errors: readonly unknown[];
  /** When the policy would have admitted the next one; null for never. */
  readonly retryAfterMs: number | null;
  /** How many attempts were given up and had not ended yet. */
  readonly abandoned: number;
  /** How the last attempt ended; null if there was none. */
  readonly lastExit: Exit | null;
}

/**
 * What `retry` throws instead of the last error, with `throws: "refused"`, and where there is no error: no
 * attempt was made, or the last one returned a result that `retryOn` refused.
 *
 * Its `cause` is the last error; its `code` is `ERR_REFUSED`.
 *
 * Fix: `reason` says who refused: fix what the task reports, or allow more by the policy.
 *
 * @since 0.1.0
 */
export class RefusedError extends Error implements Refusal {
  readonly code = "ERR_REFUSED";
  /** Why there was no further attempt: a stable code. */
  declare readonly reason: string;
  /** Attempts made, the first included. */
  declare readonly attempts: number;
  /** What they threw, the newest 10, oldest first. */
  declare readonly errors: readonly unknown[];
  /** When the policy would have admitted the next one; null for never. */
  declare readonly retryAfterMs: number | null;
  /** How many attempts were given up and had not ended yet. */
  declare readonly abandoned: number;
  /** How the last attempt ended; null if there was none. */
  declare readonly lastExit: Exit | null;

  constructor(refusal: Refusal, options?: { readonly cause: unknown }) {
    super(`refused after ${refusal.attempts} attempts: ${refusal.reason}`, options);
    Object.assign(this, refusal, { name: "RefusedError" });
  }
}

const known = /* @__PURE__ */ new WeakMap<object, Refusal>();

/** Remembers why an error was thrown. What is no object cannot be remembered. */
export function remember(error: unknown, refusal: Refusal): void {
  if (Object(error) === error) known.set(error as object, refusal);
}

/**
 * Why `retry` threw this error; null if no retry of this copy of the package did.
 *
 * An error that several retries threw, such as a shared constant, has the refusal of the latest. A thrown
 * value that is no object (a text, `undefined`) has none: `throws: "refused"` is for tasks that throw those.
 * Effect: none; the error is not read, except for the `code` of a `RefusedError`. Never throws.
 *
 * @since 0.1.0
 * @example
 * const boom = new Error("boom");
 * await retry(() => Promise.reject(boom), { attempts: 3 }).catch(() => {});
 * refusedBy(boom)?.reason; // => "cap-reached"
 * refusedBy(boom)?.attempts; // => 3
 * refusedBy("boom"); // => null
 */
export function refusedBy(error: unknown): Refusal | null {
  const refusal = known.get(error as object);
  if (refusal) return refusal;
  try {
    const { code } = error as { readonly code?: unknown };
    return code === "ERR_REFUSED" ? (error as RefusedError) : null;
  } catch {
    return null; // undefined, null, a getter that throws, or a Proxy
  }
}
