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

/** What happened, and to which child. */
export type OtpEvent = readonly (string | number)[];

interface Crash {
  readonly id: string;
  readonly reason: string;
}

/** One thing of several that come while the supervisor does not look. */
export type OtpBurst = { readonly returns?: OtpReturned } & (
  | ({ readonly op: "crash" } & Crash)
  | { readonly op: "terminateChild" | "restartChild" | "deleteChild"; readonly id: string }
  | { readonly op: "startChild"; readonly child: OtpChild }
);

/** What an order was answered. */
export type OtpReturned = { readonly error: string } | string;

export type OtpStep = {
  readonly atSec: number;
  readonly events?: readonly OtpEvent[];
  readonly returns?: OtpReturned;
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
  readonly boot: readonly OtpEvent[];
  readonly startError?: string;
  readonly steps: readonly OtpStep[];
  readonly final:
    | readonly (readonly [id: string, status: "running" | "stopped", starts: number])[]
    | null;
  readonly teardown?: readonly OtpEvent[];
}
