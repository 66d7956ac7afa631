// A runtime whose children follow scripts on virtual time: what an adapter under test is built over.
// It keeps an account of everything that an adapter may get wrong.

import type { ChildSignal, System } from "@steadfast/supervisor";
import type { RawChild, RawEnd, RawEvent, RawScript } from "./raw-child.js";

/**
 * What an adapter under test is given.
 * @since 0.1.0
 */
export interface VirtualRuntime {
  /** Clock and timers, for an adapter that needs them. */
  readonly system: System;
  /**
   * Starts the next child, as `spawn` does. Throws what the system refuses, or a TypeError for a wrong
   * call, where the script says so.
   */
  start(): RawChild;
  /**
   * Listens to what all children share, as an adapter that listens to the host's own process does.
   * Returns what removes the listener. No event ever comes; the listeners are counted.
   */
  onHost(listener: () => void): () => void;
}

/**
 * What a runtime remembers of one child.
 * @since 0.1.0
 */
export interface RawRecord {
  /** What it does. */
  readonly script: RawScript;
  /** What happened to it, in order, and how many listened. */
  readonly told: readonly RawTold[];
  /** What was done to it, in order. */
  readonly calls: readonly RawCall[];
  /** What the call that started it threw; null if it threw nothing. */
  readonly thrown: { readonly error: unknown } | null;
  /** Whether it lives: started, or about to be, and not ended. */
  readonly alive: boolean;
}

/**
 * An event of a raw child.
 * @since 0.1.0
 */
export interface RawTold {
  /** What happened. */
  readonly event: RawEvent;
  /** How many listened to it then. */
  readonly heardBy: number;
  /** Whether the child had ended before. */
  readonly isLate: boolean;
  /** What the listeners threw: it would end the host. */
  readonly escaped: readonly unknown[];
}

/**
 * Something that was done to a raw child.
 * @since 0.1.0
 */
export interface RawCall {
  /** What was called. */
  readonly call: "ask" | "force" | "send";
  /** The message of a `send`, else undefined. */
  readonly message: unknown;
  /** Whether the child had ended before: its number may be somebody else's by then. */
  readonly isLate: boolean;
}

/**
 * A virtual runtime with its account.
 * @since 0.1.0
 */
export interface VirtualRuntimeRecord extends VirtualRuntime {
  /** Every child that was started or refused, oldest first. */
  readonly children: readonly RawRecord[];
  /** How many of them live. */
  readonly alive: number;
  /** How many listen to what all children share. */
  readonly hostListeners: number;
}

type Mutable<Part> = {
  -readonly [Key in keyof Part]: Part[Key] extends readonly (infer Item)[] ? Item[] : Part[Key];
};

/**
 * Makes a runtime whose n-th child does what the n-th script says.
 *
 * Units: milliseconds. Edge: a child has started, or is refused, in the microtask after the call; what
 * takes 0 ms happens in the next turn, never within a call; after the last script children run until
 * they are asked. Effect: the children use the system's timers, and
 * have none left once they have ended. Never throws by itself.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const runtime = virtualRuntime(system, [{ runMs: 50, end: { code: 3 } }]);
 * const events: string[] = [];
 * runtime.start().onEvent(({ type }) => events.push(type));
 * await system.advance(50);
 * events; // => ["started", "exit"]
 */
export function virtualRuntime(
  system: System,
  scripts: readonly RawScript[] | ((start: number) => RawScript),
): VirtualRuntimeRecord {
  const children: Mutable<RawRecord>[] = [];
  const host = new Set<object>();
  const scriptOf = typeof scripts === "function" ? scripts : (n: number) => scripts[n - 1] ?? {};

  return {
    system,
    children,
    get alive() {
      return children.filter(({ alive }) => alive).length;
    },
    get hostListeners() {
      return host.size;
    },
    onHost(listener) {
      const entry = { listener };
      host.add(entry);
      return () => host.delete(entry);
    },
    start() {
      const script = scriptOf(children.length + 1);
      const record: Mutable<RawRecord> = {
        script,
        told: [],
        calls: [],
        thrown: null,
        alive: false,
      };
      children.push(record);
      const { start = "runs" } = script;
      if (start === "throws" || start === "misuse") {
        record.thrown = { error: start === "throws" ? refusal() : misuse() };
        throw record.thrown.error;
      }
      record.alive = true;
      return acting(system, record, children.length);
    },
  };
}

/** A child on the stage. */
function acting(system: System, record: Mutable<RawRecord>, nth: number): RawChild {
  const { script } = record;
  const { odd = [], end = WELL, stopEnd = WELL, killEnd = { signal: "SIGKILL" } } = script;
  const late = said({ type: "message", message: { late: nth } });
  const listeners = new Set<(event: RawEvent) => void>();
  const timers = new Set<unknown>();

  function later(ms: number | null, then: () => void): void {
    if (ms === null) return;
    const timer = system.timers.set(() => {
      timers.delete(timer);
      then();
    }, ms);
    timers.add(timer);
  }

  function tell(event: RawEvent): void {
    const escaped: unknown[] = [];
    record.told.push({ event, heardBy: listeners.size, isLate: !record.alive, escaped });
    const present = [...listeners];
    for (const listener of present) {
      try {
        listener(event);
      } catch (error) {
        escaped.push(error);
      }
    }
  }

  /** The end of it, and what a strange runtime reports about it afterwards. */
  function over(...last: readonly RawEvent[]): void {
    if (!record.alive) return;
    for (const timer of timers) system.timers.clear(timer);
    timers.clear();
    for (const event of last) tell(event);
    record.alive = false;
    if (odd.includes("speaks-after-exit")) later(0, () => tell(late));
    if (odd.includes("errs-after-exit")) later(1, () => tell(failure("late")));
    if (odd.includes("speaks-after-exit")) later(2, () => tell(late));
  }

  function ends(how: RawEnd): void {
    const again: RawEvent = { type: "exit", end: { code: 99 } };
    over({ type: "exit", end: live(how) });
    if (odd.includes("exits-twice")) later(1, () => tell(again));
  }

  function begin(): void {
    tell({ type: "started" });
    for (const { afterMs, signal } of script.says ?? []) later(afterMs, () => tell(said(signal)));
    if (odd.includes("errs-while-running")) later(0, () => tell(failure("beside")));
    later(script.runMs ?? null, () => ends(end));
  }

  function refuse(): void {
    over({ type: "error", error: refusal() });
    if (!odd.includes("exits-after-refusal")) return;
    later(0, () => tell({ type: "exit", end: { code: -2 } }));
  }

  void Promise.resolve().then(script.start === "refuses" ? refuse : begin);

  const note = (call: "ask" | "force" | "send", message?: unknown): boolean => {
    record.calls.push({ call, message, isLate: !record.alive });
    return record.alive && script.start !== "refuses";
  };
  return {
    pid: script.start === "refuses" ? null : BEYOND_ANY_PID + nth,
    onEvent(listener) {
      const entry = (event: RawEvent) => listener(event);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    ask() {
      const { stopMs = 0 } = script;
      if (note("ask")) later(stopMs, () => ends(stopEnd));
    },
    force() {
      const { killMs = 0 } = script;
      if (note("force")) later(killMs, () => ends(killEnd));
    },
    send(message) {
      note("send", message);
    },
  };
}

/** More than any system numbers its processes by. */
const BEYOND_ANY_PID = 2 ** 30;
const WELL: RawEnd = { code: 0 };

const said = (signal: ChildSignal): RawEvent => ({ type: "said", signal });

const failure = (what: string): RawEvent => ({ type: "error", error: new Error(what) });

/** A script is plain JSON; what is thrown is not. */
function live(end: RawEnd): RawEnd {
  return "error" in end && typeof end.error === "string" ? { error: new Error(end.error) } : end;
}

function refusal(): Error {
  const details = { code: "ENOENT", errno: -2, syscall: "spawn" };
  return Object.assign(new Error("spawn ENOENT"), details);
}

function misuse(): Error {
  return Object.assign(new TypeError("a wrong argument"), { code: "ERR_INVALID_ARG_TYPE" });
}
