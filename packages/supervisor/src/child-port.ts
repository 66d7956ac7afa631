// The child that is there, if one is: started, wired up, spoken to. Whatever it does or throws comes
// back through the callbacks, fenced by its generation, and nothing is thrown into the loop.

import type { ChildReport } from "@steadfast/child-slot";
import type { Exit } from "@steadfast/policy";
import { ContractError } from "./errors.js";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild, StopReason } from "./launcher.js";
import { startChild } from "./start-child.js";

/** Calls to a child or to the user that must not throw into the loop. */
export type GuardedCall = "onMessage" | "requestStop" | "kill" | "abandon";

export interface ChildPortCallbacks {
  /** The child, or the runtime about it, reports. */
  report(report: ChildReport): void;
  /** The child sent something that is not a report. */
  message(message: unknown, generation: number): void;
  /** The launcher was misused, or broke its contract. */
  fault(error: unknown): void;
  /** A call to the child threw. */
  callFailed(call: GuardedCall, error: unknown): void;
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

  /** Starts an attempt. Null if there is none: then an exit is reported, after this call. */
  launch(info: LaunchInfo): LiveChild<Value> | null {
    const { generation } = info;
    const start = startChild(this.#launcher, info);
    if (start.type === "alive") {
      this.#child = start.child;
      return start.child;
    }
    if (start.type === "fault") this.#callbacks.fault(start.error);
    const exit: Exit =
      start.type === "fault" ? { kind: "spawn-failed", error: start.error } : start.exit;
    this.#callbacks.report({ type: "exited", generation, exit });
    return null;
  }

  /** Begins to listen to the child. */
  attach(child: LiveChild<Value>, generation: number): void {
    const exited = (exit: Exit) => this.#callbacks.report({ type: "exited", generation, exit });
    child.exited.then(
      (exit: Exit | undefined) => {
        if (typeof exit?.kind === "string") return exited(exit);
        this.#broken("`exited` must settle with an exit");
        exited({ kind: "failed" });
      },
      (error: unknown) => {
        this.#broken("`exited` must not reject", error);
        exited({ kind: "failed", error });
      },
    );
    child.onSignal((signal) => this.#hear(signal, generation));
  }

  requestStop(reason: StopReason): void {
    this.guarded("requestStop", () => this.#child?.requestStop(reason));
  }

  kill(): void {
    this.guarded("kill", () => this.#child?.kill());
  }

  abandon(): void {
    this.guarded("abandon", () => this.#child?.abandon?.());
  }

  /** False if there is no child that can hear it. What the child's `send` throws is thrown on. */
  send(message: unknown): boolean {
    if (!this.#child?.send) return false;
    this.#child.send(message);
    return true;
  }

  /** The attempt is over: whoever it was is spoken to no more. */
  forget(): void {
    this.#child = null;
  }

  guarded(call: GuardedCall, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#callbacks.callFailed(call, error);
    }
  }

  #hear(signal: ChildSignal, generation: number): void {
    if (signal.type === "message") return this.#callbacks.message(signal.message, generation);
    // The loop dates a heartbeat when it takes it up: the instant it arrived.
    const at = Number.MAX_SAFE_INTEGER;
    this.#callbacks.report(
      signal.type === "heartbeat"
        ? { type: "heartbeat", generation, at }
        : { type: signal.type, generation },
    );
  }

  #broken(message: string, cause?: unknown): void {
    this.#callbacks.fault(new ContractError("launcher", message, cause));
  }
}
