// One running child process as the supervisor's `LiveChild`.
//
// running -> (exit, or a refusal to spawn) -> sweep the group, drain the pipes -> over: settle.
// The first of exit and refusal decides; whatever follows changes nothing. `error` events of a child
// that has a pid are faults (a signal or a message that failed), never exits.

import type { ChildProcess, Serializable } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import type { LiveChild, StopReason } from "@steadfast/supervisor";
import { carryOut } from "./carry-out.js";
import { letGo, streamsOf } from "./child-streams.js";
import { drain } from "./drain.js";
import { ipcSignal } from "./ipc-signal.js";
import { readOutput } from "./output-reader.js";
import { processExit, withStderrTail } from "./process-exit.js";
import { processGroup } from "./process-group.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { signalBox } from "./signal-box.js";
import { type KillReach, type StopStep, stopPlan } from "./stop-plan.js";
import { sweep } from "./sweep.js";

/**
 * An attempt that is a process.
 * @since 0.1.0
 */
export interface LiveProcess extends LiveChild<undefined> {
  /** Whom `kill` reaches: what the `killScope` asked for came to on this platform, for this child. */
  readonly reach: KillReach;
}

/** Whose child it is. */
export interface Custody {
  /** Whether this package started it, and so closes its streams and its channel after the exit. */
  readonly ours: boolean;
  /** Whether it leads a process group of its own. */
  readonly leadsGroup: boolean;
}

/** How far it has come; it only goes on. */
const ASKED = 1;
const KILLED = 2;
const ENDED = 3;

const nextTurn = () => new Promise<void>(setImmediate);

/** Watches a child process. */
export function liveProcess(
  child: ChildProcess,
  settings: ProcessSettings,
  { ours, leadsGroup }: Custody,
): LiveProcess {
  const { pid, connected } = child;
  const { onFault } = settings;
  const plan = stopPlan({
    ...settings,
    platform: process.platform,
    leadsGroup,
    channel: connected,
  });
  const streams = streamsOf(child);
  const box = signalBox();
  let received = 0;
  const output = readOutput(child, settings, count, () => box.put({ type: "ready" }));
  let progress = 0;
  let abandoned = false;
  let timer: NodeJS.Timeout | undefined;
  let settle: (exit: Promise<Exit<undefined>>) => void;
  const exited = new Promise<Exit<undefined>>((resolve) => {
    settle = resolve;
  });

  function end(exit: Exit<undefined>): void {
    if (progress === ENDED) return;
    progress = ENDED;
    settle(clearAway(exit));
  }

  function count(): void {
    received++;
  }

  /** The listeners for errors stay for good: a late one must not escape. */
  function fault(error: unknown): void {
    if (progress < ENDED) onFault(error);
  }

  function onError(error: unknown): void {
    if (pid === undefined) end({ kind: "spawn-failed", error });
    else fault(error);
  }

  function onExit(code: number | null, signal: string | null): void {
    end(processExit(code, signal));
  }

  function onMessage(message: unknown): void {
    count();
    box.put(ipcSignal(message));
  }

  /** In this order: while a member of the group lives, the pipes may still fill. */
  async function clearAway(exit: Exit<undefined>): Promise<Exit<undefined>> {
    let told = exit;
    output.holdBackNoMore();
    if (plan.sweep && pid !== undefined && !(await sweep(processGroup(pid), pause))) {
      onFault(new Error(`process group ${pid} cannot be ended`, { cause: exit }));
      told = { kind: "abandoned" };
    }
    await drain(() => received, nextTurn);
    output.close();
    box.close();
    child.off("exit", onExit).off("message", onMessage);
    if (ours) {
      for (const stream of streams) stream.destroy();
      if (child.connected) child.disconnect();
    }
    return withStderrTail(told, output.tail());
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
      if (abandoned) timer.unref();
    });
  }

  child.on("exit", onExit).on("message", onMessage).on("error", onError);
  for (const stream of streams) stream.on("error", fault);
  if (pid === undefined) setImmediate(() => onError(new Error("the child has no pid")));
  if ((child.exitCode ?? child.signalCode ?? null) !== null) {
    onExit(child.exitCode, child.signalCode); // a factory's, which had ended before
  }

  /** Goes on to a later stage and does what it takes; nothing if it is there already. */
  function advance(stage: number, steps: readonly StopStep[], reason: string): void {
    if (progress >= stage) return;
    progress = stage;
    carryOut(steps, child, reason, fault);
  }

  return {
    exited,
    reach: plan.reach,
    ...(pid === undefined ? {} : { pid }),
    onSignal: box.listen,
    requestStop: (reason: StopReason) => advance(ASKED, plan.stop, reason),
    kill: () => advance(KILLED, plan.kill, "kill"),
    ...(connected ? { send } : {}),
    abandon() {
      abandoned = true;
      timer?.unref();
      letGo(child);
    },
  };

  function send(message: unknown): void {
    if (progress === ENDED) return;
    child.send(message as Serializable, (error) => error && fault(error));
  }
}
