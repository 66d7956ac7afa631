import { type Exit, exitRecord, type Millis } from "@steadfast/policy";

/**
 * Why a request has no answer.
 *
 * `lost`: the attempt that had it ended first. `over`: the supervision is over, or held. `refused`: no child was
 * ready, and enough requests waited. `timed-out`: no answer within `timeoutMs`.
 *
 * @since 0.1.0
 */
export type RequestFailure = "lost" | "over" | "refused" | "timed-out";

/** What is known of the failure. */
interface KnownOfFailure {
  /** How the attempt ended. */
  readonly exit?: Exit | null;
  /** Which one it was. */
  readonly attempt?: number | null;
  /** The limit that was passed. */
  readonly timeoutMs?: Millis;
}

/**
 * A request has no answer, and will have none.
 *
 * Its `cause` is the root cause where there is one: what the child threw. What the child's own handler threw is
 * no `RequestError`: the request rejects with that.
 *
 * Fix: look at `reason`. `lost` and `over`: find out in `exit` and `cause` why the child ended; what may be done twice can be
 * sent again by `resends`. `refused`: wait for the child to be ready, or raise `maxWaiting`. `timed-out`: raise `timeoutMs`, or find
 * out what the child does.
 *
 * @since 0.1.0
 */
export class RequestError extends Error {
  readonly code = "ERR_REQUEST";
  /** Why there is no answer. */
  readonly reason: RequestFailure;
  /** How the attempt ended that had it, or the last one; null if none has ended. */
  readonly exit: Exit | null;
  /** The attempt that had it; null if none had. */
  readonly attempt: number | null;

  constructor(
    reason: RequestFailure,
    { exit = null, attempt = null, timeoutMs }: KnownOfFailure = {},
  ) {
    super(messageOf(reason, exit, timeoutMs), causeOf(exit));
    this.name = reason === "timed-out" ? "TimeoutError" : "RequestError";
    this.reason = reason;
    this.exit = exit;
    this.attempt = attempt;
  }
}

/**
 * True for a `RequestError` of any copy of this package.
 * @since 0.1.0
 */
export function isRequestError(error: unknown): error is RequestError {
  try {
    return (error as { readonly code?: unknown } | null)?.code === "ERR_REQUEST";
  } catch {
    return false;
  }
}

function causeOf(exit: Exit | null): ErrorOptions {
  return exit && "error" in exit ? { cause: exit.error } : {};
}

function messageOf(reason: RequestFailure, exit: Exit | null, timeoutMs?: Millis): string {
  const ended = exit ? `: ${wordsOf(exit)}` : "";
  switch (reason) {
    case "lost":
      return exit ? `the child ended before it answered${ended}` : "the child cannot hear any more";
    case "over":
      return `there is no child to answer, and there will be none${ended}`;
    case "refused":
      return "no child is ready, and enough requests wait for one";
    case "timed-out":
      return `no answer within ${timeoutMs} ms`;
  }
}

function wordsOf(exit: Exit): string {
  const { kind, error, code, signal, reason } = exitRecord(exit) as Words;
  const more = error?.message ?? signal ?? reason ?? (code ? `code ${code}` : null);
  return more === null ? kind : `${kind}, ${more}`;
}

/** What an exit may say of itself. */
interface Words {
  readonly kind: string;
  readonly error?: { readonly message: string };
  readonly code?: number;
  readonly signal?: string;
  readonly reason?: string;
}
