// Children that do what a script says, on whatever timers a test has.

import { type Exit, readArguments } from "@steadfast/policy";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild, StopReason } from "../launcher.js";
import { checkSystem, type System } from "../system.js";
import { after } from "./after.js";

/**
 * What one attempt does. Durations in milliseconds from the event they follow; Infinity is never.
 * @since 0.1.0
 */
export type ScriptedAttempt<Value = unknown> =
  | ScriptedRun<Value>
  /** The system refuses: an exit of kind `spawn-failed` with this error. */
  | {
      /** The error of that exit. */
      readonly cannotStart: unknown;
    }
  /** `launch()` throws this. */
  | {
      /** What is thrown. */
      readonly throws: unknown;
    };

/**
 * An attempt that starts.
 * @since 0.1.0
 */
export interface ScriptedRun<Value = unknown> {
  /** How long it runs by itself. 0 ends it within the launch. Default Infinity. */
  readonly runMs?: number;
  /** How it then ends. Default `{ kind: "completed" }`. */
  readonly exit?: Exit<Value>;
  /** What it says, and how long after the launch. 0 is said before anybody listens. */
  readonly says?: readonly { readonly afterMs: number; readonly signal: ChildSignal }[];
  /** How long it takes to obey a request to stop. Infinity ignores it. Default 0. */
  readonly stopMs?: number;
  /** How it then ends. Default `{ kind: "cancelled" }`. */
  readonly stopExit?: Exit<Value>;
  /** How long it takes to die of a kill. Infinity cannot be killed. Default 0. */
  readonly killMs?: number;
  /** How it then ends. Default `{ kind: "signalled", signal: "SIGKILL" }`. */
  readonly killExit?: Exit<Value>;
  /** The process id that the child claims to have. Default: none. */
  readonly pid?: number;
}

/**
 * What became of one attempt.
 * @since 0.1.0
 */
export interface AttemptRecord<Value = unknown> {
  /** What `launch` was given. */
  readonly info: LaunchInfo;
  /** The instant of the launch. */
  readonly at: number;
  /** The requests to stop: when, and what for. */
  readonly stops: readonly { readonly at: number; readonly reason: StopReason }[];
  /** The instants of the kills. */
  readonly kills: readonly number[];
  /** The control messages it was sent. */
  readonly heard: readonly unknown[];
  /** When it was given up. */
  readonly abandonedAt: number | null;
  /** When it ended; null while it lives. */
  readonly exitedAt: number | null;
  /** How it ended. */
  readonly exit: Exit<Value> | null;
}

/**
 * A launcher of scripted children that keeps a record.
 * @since 0.1.0
 */
export interface ScriptedLauncher<Value = unknown> extends Launcher<Value> {
  /** Every attempt that was launched, also those that were refused or threw, oldest first. */
  readonly attempts: readonly AttemptRecord<Value>[];
  /** The instants of the launches. */
  readonly launchedAt: readonly number[];
  /** Attempts that have neither ended nor been abandoned. */
  readonly alive: number;
  /** Lets the last attempt say something now, on top of its script; after its exit, nothing. */
  say(signal: ChildSignal): void;
  /** Ends the last attempt now, on top of its script; after its exit, nothing. */
  exit(exit?: Exit<Value>): void;
}

type Mutable<Value> = {
  -readonly [Key in keyof AttemptRecord<Value>]: AttemptRecord<Value>[Key] extends readonly (infer Item)[]
    ? Item[]
    : AttemptRecord<Value>[Key];
};

/**
 * Makes a launcher whose children follow a script: the n-th attempt does what the n-th entry says.
 *
 * Decides: what each attempt does, by its 1-based number; after the last entry attempts run until they
 * are asked to stop. A function is asked for each attempt. Edge: what takes 0 ms happens within the call
 * that it follows, before it returns. Effect: the children use the system's timers, and have none left once they
 * have ended. Errors: a launch while another attempt is alive (neither ended nor abandoned) throws a
 * RangeError, which ends the supervision as `failed`: at most one is alive, or the test goes red.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const launcher = scriptedLauncher(system, [{ runMs: 50, exit: { kind: "failed" } }]);
 * supervise(launcher, { policy: restartOn("transient") }, system);
 * await system.advance(50);
 * launcher.launchedAt; // => [0, 50]
 */
export function scriptedLauncher<Value = unknown>(
  system: System,
  script:
    | readonly ScriptedAttempt<Value>[]
    | ((attempt: number) => ScriptedAttempt<Value> | undefined),
): ScriptedLauncher<Value> {
  readArguments("scriptedLauncher", arguments, 2);
  checkSystem(system, "scriptedLauncher");
  const attempts: Mutable<Value>[] = [];
  let last: Acting<Value> | null = null;
  const planOf = (n: number) => (typeof script === "function" ? script(n) : script[n - 1]) ?? {};

  return {
    attempts,
    get launchedAt() {
      return attempts.map(({ at }) => at);
    },
    get alive() {
      return attempts.filter(isAlive).length;
    },
    say: (signal) => last?.say(signal),
    exit: (exit = { kind: "completed" }) => last?.end(exit),
    launch(info) {
      const before = attempts.at(-1);
      if (before && isAlive(before)) {
        throw new RangeError(`attempt ${attempts.length} is alive: two would be`);
      }
      const record: Mutable<Value> = {
        info,
        at: system.clock(),
        stops: [],
        kills: [],
        heard: [],
        abandonedAt: null,
        exitedAt: null,
        exit: null,
      };
      attempts.push(record);
      last = null;
      const plan = planOf(attempts.length);
      if ("throws" in plan) {
        record.exitedAt = record.at;
        throw plan.throws;
      }
      last = acting(system, "cannotStart" in plan ? refused(plan.cannotStart) : plan, record);
      return last.child;
    },
  };
}

function isAlive({ exitedAt, abandonedAt }: AttemptRecord): boolean {
  return exitedAt === null && abandonedAt === null;
}

function refused<Value>(error: unknown): ScriptedRun<Value> {
  return { runMs: 0, exit: { kind: "spawn-failed", error } };
}

/** A child that follows a script, and what can make it depart from it. */
interface Acting<Value> {
  readonly child: LiveChild<Value>;
  say(signal: ChildSignal): void;
  end(exit: Exit<Value>): void;
}

function acting<Value>(
  system: System,
  plan: ScriptedRun<Value>,
  record: Mutable<Value>,
): Acting<Value> {
  const { timers } = system;
  const cancels: (() => void)[] = [];
  const unheard: ChildSignal[] = [];
  let listener = (signal: ChildSignal): unknown => unheard.push(signal);
  let settle: (exit: Exit<Value>) => void = () => {};
  const exited = new Promise<Exit<Value>>((resolve) => {
    settle = resolve;
  });

  function later(ms: number, then: () => void): void {
    if (record.exitedAt !== null) return;
    if (ms === 0) return then();
    cancels.push(after(timers, ms, then));
  }

  function end(exit: Exit<Value>): void {
    if (record.exitedAt !== null) return;
    record.exitedAt = system.clock();
    record.exit = exit;
    for (const cancel of cancels) cancel();
    settle(exit);
  }

  function say(signal: ChildSignal): void {
    if (record.exitedAt === null) listener(signal);
  }

  function begin(): void {
    for (const { afterMs, signal } of plan.says ?? []) later(afterMs, () => say(signal));
    later(plan.runMs ?? Number.POSITIVE_INFINITY, () => end(plan.exit ?? { kind: "completed" }));
  }

  const child: LiveChild<Value> = {
    exited,
    ...(plan.pid === undefined ? {} : { pid: plan.pid }),
    onSignal(hear) {
      listener = hear;
      for (const signal of unheard.splice(0)) hear(signal);
    },
    requestStop(reason) {
      record.stops.push({ at: system.clock(), reason });
      if (record.stops.length > 1) return;
      later(plan.stopMs ?? 0, () => end(plan.stopExit ?? { kind: "cancelled" }));
    },
    kill() {
      record.kills.push(system.clock());
      if (record.kills.length > 1) return;
      later(plan.killMs ?? 0, () => end(plan.killExit ?? { kind: "signalled", signal: "SIGKILL" }));
    },
    send(message) {
      record.heard.push(message);
    },
    abandon() {
      record.abandonedAt = system.clock();
    },
  };
  begin();
  return { child, say, end };
}
