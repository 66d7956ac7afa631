// What happens in a story, in order and without times: the same words for virtual children and for real
// ones, so that the two can be compared.

import { type Exit, isFailure, PolicyOptionsError, readOptions } from "@steadfast/policy";
import type { ChildSignal, Launcher, LiveChild } from "@steadfast/supervisor";
import { drained, type ManualSystem } from "@steadfast/supervisor/testing";
import { show } from "../kernel/claim.js";
import type { LauncherTrace, TraceAct, TraceAttempt } from "./launcher-trace.js";

/**
 * How a story is observed.
 * @since 0.1.0
 */
export interface ObserveOptions {
  /** The manual system that virtual children live on: then time passes as it needs to. Default: none, children are real. */
  readonly system?: ManualSystem;
  /** How long a real child is waited for before it is an error, at least 1. Default 10 000. */
  readonly timeoutMs?: number;
}

/** Turns that are waited for what should not come. */
const TURNS = 20;
const LONGEST_WAIT = 2 ** 31 - 1;

interface Watched {
  readonly child: LiveChild;
  /** Settles when it has exited or was given up. */
  readonly over: Promise<void>;
  isOver: boolean;
  /** Whether it was asked to end or killed. */
  isWanted: boolean;
  /** It is over. */
  finish(): void;
}

/**
 * Plays a story with a launcher whose n-th launch does what the n-th attempt says, and tells what
 * happened: launches, signals, what was done, and how it ended, in order.
 *
 * An end is reported as `exited well`, `exited badly` or `was refused`; one that was asked for, by a stop or
 * a kill, as `ended`, since every kind of child ends otherwise then. Acts `afterMs` are for virtual time
 * alone and are left out.
 *
 * Effect: launches the children of the story. Errors: rejects if nothing happens for `timeoutMs`, and
 * with `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const trace = { attempts: [{ child: { runMs: 0 }, listen: "at-once", acts: [] }] } as const;
 * const launcher = virtualLauncher(virtualRuntime(system, [{ runMs: 0 }]));
 * await observeTrace(launcher, trace, { system }); // => ["1 launched", "1 exited well"]
 */
export async function observeTrace(
  launcher: Launcher,
  trace: LauncherTrace,
  options: ObserveOptions = {},
): Promise<readonly string[]> {
  const wait = waiting(options);
  const seen: string[] = [];
  for (const [index, attempt] of trace.attempts.entries()) {
    const nth = index + 1;
    const tell = (what: string) => void seen.push(`${nth} ${what}`);
    const watched = launch(launcher, nth, attempt, tell);
    if (!watched) continue;
    const actsAt = (when: "launch" | "exit") => attempt.acts.filter((act) => act.when === when);
    for (const act of actsAt("launch")) perform(watched, act, tell);
    if (attempt.listen === "later") {
      await turns();
      listen(watched, attempt, tell);
    }
    await wait(watched, `attempt ${nth}: ${seen.join(", ")}`);
    for (const act of actsAt("exit")) perform(watched, act, tell);
  }
  if (options.system) await options.system.advance(TURNS);
  await turns();
  return seen;
}

function launch(
  launcher: Launcher,
  nth: number,
  attempt: TraceAttempt,
  tell: (what: string) => void,
): Watched | null {
  const cause = nth === 1 ? "start" : "restart";
  let child: LiveChild;
  try {
    child = launcher.launch({ id: "trace", attempt: nth, generation: nth - 1, cause, failures: 0 });
  } catch {
    tell("launch threw");
    return null;
  }
  tell("launched");
  let finish = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const watched: Watched = {
    child,
    over,
    isOver: false,
    isWanted: false,
    finish() {
      watched.isOver = true;
      finish();
    },
  };
  child.exited.then(
    (exit) => {
      tell(endText(exit, watched.isWanted));
      watched.finish();
    },
    () => {
      tell("exited rejected");
      watched.finish();
    },
  );
  if (attempt.listen === "at-once") listen(watched, attempt, tell);
  return watched;
}

function listen(watched: Watched, { acts }: TraceAttempt, tell: (what: string) => void): void {
  let heard = 0;
  watched.child.onSignal((signal) => {
    heard++;
    tell(`said ${signalText(signal)}`);
    for (const act of acts) {
      const { when } = act;
      if (typeof when === "object" && "heard" in when && when.heard === heard) {
        perform(watched, act, tell);
      }
    }
  });
}

const DONE = {
  requestStop: "was asked",
  kill: "was killed",
  send: "was sent something",
  abandon: "was given up",
} as const;

function perform(watched: Watched, { act }: TraceAct, tell: (what: string) => void): void {
  const { child } = watched;
  tell(DONE[act]);
  if (act === "send") child.send?.("something");
  else if (act === "abandon") {
    child.abandon?.();
    watched.finish();
  } else {
    watched.isWanted = true;
    if (act === "kill") child.kill();
    else child.requestStop("stop");
  }
}

function endText(exit: Exit, isWanted: boolean): string {
  if (exit.kind === "spawn-failed") return "was refused";
  if (isWanted) return "ended";
  return isFailure(exit) ? "exited badly" : "exited well";
}

function signalText(signal: ChildSignal): string {
  return signal.type === "message" ? show(signal.message) : signal.type;
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await drained();
}

/** How the end of an attempt is waited for. */
function waiting(options: ObserveOptions): (watched: Watched, soFar: string) => Promise<void> {
  const read = readOptions("observeTrace", options as object as Record<string, unknown>);
  const timeoutMs = read.whole("timeoutMs", { min: 1, max: LONGEST_WAIT, default: 10_000 });
  const { system } = options;
  if (read.raw("system") !== undefined && typeof system?.next !== "function") {
    throw new PolicyOptionsError("observeTrace", "system", "a manual system", system);
  }
  read.end();
  const late = (soFar: string) => new Error(`nothing happens any more in ${soFar}`);
  if (system) {
    return async (watched, soFar) => {
      while (!watched.isOver) if (!(await system.next()) && !watched.isOver) throw late(soFar);
    };
  }
  return (watched, soFar) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(late(soFar)), timeoutMs);
      void watched.over.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
}
