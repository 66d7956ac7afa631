// The child that is there, if one is: started, wired up, spoken to. Whatever it does or throws comes
// back through the callbacks, fenced by its generation, and nothing is thrown into the loop.

import { type ChildReport, eventFault } from "@steadfast/child-slot";
import type { Exit } from "@steadfast/policy";
import { ContractError, isProgrammingError } from "./errors.js";
import { guarded } from "./guarded.js";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild } from "./launcher.js";

/** Calls to a child that must not throw into the loop. */
export type ChildCall = "send" | "requestStop" | "kill" | "abandon";

export interface ChildPortCallbacks {
  /** The child, or the runtime about it, reports. */
  report(report: ChildReport): void;
  /** The child sent something that is not a report. */
  message(message: unknown, generation: number): void;
  /** The launcher broke its contract. */
  fault(error: unknown): void;
  /** The launcher was misused: retrying cannot help. */
  misused(error: unknown): void;
  /** A call to the child threw. */
  callFailed(call: ChildCall, error: unknown): void;
}

export interface ChildPort<Value> {
  /** The child that is there; null for none. */
  child(): LiveChild<Value> | null;
  /** Starts an attempt and begins to listen to it. What there is no child for is reported as its exit. */
  launch(info: LaunchInfo): void;
  /** Calls the child, if there is one. */
  call(name: ChildCall, run: (child: LiveChild<Value>) => unknown): void;
  /** The attempt is over: whoever it was is spoken to no more. */
  forget(): void;
}

const NO_CHILD = "launch() must return a child with a promise `exited` and onSignal()";

export function childPort<Value>(
  launcher: Launcher<Value>,
  { report, message, fault, misused, callFailed }: ChildPortCallbacks,
): ChildPort<Value> {
  let child: LiveChild<Value> | null = null;

  const broken = (what: string, cause?: unknown) =>
    fault(new ContractError("launcher", what, cause));

  function launch(info: LaunchInfo): void {
    const { generation } = info;
    const ended = (exit: Exit) => report({ type: "exited", generation, exit });
    const neverBegan = (error: unknown) => ended({ kind: "spawn-failed", error });
    let started: LiveChild<Value>;
    try {
      started = launcher.launch(info);
    } catch (error) {
      // What the system refuses is an ordinary exit, which the policy judges.
      neverBegan(error);
      if (isProgrammingError(error)) misused(error);
      return;
    }
    if (!isChild(started)) {
      const error = new ContractError("launcher", NO_CHILD);
      neverBegan(error);
      return fault(error);
    }
    child = started;
    try {
      Promise.resolve(child.exited).then(
        (exit) => {
          const wrong = exitFault(exit, generation);
          if (wrong) broken(`\`exited\` settled with something else than an exit: ${wrong}`);
          ended(wrong ? { kind: "failed" } : exit);
        },
        (error: unknown) => {
          broken("`exited` must not reject", error);
          ended({ kind: "failed", error });
        },
      );
      child.onSignal((signal) => hear(signal, generation));
    } catch (error) {
      broken(NO_CHILD, error);
    }
  }

  function hear(signal: ChildSignal, generation: number): void {
    switch (signal?.type) {
      case "message":
        return message(signal.message, generation);
      case "ready":
      case "not-ready":
        return report({ type: signal.type, generation });
      case "heartbeat":
        // The slot dates a heartbeat when it takes it up: the instant it arrived.
        return report({ type: "heartbeat", generation, at: Number.MAX_SAFE_INTEGER });
      default:
        return broken("a signal must be ready, not-ready, heartbeat or message");
    }
  }

  return {
    child: () => child,
    launch,
    call(name, run) {
      const called = child;
      if (!called) return;
      guarded(
        () => run(called),
        (error) => callFailed(name, error),
      );
    },
    forget() {
      child = null;
    },
  };
}

function isChild(child: LiveChild | undefined): boolean {
  try {
    return typeof child?.exited?.then === "function";
  } catch {
    return false;
  }
}

/** What is wrong with what `exited` settled with, in words, or null. Never throws. */
function exitFault(exit: Exit, generation: number): string | null {
  try {
    const { stderrTail = [] } = exit;
    if (!stderrTail.every((line) => typeof line === "string")) return "stderrTail must be texts";
    return eventFault({ type: "exited", generation, exit });
  } catch {
    return "it cannot be read";
  }
}
