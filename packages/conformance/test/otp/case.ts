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

export type OtpStep = {
  readonly atSec: number;
  readonly events?: readonly Event[];
  readonly returns?: { readonly error: string } | string;
} & (
  | ({ readonly op: "crash" } & Crash)
  | { readonly op: "crashMany"; readonly list: readonly Crash[] }
  | { readonly op: "advance"; readonly secs: number }
  | { readonly op: "terminateChild" | "restartChild" | "deleteChild"; readonly id: string }
  | { readonly op: "startChild"; readonly child: OtpChild }
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

/** What a run of a case comes to, in the words of the vectors. */
export interface OtpRun {
  readonly boot: readonly Event[];
  /** Whether it did not start. */
  readonly startError: boolean;
  readonly steps: readonly { readonly events: readonly Event[]; readonly returns: string | null }[];
  readonly final: OtpCase["final"];
  readonly teardown: readonly Event[];
}

const STEPS_NONE: readonly never[] = [];

/** The run that a case tells of. The texts of start errors are Erlang terms: only that there is one counts. */
export function wanted({ boot, startError, steps, final, teardown }: OtpCase): OtpRun {
  if (startError) {
    return { boot, startError: true, steps: STEPS_NONE, final: null, teardown: STEPS_NONE };
  }
  const told: { events: readonly Event[]; returns: string | null }[] = [];
  for (const { events = STEPS_NONE, returns } of steps) {
    told.push({ events, returns: returns === undefined ? null : returnOf(returns) });
    if (events.some(([what]) => what === "supExit")) break;
  }
  return { boot, startError: false, steps: told, final, teardown: teardown ?? STEPS_NONE };
}

/** The code that our answer has; null for ok. */
function returnOf(returns: { readonly error: string } | string): string | null {
  const error = typeof returns === "string" ? null : returns.error;
  if (error === null) return null;
  if (error.startsWith("{bad_combination")) return "bad-combination";
  return CODES[error] ?? error;
}

const CODES: Readonly<Record<string, string>> = {
  already_started: "already-started",
  already_present: "already-present",
  not_found: "not-found",
  scripted: "start-failed",
};
