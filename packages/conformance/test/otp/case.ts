// What a case of OTP's supervisor says, as the vectors have it.

export interface OtpChild {
  readonly id: string;
  readonly restart: "permanent" | "transient" | "temporary";
  readonly shutdown?: number | "infinity" | "brutalKill";
  readonly significant?: boolean;
  /** `ignore`: it does not stop, and is killed at the limit. */
  readonly onShutdown?: "ignore" | { readonly exit: string };
  /** What its n-th start does; left out: it starts. */
  readonly starts?: Readonly<Record<string, "error" | "ignore">>;
}

type Event = readonly (string | number)[];

interface Crash {
  readonly id: string;
  readonly reason: string;
}

/** One thing of several that come while the supervisor does not look. */
export type OtpBurst = { readonly returns?: Returned } & (
  | ({ readonly op: "crash" } & Crash)
  | { readonly op: "terminateChild" | "restartChild" | "deleteChild"; readonly id: string }
  | { readonly op: "startChild"; readonly child: OtpChild }
);

type Returned = { readonly error: string } | string;

export type OtpStep = {
  readonly atSec: number;
  readonly events?: readonly Event[];
  readonly returns?: Returned;
} & (
  | ({ readonly op: "crash" } & Crash)
  | { readonly op: "crashMany"; readonly list: readonly Crash[] }
  | { readonly op: "advance"; readonly secs: number }
  | { readonly op: "terminateChild" | "restartChild" | "deleteChild"; readonly id: string }
  | { readonly op: "startChild"; readonly child: OtpChild }
  | { readonly op: "burst"; readonly ops: readonly OtpBurst[] }
);

export interface OtpCase {
  readonly id: string;
  readonly strategy: "oneForOne" | "oneForAll" | "restForOne";
  readonly intensity: number;
  readonly period: number;
  readonly autoShutdown?: "never" | "anySignificant" | "allSignificant";
  readonly children: readonly OtpChild[];
  readonly boot: readonly Event[];
  readonly startError?: string;
  readonly steps: readonly OtpStep[];
  readonly final:
    | readonly (readonly [id: string, status: "running" | "stopped", starts: number])[]
    | null;
  readonly teardown?: readonly Event[];
}

/** The answer to the order of a step, or those to the orders of a burst; null for ok. */
type Answers = string | null | readonly (string | null)[];

/** What a run of a case comes to, in the words of the vectors. */
export interface OtpRun {
  readonly boot: readonly Event[];
  /** Whether it did not start. */
  readonly startError: boolean;
  readonly steps: readonly { readonly events: readonly Event[]; readonly returns: Answers }[];
  readonly final: OtpCase["final"];
  readonly teardown: readonly Event[];
}

const STEPS_NONE: readonly never[] = [];

/** The run that a case tells of. The texts of start errors are Erlang terms: only that there is one counts. */
export function wanted({ boot, startError, steps, final, teardown }: OtpCase): OtpRun {
  if (startError) {
    return { boot, startError: true, steps: STEPS_NONE, final: null, teardown: STEPS_NONE };
  }
  const told: { events: readonly Event[]; returns: Answers }[] = [];
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
function returnOf(returns: Returned | undefined): string | null {
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
