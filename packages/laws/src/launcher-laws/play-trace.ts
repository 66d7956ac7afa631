// Plays a story on an adapter over a virtual runtime, and notes what came of it, in order.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { drained, type ManualSystem, manualSystem } from "@steadfast/supervisor/testing";
import { claim } from "../kernel/claim.js";
import type { LauncherTrace, TraceAct, TraceAttempt } from "./launcher-trace.js";
import type { RawRecord, VirtualRuntimeRecord } from "./runtime-record.js";
import type { LauncherSubject } from "./subject.js";
import { virtualRuntime } from "./virtual-runtime.js";

/** Something that was seen of an attempt. */
export type Step =
  | { readonly type: "signal"; readonly signal: ChildSignal }
  | { readonly type: "exited"; readonly exit: Exit }
  | { readonly type: "rejected"; readonly error: unknown }
  | {
      readonly type: "act";
      readonly act: TraceAct["act"];
      readonly message: unknown;
      /** Whether its raw child lived when it was done. */
      readonly lived: boolean;
      /** Whether another raw child was reached by it. */
      readonly reachedOthers: boolean;
      /** Whether it was done because the child would not end otherwise. */
      readonly isLastResort: boolean;
      /** What the call threw. */
      readonly threw: { readonly error: unknown } | null;
    };

/** An attempt that was played. */
export interface PlayedAttempt {
  readonly attempt: TraceAttempt;
  /** What `launch` returned; null if it threw. */
  readonly child: LiveChild | null;
  /** What `launch` threw. */
  readonly threw: { readonly error: unknown } | null;
  /** The child's `pid` right after the launch. */
  readonly pid: unknown;
  /** The raw children that were started for it. */
  readonly raws: readonly RawRecord[];
  readonly steps: readonly Step[];
  /** Whether its raw child had not ended when somebody began to listen. */
  readonly heardFromTheFirst: boolean;
  /** What `exited` settles with for who asks when everything is over; null if it does not settle. */
  readonly exitInTheEnd: Exit | null;
}

export interface PlayedTrace {
  readonly attempts: readonly PlayedAttempt[];
  /** What is left when everything is over. */
  readonly left: { readonly timers: number; readonly hostListeners: number };
}

/** Turns of the event loop that an adapter may take to tidy up without a timer. */
const TURNS = 20;
const MOST_RINGS = 2_000;
const LISTENS_LATER_MS = 2;

type Mutable<Part> = { -readonly [Key in keyof Part]: Part[Key] };

type ActStep = Extract<Step, { readonly type: "act" }>;

interface Running extends Mutable<Omit<PlayedAttempt, "steps" | "raws" | "exitInTheEnd">> {
  readonly steps: Step[];
  /** The raw children that were started since its launch. */
  readonly own: () => readonly RawRecord[];
  readonly runtime: VirtualRuntimeRecord;
  over: boolean;
}

export async function playTrace(
  { make }: LauncherSubject,
  { attempts }: LauncherTrace,
): Promise<PlayedTrace> {
  const system = manualSystem();
  let script = attempts[0]?.child ?? {};
  const runtime = virtualRuntime(system, () => script);
  const launcher = make(runtime);
  const played: Omit<PlayedAttempt, "exitInTheEnd">[] = [];
  for (const [index, attempt] of attempts.entries()) {
    script = attempt.child;
    const info: LaunchInfo = {
      id: "law",
      attempt: index + 1,
      generation: index,
      cause: index === 0 ? "start" : "restart",
      failures: 0,
    };
    const running = begin(launcher, info, attempt, runtime);
    await end(running, system);
    const { steps, child, threw, pid, heardFromTheFirst, own } = running;
    played.push({ attempt, child, threw, pid, heardFromTheFirst, steps, raws: own() });
  }
  await runOut(system, () => false);
  const left = { timers: system.pendingTimers, hostListeners: runtime.hostListeners };
  const all = await Promise.all(
    played.map(async (one) => ({ ...one, exitInTheEnd: await settled(one.child?.exited) })),
  );
  return { attempts: all, left };
}

/** What it has settled with; null if it has not, or rejects. */
async function settled(exited: Promise<Exit> | undefined): Promise<Exit | null> {
  const nothing = () => null;
  return Promise.race([exited?.then((exit) => exit, nothing) ?? null, drained().then(nothing)]);
}

/** Launches, listens, and does everything to the child in time. */
function begin(
  launcher: Launcher,
  info: LaunchInfo,
  attempt: TraceAttempt,
  runtime: VirtualRuntimeRecord,
): Running {
  const { timers } = runtime.system;
  const steps: Step[] = [];
  const before = runtime.children.length;
  const own = () => runtime.children.slice(before);
  const running: Running = {
    attempt,
    child: null,
    threw: null,
    pid: undefined,
    steps,
    own,
    runtime,
    heardFromTheFirst: false,
    over: false,
  };
  try {
    running.child = launcher.launch(info);
    running.pid = running.child?.pid;
  } catch (error) {
    running.threw = { error };
    running.over = true;
    return running;
  }
  watch(running, running.child);
  doAll(running, ({ when }) => when === "launch");
  for (const act of attempt.acts) {
    const { when } = act;
    if (typeof when === "object" && "afterMs" in when) {
      timers.set(() => doOne(running, act.act), when.afterMs);
    }
  }
  return running;
}

/** Notes how it ends and what it says, from when the story begins to listen. */
function watch(running: Running, child: LiveChild): void {
  const { attempt, steps, own } = running;
  const { exited } = child ?? {};
  claim(typeof exited?.then === "function", () => "launch() returned no child with `exited`");
  exited.then(
    (exit) => {
      running.over = true;
      steps.push({ type: "exited", exit });
    },
    (error: unknown) => {
      running.over = true;
      steps.push({ type: "rejected", error });
    },
  );
  const listen = () => {
    running.heardFromTheFirst = own().every(({ alive }) => alive);
    child.onSignal((signal) => {
      steps.push({ type: "signal", signal });
      const heard = steps.filter(({ type }) => type === "signal").length;
      doAll(
        running,
        ({ when }) => typeof when === "object" && "heard" in when && when.heard === heard,
      );
    });
  };
  if (attempt.listen === "at-once") listen();
  else running.runtime.system.timers.set(listen, LISTENS_LATER_MS);
}

/** Waits for the exit. A child that does not end by itself is killed, and given up if need be. */
async function end(running: Running, system: ManualSystem): Promise<void> {
  const isOver = () => running.over;
  await runOut(system, isOver);
  if (!running.over) doOne(running, "kill", true);
  await runOut(system, isOver);
  if (!running.over) doOne(running, "abandon", true);
  if (running.over) doAll(running, ({ when }) => when === "exit");
  await drained();
}

/** Lets time pass until it is over, or until nothing is to come any more. */
async function runOut(system: ManualSystem, isOver: () => boolean): Promise<void> {
  let turns = 0;
  for (let rings = 0; turns < TURNS && !isOver(); ) {
    const rang = await system.next();
    if (rang) rings++;
    turns = rang ? 0 : turns + 1;
    claim(rings < MOST_RINGS, () => `${MOST_RINGS} timers have rung, and it goes on`);
  }
}

function doAll(running: Running, isDue: (act: TraceAct) => boolean): void {
  for (const act of running.attempt.acts) if (isDue(act)) doOne(running, act.act);
}

function doOne(running: Running, act: TraceAct["act"], isLastResort = false): void {
  const { child, steps } = running;
  if (!child) return;
  const message = act === "send" ? { nth: steps.length } : undefined;
  const lived = running.own().some(({ alive }) => alive);
  const before = callsOfOthers(running);
  let threw: ActStep["threw"] = null;
  const at = steps.length;
  try {
    if (act === "send") child.send?.(message);
    else if (act === "requestStop") child.requestStop("stop");
    else if (act === "kill") child.kill();
    else child.abandon?.();
  } catch (error) {
    threw = { error };
  }
  const reachedOthers = callsOfOthers(running) > before;
  steps.splice(at, 0, { type: "act", act, message, isLastResort, lived, reachedOthers, threw });
}

function callsOfOthers({ own, runtime }: Running): number {
  const mine = own();
  const others = runtime.children.filter((raw) => !mine.includes(raw));
  return others.reduce((sum, { calls }) => sum + calls.length, 0);
}
