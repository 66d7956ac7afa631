// `reload()`: tells the child, or the next one, and may cut the delay of an admitted launch.

import { launch, refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { answers, delay } from "./policies.js";
import { crashes, stage } from "./stage.js";

describe("reload()", () => {
  it("sends the message to a child that is there, and restarts nothing", async () => {
    const set = stage();
    expect(set.handle.reload()).toBe(true);
    await set.system.advance(1_000);
    expect(set.launcher.attempts.map(({ heard }) => heard)).toEqual([["reload"]]);
  });

  it("sends what `reloadMessage` says", () => {
    const set = stage({ reloadMessage: { type: "hup" } });
    set.handle.reload();
    expect(set.launcher.attempts[0]?.heard).toEqual([{ type: "hup" }]);
  });

  it("is kept for the next child when nobody is there, once", async () => {
    const set = stage({ script: crashes(10, 10), policy: delay(100) });
    await set.system.advance(50);
    expect([set.handle.reload(), set.handle.reload()]).toEqual([false, false]);
    await set.system.advance(59);
    expect(set.launcher.launchedAt).toEqual([0]);
    await set.system.advance(1);
    expect(set.launcher.attempts.map(({ heard }) => heard)).toEqual([[], ["reload"]]);
    await set.system.advance(110);
    expect(set.launcher.attempts[2]?.heard).toEqual([]);
  });

  it("that the next child cannot take is told, and harms nothing", async () => {
    const system = manualSystem();
    const scripted = scriptedLauncher(system, crashes(10));
    const send = () => {
      throw new Error("channel closed");
    };
    const failed: unknown[] = [];
    const handle = supervise(
      { launch: (info) => ({ ...scripted.launch(info), send }) },
      {
        policy: delay(100),
        onEvent: (event) => event.type === "callback-failed" && failed.push(event.callback),
      },
      system,
    );
    await system.advance(50);
    expect(handle.reload()).toBe(false);
    await system.advance(100);
    expect(failed).toEqual(["send"]);
    expect(handle.status().status).toBe("ready");
    expect(() => handle.reload()).toThrow("channel closed");
    await handle.stop();
  });

  it("is no fault of a child that takes no messages, nor of one that comes after it", async () => {
    const system = manualSystem();
    const scripted = scriptedLauncher(system, crashes(10));
    const types: string[] = [];
    const handle = supervise(
      {
        launch(info) {
          const { send: _, ...deaf } = scripted.launch(info);
          return deaf;
        },
      },
      { policy: delay(0), onEvent: ({ type }) => void types.push(type) },
      system,
    );
    expect(handle.reload()).toBe(false);
    await system.advance(10);
    expect(scripted.launchedAt).toEqual([0, 10]);
    expect(types).not.toContain("callback-failed");
    await handle.stop();
  });

  it("is kept for the next child also where the child that is there cannot hear any more", async () => {
    const system = manualSystem();
    const scripted = scriptedLauncher(system, crashes(10, 10));
    const said: unknown[] = [];
    const handle = supervise(
      {
        launch: (info) => ({
          ...scripted.launch(info),
          send: (message) => {
            said.push([info.attempt, message]);
            return info.attempt > 1;
          },
        }),
      },
      { policy: delay(0) },
      system,
    );
    expect([handle.send("x"), handle.reload()]).toEqual([false, false]);
    await system.advance(10);
    expect(said).toEqual([
      [1, "x"],
      [1, "reload"],
      [2, "reload"],
    ]);
    expect(handle.send("y")).toBe(true);
    await handle.stop();
  });

  it("does nothing once it is over", async () => {
    const set = stage();
    await set.handle.stop();
    expect(set.handle.reload()).toBe(false);
  });
});

describe("delayCutBy", () => {
  it("ends an admitted delay at once on the calls it lists, and on no other", async () => {
    const set = stage({ script: crashes(10), policy: delay(1_000), delayCutBy: ["reload"] });
    await set.system.advance(20);
    set.handle.send("anything");
    expect(set.launcher.launchedAt).toEqual([0]);
    set.handle.reload();
    expect(set.launcher.launchedAt).toEqual([0, 20]);
    await set.system.advance(5_000);
    expect(set.launcher.launchedAt).toEqual([0, 20]);
  });

  it("takes `send` as well, which is not kept for the next child", async () => {
    const set = stage({ script: crashes(10), policy: delay(1_000), delayCutBy: ["send"] });
    await set.system.advance(20);
    expect(set.handle.send("custom")).toBe(false);
    expect(set.launcher.launchedAt).toEqual([0, 20]);
    expect(set.launcher.attempts[1]?.heard).toEqual([]);
  });

  it("has nothing to cut while it is paused", async () => {
    const set = stage({ delayCutBy: ["send"] });
    set.handle.pause();
    await set.system.settle();
    expect(set.handle.send("custom")).toBe(false);
    expect(set.handle.status()).toMatchObject({ intent: "paused", outcome: null });
    expect((await set.handle.stop()).type).toBe("stopped");
  });

  it("never cuts a `not yet`", async () => {
    const policy = answers(launch(), refuse("full", 500), launch());
    const set = stage({ script: crashes(10), policy, delayCutBy: ["reload", "send"] });
    await set.system.advance(20);
    set.handle.reload();
    set.handle.send("x");
    await set.system.advance(489);
    expect(set.launcher.launchedAt).toEqual([0]);
    await set.system.advance(1);
    expect(set.launcher.launchedAt).toEqual([0, 510]);
  });

  it.each([[["relaod"]], [["reload", "reload"]], ["reload"]])("refuses %j", (delayCutBy) => {
    expect(() => stage({ delayCutBy: delayCutBy as ["reload"] })).toThrow(
      /delayCutBy must be an array of reload, send/,
    );
  });
});
