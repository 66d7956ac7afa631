// A standby around a child that is no process: what it says, and when.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo } from "@steadfast/supervisor";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ProcessOptions } from "../src/launcher-options.js";
import { liveProcess } from "../src/live-process.js";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { Standby } from "../src/standby.js";
import { fakeChild, NOBODY } from "./fake-child.js";
import { noOutlets } from "./outlets-none.js";

const attempt: LaunchInfo = {
  id: "web",
  attempt: 7,
  generation: 9,
  cause: "restart",
  failures: 0,
};

afterEach(() => vi.useRealTimers());

function prepared(options: ProcessOptions = {}) {
  const fake = fakeChild({ pid: NOBODY, channel: true });
  const faults: string[] = [];
  const onFault = (error: unknown) => faults.push((error as Error).message);
  const settings = readProcessOptions("test", { onFault, ...options }, null);
  const custody = { ours: false, leadsGroup: false, promise: null };
  const infos: LaunchInfo[] = [];
  const standby = new Standby(
    (info, box) => {
      infos.push(info);
      return liveProcess(fake.child, settings, noOutlets, custody, box);
    },
    { id: "web", standby: 3 },
    settings,
  );
  const told: string[] = [];
  const exits: Exit[] = [];
  void standby.up.then(() => told.push("up"));
  void standby.gone.then((exit) => {
    told.push("gone");
    exits.push(exit);
  });
  const says = (message: unknown) => fake.child.emit("message", message);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { ...fake, standby, infos, faults, told, exits, says, settle };
}

describe("a standby", () => {
  it("is up when it says that it waits, once; and begins as the attempt that it becomes", async () => {
    const { standby, infos, says, sent, told, settle, faults } = prepared();
    await settle();
    expect(told).toStrictEqual([]);
    says({ steadfast: "waiting" });
    says({ steadfast: "waiting" });
    await settle();
    expect(told).toStrictEqual(["up"]);
    expect(infos).toMatchObject([{ id: "web", attempt: 0, generation: 0, standby: 3 }]);
    const live = standby.begin(attempt);
    expect(live?.pid).toBe(NOBODY);
    expect(sent).toStrictEqual([{ steadfast: "begin", attempt: 7, generation: 9 }]);
    expect(infos).toMatchObject([attempt]);
    const heard: ChildSignal[] = [];
    says({ steadfast: "ready" });
    live?.onSignal((signal) => heard.push(signal));
    says("hello");
    expect(heard).toStrictEqual([{ type: "ready" }, { type: "message", message: "hello" }]);
    expect(faults).toStrictEqual([]);
  });

  it("that has begun is an attempt: it is not discarded, and begins no second time", async () => {
    const { standby, says, signals, settle, child, faults } = prepared();
    says({ steadfast: "waiting" });
    const live = standby.begin(attempt);
    expect(standby.begin(attempt)).toBeNull();
    void standby.discard();
    expect(signals).toStrictEqual([]);
    child.emit("exit", 3, null);
    expect(await live?.exited).toStrictEqual({ kind: "failed", code: 3 });
    await settle();
    expect(faults).toStrictEqual(["a standby was gone when it was to begin"]);
  });

  it("has its first sign of life when it begins, if any are expected", () => {
    const { standby, says } = prepared({ heartbeat: "message" });
    says({ steadfast: "heartbeat" });
    says({ steadfast: "waiting" });
    const heard: ChildSignal[] = [];
    standby.begin(attempt)?.onSignal((signal) => heard.push(signal));
    expect(heard).toStrictEqual([{ type: "heartbeat" }]);
  });

  it.each([
    [{ steadfast: "ready" }, 'a standby said "ready" before it was to begin'],
    [{ steadfast: "not-ready" }, 'a standby said "not-ready" before it was to begin'],
    ["ready", 'a standby said "ready" before it was to begin'],
  ])("that works unasked is killed, and gone with what is wrong: %j", async (word, why) => {
    const { standby, says, signals, child, exits, told, settle } = prepared();
    says(word);
    says({ steadfast: "waiting" });
    expect(signals).toStrictEqual(["SIGKILL"]);
    expect(standby.begin(attempt)).toBeNull();
    child.emit("exit", null, "SIGKILL");
    await standby.gone;
    await settle();
    expect(told).toStrictEqual(["gone"]);
    expect(exits).toMatchObject([{ kind: "failed" }]);
    expect(exits[0]).toHaveProperty("error.message", expect.stringContaining(why));
  });

  it("that hangs up is killed: it could never hear that it is to begin", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { standby, child, says, signals } = prepared();
    says({ steadfast: "waiting" });
    child.emit("disconnect");
    vi.advanceTimersByTime(1_000);
    expect(signals).toStrictEqual(["SIGKILL"]);
    child.emit("exit", null, "SIGKILL");
    expect(await standby.gone).toHaveProperty("error.message", "a standby closed its channel");
  });

  it("whose process has ended does not begin, also where its end is not told yet", async () => {
    const { standby, says, child, exits, faults } = prepared();
    says({ steadfast: "waiting" });
    child.emit("exit", null, "SIGSEGV");
    expect(standby.begin(attempt)).toBeNull();
    await standby.gone;
    expect(exits).toStrictEqual([{ kind: "signalled", signal: "SIGSEGV" }]);
    expect(faults).toHaveLength(1);
  });

  it("is not heard: a message is a fault, and is not kept", () => {
    const { standby, says, faults } = prepared();
    says({ steadfast: "waiting" });
    says("hello");
    says(null);
    expect(faults).toStrictEqual(Array(2).fill("a message of a standby, which nobody hears"));
    const heard: ChildSignal[] = [];
    standby.begin(attempt)?.onSignal((signal) => heard.push(signal));
    expect(heard).toStrictEqual([]);
  });

  it("that is discarded is asked to end, once, and killed after sweepGraceMs", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { standby, says, signals, told, settle } = prepared({ sweepGraceMs: 40 });
    says({ steadfast: "waiting" });
    void standby.discard();
    void standby.discard();
    says({ steadfast: "ready" });
    expect(signals).toStrictEqual(["SIGTERM", "SIGCONT"]);
    vi.advanceTimersByTime(39);
    expect(signals).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(signals.slice(2)).toStrictEqual(["SIGKILL"]);
    expect(standby.begin(attempt)).toBeNull();
    await settle();
    expect(told).toStrictEqual(["up"]);
  });

  it("that is discarded without a grace is killed at once; one that obeys is not killed", async () => {
    const now = prepared({ sweepGraceMs: 0 });
    void now.standby.discard();
    expect(now.signals).toStrictEqual(["SIGTERM", "SIGCONT", "SIGKILL"]);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const obeys = prepared();
    void obeys.standby.discard();
    obeys.child.emit("exit", null, "SIGTERM");
    await obeys.standby.gone;
    expect(vi.getTimerCount()).toBe(0);
    expect(obeys.signals).toStrictEqual(["SIGTERM", "SIGCONT"]);
  });

  it("that says nothing for 30 s is one warning; one that waits is none", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    prepared();
    const waits = prepared();
    waits.says({ steadfast: "waiting" });
    vi.advanceTimersByTime(29_999);
    expect(warned).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100_000);
    expect(warned).toHaveBeenCalledExactlyOnceWith(
      "a standby has not said within 30 s that it waits",
      expect.objectContaining({ code: "STEADFAST_STANDBY" }),
    );
    warned.mockRestore();
  });
});
