// `untilSignals` within this process; what real signals do is in real/until-signals.test.ts.

import { isMainThread } from "node:worker_threads";
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

  it("of no names never fires", () => {
    using signal = untilSignals([]);
    expect(signal.aborted).toBe(false);
  });

  it.each(["SIGFOO", "toString", ""])(
    "refuses %j, which is no signal, with no listener left",
    (name) => {
      let error: unknown;
      try {
        untilSignals(["SIGUSR2", name as NodeJS.Signals]);
      } catch (caught) {
        error = caught;
      }
      expect(isPolicyOptionsError(error)).toBe(true);
      expect((error as Error).message).toBe(
        `untilSignals: names must be signals of this system, got ${JSON.stringify(name)}`,
      );
      expect(listeners()).toEqual(before);
    },
  );

  // A worker thread may listen to anything and never hears it: then there is nothing to see.
  const inProcess = it.runIf(isMainThread);
  inProcess.each(["SIGKILL", "SIGSTOP"] as const)(
    "cannot catch %s, and leaves no listener",
    (name) => {
      expect(() => untilSignals(["SIGUSR2", name])).toThrow(/EINVAL/);
      expect(listeners()).toEqual(before);
    },
  );
});
