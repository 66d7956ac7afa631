// A standby around a worker that is none: what it says, and when.

import type { MessagePort } from "node:worker_threads";
import type { Exit } from "@steadfast/policy";
import type { ChildSignal } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import type { LiveWorker, StandbyEar } from "../src/live-worker.js";
import { Standby } from "../src/standby.js";

function prepared() {
  const done: string[] = [];
  let ear = null as unknown as StandbyEar;
  let exit: (exit: Exit<undefined>) => void = () => {};
  const live = {
    exited: new Promise<Exit<undefined>>((resolve) => {
      exit = resolve;
    }),
    onSignal: (listener: (signal: ChildSignal) => void) => ear.box.listen(listener),
    begin: () => done.push("begin"),
    kill: () => done.push("kill"),
    abandon: () => done.push("abandon"),
  } as unknown as LiveWorker;
  const standby = new Standby((given) => {
    ear = given;
    return live;
  });
  void standby.up.then(() => done.push("up"));
  const gone: Exit[] = [];
  void standby.gone.then((exit) => gone.push(exit));
  const port = {
    postMessage: (message: unknown) => done.push(JSON.stringify(message)),
    close: () => done.push("closed"),
  } as unknown as MessagePort;
  const end = async (how: Exit<undefined>) => {
    exit(how);
    await standby.gone;
  };
  return { done, standby, live, gone, port, end, ear: () => ear };
}

const BEGIN = '{"steadfast":"begin"}';

describe("a standby", () => {
  it("is up when it waits, and is told to begin when it is launched", async () => {
    const { done, standby, live, port, ear } = prepared();
    expect(standby.begin()).toBeNull(); // it is not up yet
    ear().waiting(port);
    await standby.up;
    expect(done).toStrictEqual(["up"]);
    expect(standby.begin()).toBe(live);
    expect(done).toStrictEqual(["up", "begin", BEGIN, "closed"]);
    ear().waiting(port); // another copy of the module waits later
    expect(done.slice(4)).toStrictEqual([BEGIN, "closed"]);
    standby.discard(); // it is no standby any more
    expect(done).toHaveLength(6);
    const heard: ChildSignal[] = [];
    live.onSignal((signal) => heard.push(signal));
    ear().box.put({ type: "ready" });
    ear().box.put({ type: "heartbeat" });
    expect(heard).toStrictEqual([{ type: "ready" }, { type: "heartbeat" }]);
  });

  it("that is gone cannot begin, and closes the ports on which it waited", async () => {
    const { done, standby, gone, port, end, ear } = prepared();
    ear().waiting(port);
    await end({ kind: "failed", code: 3 });
    expect(gone).toStrictEqual([{ kind: "failed", code: 3 }]);
    expect(standby.begin()).toBeNull();
    standby.discard();
    ear().waiting(port);
    expect(done).toStrictEqual(["up", "closed", "closed"]);
  });

  it.each([
    [{ type: "ready" }, 'said "ready"'],
    [{ type: "not-ready" }, 'said "not-ready"'],
    [{ type: "message", message: 1 }, "sent a message"],
  ] as [ChildSignal, string][])("that works too early is ended: %j", async (signal, what) => {
    const { done, gone, port, end, ear } = prepared();
    ear().box.put({ type: "heartbeat" }); // a sign of life is no work
    expect(done).toStrictEqual([]);
    ear().box.put(signal);
    ear().box.put(signal);
    ear().waiting(port); // too late
    expect(done).toStrictEqual(["kill", "closed"]);
    await end({ kind: "cancelled" });
    expect(gone).toMatchObject([
      { kind: "failed", error: { message: expect.stringContaining(`a standby ${what} before`) } },
    ]);
  });

  it("that is discarded is terminated once, and the host does not wait for it", async () => {
    const { done, standby, ear, end } = prepared();
    standby.discard();
    standby.discard();
    ear().box.put({ type: "ready" });
    expect(standby.begin()).toBeNull();
    await end({ kind: "cancelled" });
    expect(done).toStrictEqual(["kill", "abandon"]);
  });
});
