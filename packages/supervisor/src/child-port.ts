// The child that is there, if one is: started, wired up, spoken to. Whatever it does or throws comes
// back through the callbacks, fenced by its generation, and nothing is thrown into the loop.

import { type ChildReport, eventFault } from "@steadfast/child-slot";
import type { Exit } from "@steadfast/policy";
import { ContractError } from "./errors.js";
import { guarded } from "./guarded.js";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild, StopReason } from "./launcher.js";
import { type Start, startChild } from "./start-child.js";

/** Calls to a child that must not throw into the loop. */
export type ChildCall = "send" | "requestStop" | "kill" | "abandon";

export interface ChildPortCallbacks {
  /** The child, or the runtime about it, reports. */
  report(report: ChildReport): void;
  /** The child sent something that is not a report. */
  message(message: unknown, generation: number): void;
  /** The launcher broke its contract. */
  fault(error: unknown): void;
  /** A call to the child threw. */
  callFailed(call: ChildCall, error: unknown): void;
}

export class ChildPort<Value> {
  readonly #launcher: Launcher<Value>;
  readonly #callbacks: ChildPortCallbacks;
  #child: LiveChild<Value> | null = null;

  constructor(launcher: Launcher<Value>, callbacks: ChildPortCallbacks) {
    this.#launcher = launcher;
    this.#callbacks = callbacks;
  }

  get alive(): boolean {
    return this.#child !== null;
  }

  /** Starts an attempt and begins to listen to it. */
  launch(info: LaunchInfo): Start<Value> {
    const start = startChild(this.#launcher, info);
    if (start.type !== "alive") return start;
    const { child } = start;
    this.#child = child;
    try {
      this.#attach(child, info.generation);
    } catch (error) {
      this.#broken("a child must have a promise `exited` and onSignal()", error);
    }
    return start;
  }

  requestStop(reason: StopReason): void {
    this.#call("requestStop", (child) => child.requestStop(reason));
  }

  kill(): void {
    this.#call("kill", (child) => child.kill());
  }

  abandon(): void {
    this.#call("abandon", (child) => child.abandon?.());
  }

  /** False if there is no child that can hear it. What the child's `send` throws is thrown on. */
  send(message: unknown): boolean {
    if (!this.#child?.send) return false;
    this.#child.send(message);
    return true;
  }

  /** Passes a message on that was kept for the child; a child that cannot take it is told of. */
  hand(message: unknown): void {
    this.#call("send", (child) => child.send?.(message));
  }

  /** The attempt is over: whoever it was is spoken to no more. */
  forget(): void {
    this.#child = null;
  }

  #attach(child: LiveChild<Value>, generation: number): void {
    const exited = (exit: Exit) => this.#callbacks.report({ type: "exited", generation, exit });
    Promise.resolve(child.exited).then(
      (exit) => {
        const fault = exitFault(exit, generation);
        if (fault) this.#broken(`\`exited\` settled with something else than an exit: ${fault}`);
        exited(fault ? { kind: "failed" } : exit);
      },
      (error: unknown) => {
        this.#broken("`exited` must not reject", error);
        exited({ kind: "failed", error });
      },
    );
    child.onSignal((signal) => this.#hear(signal, generation));
  }

  #hear(signal: ChildSignal, generation: number): void {
    switch (signal?.type) {
      case "message":
        return this.#callbacks.message(signal.message, generation);
      case "ready":
      case "not-ready":
        return this.#callbacks.report({ type: signal.type, generation });
      case "heartbeat": {
        // The slot dates a heartbeat when it takes it up: the instant it arrived.
        const at = Number.MAX_SAFE_INTEGER;
        return this.#callbacks.report({ type: "heartbeat", generation, at });
      }
      default:
        return this.#broken("a signal must be ready, not-ready, heartbeat or message");
    }
  }

  #call(call: ChildCall, run: (child: LiveChild<Value>) => unknown): void {
    const child = this.#child;
    if (!child) return;
    guarded(
      () => run(child),
      (error) => this.#callbacks.callFailed(call, error),
    );
  }

  #broken(message: string, cause?: unknown): void {
    this.#callbacks.fault(new ContractError("launcher", message, cause));
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
