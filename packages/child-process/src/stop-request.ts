// How a child is asked to end, as a user writes it down: steps in order, each with the time that the child has before
// the next one.

import { PolicyOptionsError } from "@steadfast/policy";

/**
 * One step of asking a child to end.
 * @since 0.1.0
 */
export type StopRequest =
  /** A message over the IPC channel; passed over where there is none. */
  | {
      readonly via: "message";
      /** What is sent. Default: `{ steadfast: "stop", reason }`. */
      readonly message?: unknown;
      /** How long the child has before the next step, from 0 to 3 600 000 ms. Default 0. */
      readonly waitMs?: number;
    }
  /** The end of its stdin; passed over where that is no pipe. */
  | {
      readonly via: "stdin";
      /** As above. */
      readonly waitMs?: number;
    }
  /** A signal; passed over on Windows, which has none, but not the time after it. */
  | {
      readonly via: "signal";
      /** Which one. */
      readonly signal: NodeJS.Signals;
      /** As above. */
      readonly waitMs?: number;
    }
  /** By force, before the supervisor's grace period is over: the last step. */
  | { readonly via: "kill" };

const FIELDS = {
  message: ["via", "message", "waitMs"],
  stdin: ["via", "waitMs"],
  signal: ["via", "signal", "waitMs"],
  kill: ["via"],
} as const;

const LONGEST_MS = 3_600_000;

/**
 * The steps, checked; null where none are given.
 * @throws PolicyOptionsError that names the step and the field. Values are not shown: a message may be secret.
 */
export function readStopRequests(
  owner: string,
  raw: unknown,
  signals: readonly string[],
): readonly StopRequest[] | null {
  const wrong = (where: string, allowed: string, got: unknown): never => {
    throw new PolicyOptionsError(owner, `stop${where}`, allowed, got);
  };
  if (raw === undefined) return null;
  if (!Array.isArray(raw)) return wrong("", "a list of steps", typeof raw);
  if (raw.length === 0) {
    const allowed = 'a list of one step or more, such as [{ via: "kill" }]';
    return wrong("", allowed, "an empty list");
  }

  function check(step: Record<string, unknown>, at: number): void {
    const field = (name: string) => `[${at}].${name}`;
    const { via, waitMs = 0, signal } = step;
    const known = Object.hasOwn(FIELDS, String(via)) && FIELDS[via as keyof typeof FIELDS];
    if (!known) return wrong(field("via"), "message, stdin, signal or kill", typeof via);
    const odd = Object.keys(step).find((key) => !(known as readonly string[]).includes(key));
    if (odd) wrong(field(odd), `left out of a step via ${String(via)}`, typeof step[odd]);
    const isWait = Number.isSafeInteger(waitMs) && Number(waitMs) >= 0;
    if (!isWait || Number(waitMs) > LONGEST_MS) {
      wrong(field("waitMs"), `a whole number from 0 to ${LONGEST_MS}`, waitMs);
    }
    if (via === "signal" && !signals.includes(String(signal))) {
      wrong(field("signal"), `one of ${signals.join(", ")}`, signal);
    }
    if (via === "kill" && at !== (raw as unknown[]).length - 1) {
      wrong(field("via"), "kill only as the last step", via);
    }
  }

  for (const [at, step] of raw.entries()) {
    if (typeof step !== "object" || step === null) wrong(`[${at}]`, "a step", typeof step);
    check(step as Record<string, unknown>, at);
  }
  return raw.map((step: StopRequest) => ({ ...step }));
}
