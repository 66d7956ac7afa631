// What a run of a case of OTP's supervisor comes to.

import type { OtpCase, OtpEvent, OtpReturned } from "../../../../config/testing/otp-case.ts";

/** The answer to the order of a step, or those to the orders of a burst; null for ok. */
type Answers = string | null | readonly (string | null)[];

/** What a run of a case comes to, in the words of the vectors. */
export interface OtpRun {
  readonly boot: readonly OtpEvent[];
  /** Whether it did not start. */
  readonly startError: boolean;
  readonly steps: readonly { readonly events: readonly OtpEvent[]; readonly returns: Answers }[];
  readonly final: OtpCase["final"];
  readonly teardown: readonly OtpEvent[];
}

const STEPS_NONE: readonly never[] = [];

/** The run that a case tells of. The texts of start errors are Erlang terms: only that there is one counts. */
export function wanted({ boot, startError, steps, final, teardown }: OtpCase): OtpRun {
  if (startError) {
    return { boot, startError: true, steps: STEPS_NONE, final: null, teardown: STEPS_NONE };
  }
  const told: { events: readonly OtpEvent[]; returns: Answers }[] = [];
  for (const step of steps) {
    const { events = STEPS_NONE } = step;
    const returns =
      step.op === "burst" ? step.ops.map((op) => returnOf(op.returns)) : returnOf(step.returns);
    told.push({ events, returns });
    if (events.some(([what]) => what === "supExit")) break;
  }
  return { boot, startError: false, steps: told, final, teardown: teardown ?? STEPS_NONE };
}

/** The code that our answer has; null for ok. */
function returnOf(returns: OtpReturned | undefined): string | null {
  if (returns === undefined || typeof returns === "string") return null;
  const { error } = returns;
  if (error.startsWith("{bad_combination")) return "bad-combination";
  return CODES[error] ?? error;
}

const CODES: Readonly<Record<string, string>> = {
  already_started: "already-started",
  already_present: "already-present",
  not_found: "not-found",
  scripted: "start-failed",
};
