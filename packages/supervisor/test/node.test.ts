// `untilSignals` within this process; what real signals do is in real/until-signals.test.ts.

import { isPolicyOptionsError } from "@steadfast/policy";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SignalReceivedError, untilSignals } from "../src/node.js";

const NAMES = ["SIGUSR2", "SIGHUP"] as const;
const listeners = () => NAMES.map((name) => process.listenerCount(name));
const before = listeners();

afterEach(() => {
  expect(listeners()).toEqual(before);
});

const send = (name: NodeJS.Signals) => process.emit(name, name);

describe("untilSignals", () => {
  it("aborts at the first signal, and the reason says which", () => {
    using signal = untilSignals(NAMES);
    expect(signal.aborted).toBe(false);
    send("SIGHUP");
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBeInstanceOf(SignalReceivedError);
    expect(signal.reason).toMatchObject({
      code: "ERR_SIGNAL_RECEIVED",
      signal: "SIGHUP",
      message: "received SIGHUP",
    });
  });

  it("is an AbortSignal for everybody", async () => {
    using signal = untilSignals(NAMES);
    const { signal: both } = new AbortController();
    const any = AbortSignal.any([signal, both]);
    send("SIGUSR2");
    expect(any.aborted).toBe(true);
    expect(() => signal.throwIfAborted()).toThrow("received SIGUSR2");
  });

  it("adds one listener per name, also if a name is given twice", () => {
    using _ = untilSignals(["SIGUSR2", "SIGHUP", "SIGUSR2"]);
    expect(listeners()).toEqual(before.map((count) => count + 1));
  });

  it("disposed of, twice or after a signal, leaves none", () => {
    const signal = untilSignals(NAMES);
    send("SIGHUP");
    signal[Symbol.dispose]();
    signal[Symbol.dispose]();
    expect(listeners()).toEqual(before);
  });

  it("disposed of, is not aborted by a signal", () => {
    const signal = untilSignals(NAMES);
    signal[Symbol.dispose]();
    send("SIGHUP");
    expect(signal.aborted).toBe(false);
  });

  it("at the second signal fires `abort` again, listens no more, and dies of it", () => {
    const killed: unknown[] = [];
    const kill = vi.spyOn(process, "kill").mockImplementation((...how) => {
      killed.push([...how, ...listeners()]);
      return true;
    });
    const signal = untilSignals(NAMES);
    let aborts = 0;
    signal.addEventListener("abort", () => aborts++);
    send("SIGUSR2");
    expect([aborts, killed]).toEqual([1, []]);
    send("SIGHUP");
    kill.mockRestore();
    expect(aborts).toBe(2);
    expect(signal.reason).toMatchObject({ name: "SignalReceivedError", signal: "SIGUSR2" });
    expect(killed).toEqual([[process.pid, "SIGHUP", ...before]]);
  });

  it.each<[names: unknown, words: string]>([
    ["SIGINT", 'a list of one signal name or more, such as ["SIGINT", "SIGTERM"], got "SIGINT"'],
    [[], 'a list of one signal name or more, such as ["SIGINT", "SIGTERM"], got []'],
    [undefined, 'a list of one signal name or more, such as ["SIGINT", "SIGTERM"], got undefined'],
    [null, 'a list of one signal name or more, such as ["SIGINT", "SIGTERM"], got null'],
    [
      { 0: "SIGINT" },
      'a list of one signal name or more, such as ["SIGINT", "SIGTERM"], got {"0":"SIGINT"}',
    ],
    [["SIGUSR2", "SIGFOO"], 'signals of this system, such as SIGINT, SIGTERM, got "SIGFOO"'],
    [["SIGUSR2", "toString"], 'signals of this system, such as SIGINT, SIGTERM, got "toString"'],
    [["SIGUSR2", ""], 'signals of this system, such as SIGINT, SIGTERM, got ""'],
    [["SIGUSR2", undefined], "signals of this system, such as SIGINT, SIGTERM, got undefined"],
    [["SIGUSR2", Symbol("SIGINT")], "signals of this system, such as SIGINT, SIGTERM, got"],
    [["SIGUSR2", ["SIGHUP"]], 'signals of this system, such as SIGHUP, got ["SIGHUP"]'],
    [["SIGUSR2", "sigterm"], 'signals of this system, such as SIGTERM, got "sigterm"'],
    [["SIGUSR2", "Int"], 'signals of this system, such as SIGINT, got "Int"'],
    [["SIGUSR2", 15], "signals of this system, such as SIGTERM, got 15"],
    [["SIGUSR2", "SIGKILL"], 'signals that can be caught, got "SIGKILL"'],
    [["SIGUSR2", "SIGSTOP"], 'signals that can be caught, got "SIGSTOP"'],
  ])("refuses %o, with no listener left", (names, words) => {
    let error: unknown;
    try {
      untilSignals(names as NodeJS.Signals[]);
    } catch (caught) {
      error = caught;
    }
    expect(isPolicyOptionsError(error)).toBe(true);
    expect((error as Error).message).toContain(`untilSignals: names must be ${words}`);
    expect(listeners()).toEqual(before);
  });

  it("leaves no listener where Node cannot listen", () => {
    const on = vi.spyOn(process, "on").mockImplementation((name) => {
      if (name === "SIGHUP") throw new Error("EINVAL");
      return process;
    });
    const off = vi.spyOn(process, "off");
    expect(() => untilSignals(NAMES)).toThrow("EINVAL");
    expect(off.mock.calls.map(([name]) => name)).toEqual(NAMES);
    on.mockRestore();
    off.mockRestore();
  });
});

describe("the second signal", () => {
  it.each([
    [4_711, ["kill 4711 SIGHUP"]],
    [1, ["exit 129", "kill 1 SIGHUP"]], // the kernel ignores the signal; nothing comes after a real exit
  ])("ends the host also where it is PID 1 and nothing else would: pid %i", (pid, done) => {
    const real = process.pid;
    const calls: string[] = [];
    vi.spyOn(process, "kill").mockImplementation((to, name) => {
      calls.push(`kill ${to} ${name}`);
      return true;
    });
    vi.spyOn(process, "exit").mockImplementation((code) => calls.push(`exit ${code}`) as never);
    Object.defineProperty(process, "pid", { value: pid, configurable: true, writable: true });
    using signal = untilSignals(NAMES);
    send("SIGUSR2");
    expect(calls).toEqual([]);
    send("SIGHUP");
    expect(signal.aborted).toBe(true);
    expect(calls).toEqual(done);
    Object.defineProperty(process, "pid", { value: real, configurable: true, writable: true });
    vi.restoreAllMocks();
  });
});
