// A raw child that follows its script on virtual time.

import type { ChildSignal, System } from "@steadfast/supervisor";
import type { RawChild, RawEnd, RawEvent } from "./raw-child.js";
import { type RawRecord, refusal, type Writable } from "./raw-record.js";

export function actingChild(system: System, record: Writable<RawRecord>, nth: number): RawChild {
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
