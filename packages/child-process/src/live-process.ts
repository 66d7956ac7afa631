// One running child process as the supervisor's `LiveChild`.
//
// running -> (exit, or a refusal to spawn) -> sweep the group, drain the pipes -> over: settle.
// The first of exit and refusal decides; whatever follows changes nothing. `error` events of a child
// that has a pid are faults (a signal or a message that failed), never exits.

import type { ChildProcess, Serializable } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import type { LiveChild, StopReason } from "@steadfast/supervisor";
import { carryOut } from "./carry-out.js";
import { hasEnded, letGo, planFor, streamsOf } from "./child-parts.js";
import { clearAway } from "./clear-away.js";
import { ipcSignal } from "./ipc-signal.js";
import type { OutputName } from "./launcher-options.js";
import { readOutput } from "./output-reader.js";
import { processExit, withStderrTail } from "./process-exit.js";
import { processGroup } from "./process-group.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { signalBox } from "./signal-box.js";
import type { KillReach } from "./stop-plan.js";

/** An attempt that is a process. */
export interface LiveProcess extends LiveChild<undefined> {
  /** Whom `kill` reaches: what the `killScope` asked for came to on this platform, for this child. */
  readonly reach: KillReach;
}

const ignore = () => {};
const hostStream = (name: OutputName) => process[name];

/**
 * Watches a child process.
 *
 * @param ours whether this package started the child: then its output is passed on, and its streams
 * and channel are closed after the exit. A factory's streams are the factory's.
 */
export function liveProcess(
  child: ChildProcess,
  settings: ProcessSettings,
  ours: boolean,
): LiveProcess {
  const { pid } = child;
  const { onFault } = settings;
  const plan = planFor(child, settings);
  const streams = streamsOf(child);
  const box = signalBox();
  const output = readOutput(child, settings, ours ? hostStream : null, () =>
    box.put({ type: "ready" }),
  );
  let messages = 0;
  let running = true;
  let asked = false;
  let killed = false;
  let abandoned = false;
  let timer: NodeJS.Timeout | undefined;
  let settle: (exit: Exit<undefined>) => void = ignore;
  const exited = new Promise<Exit<undefined>>((resolve) => {
    settle = resolve;
  });

  const onExit = (code: number | null, signal: string | null) => end(processExit(code, signal));
  const onError = (error: unknown) => {
    if (pid === undefined) end({ kind: "spawn-failed", error });
    else onFault(error);
  };
  const onMessage = (message: unknown) => {
    messages += 1;
    box.put(ipcSignal(message));
  };

  function end(exit: Exit<undefined>): void {
    if (!running) return;
    running = false;
    if (pid === undefined) return finish(exit);
    const group = plan.sweep ? processGroup(pid) : null;
    const received = () => output.received() + messages;
    output.holdBackNoMore();
    clearAway({ group, received }, later, (how) => {
      if (how === "empty") return finish(exit);
      onFault(new Error(`process group ${pid} cannot be ended`, { cause: exit }));
      finish({ kind: "abandoned" });
    });
  }

  function later(waitMs: number, look: () => void): void {
    timer = setTimeout(look, waitMs);
    if (abandoned) timer.unref();
  }

  /** Gives every listener back, but for one that does nothing: a late `error` must not escape. */
  function finish(exit: Exit<undefined>): void {
    output.close();
    box.close();
    child.off("exit", onExit).off("message", onMessage).off("error", onError).on("error", ignore);
    for (const stream of streams) {
      stream.off("error", onFault).on("error", ignore);
      if (ours) stream.destroy();
    }
    if (ours && child.connected) child.disconnect();
    settle(withStderrTail(exit, output.tail()));
  }

  function act(steps: typeof plan.stop, reason: string): void {
    carryOut(steps, child, reason, onFault);
  }

  child.on("exit", onExit).on("message", onMessage).on("error", onError);
  for (const stream of streams) stream.on("error", onFault);
  if (pid === undefined) setImmediate(() => onError(new Error("the child has no pid")));
  else if (hasEnded(child)) onExit(child.exitCode, child.signalCode);
  else if (settings.killScope !== "process" && plan.reach === "process") {
    onFault(new Error(`child ${pid} leads no process group: signals will reach only itself`));
  }

  return {
    exited,
    reach: plan.reach,
    ...(pid === undefined ? {} : { pid }),
    onSignal: box.listen,
    requestStop(reason: StopReason) {
      if (!running || asked) return;
      asked = true;
      act(plan.stop, reason);
    },
    kill() {
      if (!running || killed) return;
      asked = true;
      killed = true;
      act(plan.kill, "kill");
    },
    ...(child.connected ? { send } : {}),
    abandon() {
      abandoned = true;
      timer?.unref();
      letGo(child);
    },
  };

  function send(message: unknown): void {
    if (!running) return;
    child.send(message as Serializable, (error) => {
      if (error && running) onFault(error);
    });
  }
}
