// A raw child that follows its script, and keeps the account of what happens to it.

import type { ChildSignal, System } from "@steadfast/supervisor";
import type { RawChild, RawEnd, RawEvent } from "./raw-child.js";
import type { RawRecord } from "./runtime-record.js";

/** A record that is still being written. */
export type OpenRecord = {
  -readonly [Key in keyof RawRecord]: RawRecord[Key] extends readonly (infer Item)[]
    ? Item[]
    : RawRecord[Key];
};

/** More than any system numbers its processes by. */
const BEYOND_ANY_PID = 2 ** 30;
const WELL: RawEnd = { code: 0 };
const FORCED: RawEnd = { signal: "SIGKILL" };

/** The n-th child of a runtime. It starts in the next microtask. */
export function rawChild(system: System, record: OpenRecord, nth: number): RawChild {
  return new ActingChild(system, record, nth).child;
}

class ActingChild {
  readonly child: RawChild;
  readonly #system: System;
  readonly #record: OpenRecord;
  readonly #late: RawEvent;
  readonly #listeners = new Set<(event: RawEvent) => void>();
  readonly #timers = new Set<unknown>();

  constructor(system: System, record: OpenRecord, nth: number) {
    const isRefused = record.script.start === "refuses";
    this.#system = system;
    this.#record = record;
    this.#late = said({ type: "message", message: { late: nth } });
    record.pid = isRefused ? null : BEYOND_ANY_PID + nth;
    this.child = this.#made(record.pid);
    void Promise.resolve().then(() => (isRefused ? this.#refuse() : this.#begin()));
  }

  #made(pid: number | null): RawChild {
    const { stopMs = 0, stopEnd = WELL, killMs = 0, killEnd = FORCED } = this.#record.script;
    return {
      pid,
      onEvent: (listener) => {
        const entry = (event: RawEvent) => listener(event);
        this.#listeners.add(entry);
        return () => this.#listeners.delete(entry);
      },
      ask: () => {
        if (this.#note("ask")) this.#later(stopMs, () => this.#ends(stopEnd));
      },
      force: () => {
        if (this.#note("force")) this.#later(killMs, () => this.#ends(killEnd));
      },
      send: (message) => {
        this.#note("send", message);
      },
    };
  }

  /** Whether what was called may have an effect. */
  #note(call: "ask" | "force" | "send", message?: unknown): boolean {
    const { script, calls, alive } = this.#record;
    calls.push({ call, message, isLate: !alive });
    return alive && script.start !== "refuses";
  }

  #later(ms: number | null, then: () => void): void {
    if (ms === null) return;
    const timer = this.#system.timers.set(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }

  #tell(event: RawEvent): void {
    const escaped: unknown[] = [];
    const heardBy = this.#listeners.size;
    this.#record.told.push({ event, heardBy, isLate: !this.#record.alive, escaped });
    const present = [...this.#listeners];
    for (const listener of present) {
      try {
        listener(event);
      } catch (error) {
        escaped.push(error);
      }
    }
  }

  #begin(): void {
    const { says = [], odd = [], runMs = null, end = WELL } = this.#record.script;
    this.#tell({ type: "started" });
    for (const { afterMs, signal } of says) this.#later(afterMs, () => this.#tell(said(signal)));
    if (odd.includes("errs-while-running")) this.#later(0, () => this.#tell(failure("beside")));
    this.#later(runMs, () => this.#ends(end));
  }

  #refuse(): void {
    const { odd = [] } = this.#record.script;
    this.#over({ type: "error", error: refusal() });
    if (!odd.includes("exits-after-refusal")) return;
    this.#later(0, () => this.#tell({ type: "exit", end: { code: -2 } }));
  }

  #ends(how: RawEnd): void {
    const { odd = [] } = this.#record.script;
    this.#over({ type: "exit", end: live(how) });
    if (!odd.includes("exits-twice")) return;
    this.#later(1, () => this.#tell({ type: "exit", end: { code: 99 } }));
  }

  /** The end of it, and what a strange runtime reports afterwards. */
  #over(last: RawEvent): void {
    if (!this.#record.alive) return;
    for (const timer of this.#timers) this.#system.timers.clear(timer);
    this.#timers.clear();
    this.#tell(last);
    this.#record.alive = false;
    const { odd = [] } = this.#record.script;
    if (odd.includes("speaks-after-exit")) this.#later(0, () => this.#tell(this.#late));
    if (odd.includes("errs-after-exit")) this.#later(1, () => this.#tell(failure("late")));
    if (odd.includes("speaks-after-exit")) this.#later(2, () => this.#tell(this.#late));
  }
}

const said = (signal: ChildSignal): RawEvent => ({ type: "said", signal });

const failure = (what: string): RawEvent => ({ type: "error", error: new Error(what) });

/** A script is plain JSON; what is thrown is not. */
function live(end: RawEnd): RawEnd {
  return "error" in end && typeof end.error === "string" ? { error: new Error(end.error) } : end;
}

/** What a system says that refuses to start a child. */
export function refusal(): Error {
  const details = { code: "ENOENT", errno: -2, syscall: "spawn" };
  return Object.assign(new Error("spawn ENOENT"), details);
}
