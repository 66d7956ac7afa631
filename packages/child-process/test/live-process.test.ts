import type { Exit } from "@steadfast/policy";
import type { ChildSignal } from "@steadfast/supervisor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProcessOptions } from "../src/launcher-options.js";
import { liveProcess } from "../src/live-process.js";
import { processLauncher } from "../src/process-launcher.js";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { type FakeTraits, fakeChild, NOBODY } from "./fake-child.js";
import { noOutlets } from "./outlets-none.js";

function watched(traits: FakeTraits, options: ProcessOptions = {}, ours = false) {
  const fake = fakeChild(traits);
  const before = fake.listeners();
  const faults: unknown[] = [];
  const heard: ChildSignal[] = [];
  const exits: Exit[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const settings = readProcessOptions("test", { onFault, ...options }, null);
  const live = liveProcess(fake.child, settings, noOutlets, {
    ours,
    leadsGroup: false,
    promise: null,
  });
  live.onSignal((signal) => heard.push(signal));
  void live.exited.then((exit) => exits.push(exit));
  return { ...fake, live, before, faults, heard, exits };
}

const spawnError = (code: string) =>
  Object.assign(new Error(`spawn x ${code}`), { code, errno: -1, syscall: "spawn x" });

describe("the exit of a process", () => {
  it.each(["ENOENT", "EACCES", "EAGAIN", "EMFILE", "ENFILE"])(
    "is spawn-failed for %s, without a pid and without an exit event",
    async (code) => {
      const { child, live, faults } = watched({});
      const error = spawnError(code);
      child.emit("error", error);
      const exit = await live.exited;
      expect(exit).toStrictEqual({ kind: "spawn-failed", error });
      expect(exit.kind === "spawn-failed" && exit.error).toBe(error);
      expect(live.pid).toBeUndefined();
      expect(live.announces).toBe(true);
      expect(faults).toStrictEqual([]);
    },
  );

  it("is spawn-failed also when a child without a pid says nothing", async () => {
    const { live } = watched({});
    expect(await live.exited).toMatchObject({ kind: "spawn-failed", error: expect.any(Error) });
  });

  it("has the error of a child without a pid that only its promise tells", async () => {
    const error = spawnError("E2BIG");
    const { child } = fakeChild({});
    const dummy = Object.assign(Promise.reject(error), { nodeChildProcess: child });
    const live = processLauncher(() => dummy).launch({
      id: "a",
      attempt: 1,
      generation: 1,
      cause: "start",
      failures: 0,
    });
    expect(await live.exited).toStrictEqual({ kind: "spawn-failed", error });
  });

  it("is not decided by an error event of a child that was spawned", async () => {
    const { child, live, faults } = watched({ pid: NOBODY });
    const error = spawnError("EPERM");
    child.emit("error", error);
    expect(faults).toStrictEqual([error]);
    child.emit("exit", 0, null);
    expect(await live.exited).toStrictEqual({ kind: "completed", code: 0 });
  });

  it("is read from a child that had ended before it was handed over", async () => {
    const { live } = watched({ pid: NOBODY, exitCode: 4 });
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 4 });
  });

  type Happening = { event: "exit"; code: number } | { event: "error"; error: Error };
  const happening = fc.oneof(
    fc.record({ event: fc.constant("exit" as const), code: fc.nat(3) }),
    fc.record({ event: fc.constant("error" as const), error: fc.constant(spawnError("EACCES")) }),
  );

  /** The dumb twin: the first happening that decides. */
  function oracle(spawned: boolean, happenings: readonly Happening[]): unknown {
    const first = happenings.find(({ event }) => event === "exit" || !spawned);
    if (!first) return { kind: "spawn-failed", error: expect.any(Error) };
    if (first.event === "error") return { kind: "spawn-failed", error: first.error };
    return first.code === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code: first.code };
  }

  it("is decided once, by the first that counts, whatever comes in whatever order", async () => {
    let both = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(happening, { maxLength: 5 }),
        async (spawned, seen) => {
          const happenings: Happening[] = spawned ? [...seen, { event: "exit", code: 9 }] : seen;
          const { child, live, exits } = watched(spawned ? { pid: NOBODY } : {});
          for (const one of happenings) {
            if (one.event === "exit") child.emit("exit", one.code, null);
            else child.emit("error", one.error);
          }
          expect(await live.exited).toEqual(oracle(spawned, happenings));
          child.emit("exit", 1, null);
          child.emit("error", spawnError("EPERM"));
          await new Promise(setImmediate);
          expect(exits).toHaveLength(1);
          runs += 1;
          if (new Set(happenings.map(({ event }) => event)).size === 2) both += 1;
        },
      ),
    );
    expect(both / runs).toBeGreaterThan(0.05);
  });
});

describe("listeners", () => {
  it("are all given back, but for the one that keeps a late error from escaping", async () => {
    const { child, live, before, listeners, stdout, stderr } = watched(
      { pid: NOBODY, channel: true },
      { readyWhen: () => false },
    );
    child.emit("exit", 0, null);
    await live.exited;
    const guards = { "child error": 1, "stdout error": 1, "stderr error": 1 };
    expect(listeners()).toStrictEqual({ ...before, ...guards });
    for (const emitter of [child, stdout, stderr]) emitter.emit("error", new Error("late"));
  });

  it("are given back after a failed spawn, too", async () => {
    const { child, live, before, listeners } = watched({});
    child.emit("error", spawnError("ENOENT"));
    await live.exited;
    const guards = { "child error": 1, "stdout error": 1, "stderr error": 1 };
    expect(listeners()).toStrictEqual({ ...before, ...guards });
  });

  it("keep the errors of streams from escaping, and report them", () => {
    const { stdout, stderr, faults } = watched({ pid: NOBODY });
    stdout.emit("error", "EPIPE");
    stderr.emit("error", "EIO");
    expect(faults).toStrictEqual(["EPIPE", "EIO"]);
  });
});

describe("streams and channel", () => {
  it.each([true, false])("are closed after the exit if they are ours: %s", async (ours) => {
    const { child, live, stdout, stderr } = watched({ pid: NOBODY, channel: true }, {}, ours);
    child.emit("exit", 0, null);
    expect([stdout.destroyed, stderr.destroyed, !child.connected]).not.toContain(true);
    await live.exited;
    expect([stdout.destroyed, stderr.destroyed, !child.connected]).toStrictEqual([
      ours,
      ours,
      ours,
    ]);
  });
});

describe("signals", () => {
  it("come from messages, in order, until the end", async () => {
    const { child, live, heard } = watched({ pid: NOBODY, channel: true });
    child.emit("message", { steadfast: "ready" });
    child.emit("message", { steadfast: "heartbeat" });
    child.emit("message", "hello");
    child.emit("message", { steadfast: "not-ready" });
    child.emit("exit", 0, null);
    child.emit("message", "the last words, read after the exit");
    await live.exited;
    child.emit("message", "too late");
    expect(heard).toStrictEqual([
      { type: "ready" },
      { type: "heartbeat" },
      { type: "message", message: "hello" },
      { type: "not-ready" },
      { type: "message", message: "the last words, read after the exit" },
    ]);
  });

  it("are heard as long as the channel brings any, also after the exit", async () => {
    const { child, live, heard } = watched({ pid: NOBODY, channel: true }, { stderrTail: 0 });
    child.emit("exit", 0, null);
    for (let turn = 1; turn <= 5; turn++) {
      await new Promise(setImmediate);
      child.emit("message", turn);
    }
    await live.exited;
    expect(heard).toStrictEqual([1, 2, 3, 4, 5].map((message) => ({ type: "message", message })));
  });

  it("are not delivered to a listener that comes after the end", async () => {
    const { child } = fakeChild({ pid: NOBODY, channel: true });
    const settings = readProcessOptions("test", {}, null);
    const live = liveProcess(child, settings, noOutlets, {
      ours: false,
      leadsGroup: false,
      promise: null,
    });
    const late: unknown[] = [];
    child.emit("message", "nobody listens yet");
    child.emit("exit", 0, null);
    await live.exited;
    live.onSignal((signal) => late.push(signal));
    expect(late).toStrictEqual([]);
  });

  it("the launch is the first sign of life where one is expected", async () => {
    for (const heartbeat of ["message", "output"] as const) {
      const { heard } = watched({ pid: NOBODY }, { heartbeat });
      expect(heard).toStrictEqual([{ type: "heartbeat" }]);
    }
    expect(watched({ pid: NOBODY }).heard).toStrictEqual([]);
    expect(watched({}, { heartbeat: "output" }).heard).toStrictEqual([]);
  });

  it("output is one sign of life per turn", async () => {
    const { stdout, stderr, heard } = watched({ pid: NOBODY }, { heartbeat: "output" });
    for (let turn = 0; turn < 2; turn++) {
      for (let i = 0; i < 5; i++) stdout.write("a");
      stderr.write("b");
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
    expect(heard).toHaveLength(3);
  });

  it("a message may mean what the user's convention says, unless that fails", () => {
    const messageSignal = (message: unknown) => {
      if (message === "bad") throw new Error("boom");
      return message === "up" ? "ready" : undefined;
    };
    const { child, heard, faults } = watched({ pid: NOBODY, channel: true }, { messageSignal });
    for (const message of ["up", "ready", "bad", { steadfast: "heartbeat" }]) {
      child.emit("message", message);
    }
    expect(heard).toStrictEqual([
      { type: "ready" },
      { type: "message", message: "ready" },
      { type: "message", message: "bad" },
      { type: "heartbeat" },
    ]);
    expect(faults).toStrictEqual([new Error("boom")]);
  });

  it("ready comes from the first line that means it, once", async () => {
    const asked: string[] = [];
    const { stdout, stderr, heard, faults } = watched(
      { pid: NOBODY },
      {
        readyWhen(line, stream) {
          asked.push(`${stream}: ${line}`);
          if (line === "bad") throw new Error("boom");
          return line === "up";
        },
      },
    );
    stderr.write("warn\n");
    stdout.write("bad\nu");
    expect(heard).toStrictEqual([]);
    stdout.write("p\nup\n");
    stderr.write("up\n");
    await new Promise(setImmediate);
    expect(heard).toStrictEqual([{ type: "ready" }]);
    expect(asked).toStrictEqual(["stderr: warn", "stdout: bad", "stdout: up"]);
    expect(faults).toStrictEqual([new Error("boom")]);
  });

  it("ready is not taken from an unfinished line, also not at the end", async () => {
    const asked: string[] = [];
    const { child, live, stdout, stderr } = watched(
      { pid: NOBODY },
      { readyWhen: (line) => asked.push(line) > 0 },
    );
    stdout.write("up");
    stderr.write("up");
    child.emit("exit", 0, null);
    expect(await live.exited).toMatchObject({ stderrTail: ["up"] });
    expect(asked).toStrictEqual([]);
  });

  it("ready is not taken from an answer that is merely truthy", async () => {
    const { stdout, heard } = watched(
      { pid: NOBODY },
      { readyWhen: JSON.parse as (line: string) => boolean },
    );
    stdout.write("1\n");
    await new Promise(setImmediate);
    expect(heard).toStrictEqual([]);
    stdout.write("true\n");
    await new Promise(setImmediate);
    expect(heard).toStrictEqual([{ type: "ready" }]);
  });
});

describe("the tail", () => {
  it("holds the last lines of stderr, the unfinished one included, redacted", async () => {
    const { child, live, stderr } = watched(
      { pid: NOBODY },
      { stderrTail: 2, redact: (line) => line.replace("secret", "***") },
    );
    stderr.write("a\nb secret\nc");
    child.emit("exit", 1, null);
    const exit = await live.exited;
    expect(exit).toStrictEqual({ kind: "failed", code: 1, stderrTail: ["b ***", "c"] });
  });

  it("is not kept at 0, and stderr is then not even read", async () => {
    const { child, live, stderr } = watched({ pid: NOBODY }, { stderrTail: 0 });
    stderr.write("a\n");
    expect(stderr.listenerCount("data")).toBe(0);
    child.emit("exit", 1, null);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 1 });
  });

  it("reads a stream that its owner has set to text", async () => {
    const { child, live, stderr } = watched({ pid: NOBODY });
    stderr.setEncoding("utf8");
    stderr.write("é\n");
    child.emit("exit", 1, null);
    expect(await live.exited).toMatchObject({ stderrTail: ["é"] });
  });
});

describe("stopping", () => {
  it("asks once and kills once, however often it is told", () => {
    const { live, signals } = watched({ pid: NOBODY }, { stopSignal: "SIGINT" });
    live.requestStop("stop");
    live.requestStop("restart");
    live.kill();
    live.kill();
    expect(signals).toStrictEqual(["SIGINT", "SIGCONT", "SIGKILL"]);
  });

  it("asks no more after a kill", () => {
    const { live, signals } = watched({ pid: NOBODY });
    live.kill();
    live.requestStop("stop");
    expect(signals).toStrictEqual(["SIGKILL"]);
  });

  it("does nothing after the exit: the pid may be somebody else's", async () => {
    const { child, live, signals } = watched({ pid: NOBODY });
    child.emit("exit", 0, null);
    live.requestStop("stop");
    live.kill();
    await live.exited;
    live.requestStop("stop");
    live.kill();
    expect(signals).toStrictEqual([]);
  });

  it("says so when the group asked for is not the child's", () => {
    const { child, signals } = fakeChild({ pid: NOBODY });
    const faults: unknown[] = [];
    const onFault = (error: unknown) => faults.push(error);
    const launcher = processLauncher(() => child, { killScope: "group", onFault });
    const live = launcher.launch({
      id: "a",
      attempt: 1,
      generation: 1,
      cause: "start",
      failures: 0,
    });
    expect(live.reach).toBe("process");
    expect(String(faults)).toContain(`child ${NOBODY} leads no process group`);
    live.kill();
    expect(signals).toStrictEqual(["SIGKILL"]);
  });

  it("says nothing of the kind where there is no child, or none any more", () => {
    const faults: unknown[] = [];
    const onFault = (error: unknown) => faults.push(error);
    for (const traits of [{}, { pid: NOBODY, exitCode: 3 }]) {
      const { child } = fakeChild(traits);
      const launcher = processLauncher(() => child, { killScope: "group", onFault });
      launcher.launch({ id: "a", attempt: 1, generation: 1, cause: "start", failures: 0 });
    }
    expect(faults).toStrictEqual([]);
  });
});

describe("send", () => {
  it("is there only where there is a channel", () => {
    expect(watched({ pid: NOBODY }).live.send).toBeUndefined();
    expect(watched({ pid: NOBODY, channel: true }).live.send).toBeTypeOf("function");
  });

  it("reports a message that the child cannot hear any more", async () => {
    const sendError = new Error("channel closed");
    const { live, sent, faults } = watched({ pid: NOBODY, channel: true, sendError });
    live.send?.({ a: 1 });
    await new Promise(setImmediate);
    expect(sent).toStrictEqual([{ a: 1 }]);
    expect(faults).toStrictEqual([sendError]);
  });

  it("does nothing after the exit, and a failure that comes after it is none", async () => {
    const sendError = new Error("channel closed");
    const { child, live, sent, faults } = watched({ pid: NOBODY, channel: true, sendError });
    live.send?.("a");
    child.emit("exit", 0, null);
    live.send?.("b");
    await live.exited;
    live.send?.("c");
    await new Promise(setImmediate);
    expect(sent).toStrictEqual(["a"]);
    expect(faults).toStrictEqual([]);
  });
});
