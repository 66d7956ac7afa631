// Commands that arrive while the loop is in the middle of something: from inside a launcher, a
// listener, isFailure, the policy, the journal. Nobody sees a half-made step, nothing is lost.

import { launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { isContractError, type SupervisorHandle, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashes, FAILED, type Stage, stage } from "./stage.js";
import { expectNothingLeft, isOver } from "./states.js";

type Hook = (set: Stage, attempt: number) => void;

/** Runs the hook each time the named party is called, from the given call on. */
function hooked(party: "launch" | "isFailure" | "policy" | "journal", hook: Hook) {
  const system = manualSystem();
  let set: Stage | null = null;
  let calls = 0;
  const call = () => {
    calls++;
    if (set) hook(set, calls);
  };
  const script = (attempt: number) => {
    if (party === "launch" && attempt > 1) call();
    return { runMs: 10, exit: FAILED };
  };
  set = stage({
    system,
    script,
    isFailure: () => {
      if (party === "isFailure") call();
      return true;
    },
    journal: ({ event }) => {
      if (party === "journal" && event.type === "exited") call();
    },
    policy: restartPolicy({
      name: "hooked",
      launch: (state, { cause }) => {
        if (party === "policy" && cause === "restart") call();
        return [state, launch(cause === "restart" ? 5 : 0)];
      },
    }),
  });
  return set;
}

const PARTIES = ["launch", "isFailure", "policy", "journal"] as const;

describe.each(PARTIES)("from inside %s", (party) => {
  it.each(["stop", "abort"] as const)("%s ends it, with no launch after it", async (command) => {
    const set = hooked(party, ({ handle, controller }) => {
      if (command === "stop") void handle.stop();
      else controller.abort();
    });
    await set.system.advance(1_000);
    expect(await isOver(set)).toBe(true);
    const launches = party === "launch" ? [0, 15] : [0];
    expect(set.launcher.launchedAt).toEqual(launches);
    expect(await set.handle.outcome).toMatchObject({ type: "stopped", by: command });
    await expectNothingLeft(set);
  });

  it("pause holds it, resume lets it go", async () => {
    const set = hooked(party, ({ handle }, call) => {
      if (call === 1) handle.pause();
    });
    await set.system.advance(1_000);
    const before = set.launcher.launchedAt.length;
    expect(set.handle.status()).toMatchObject({ status: "stopped", intent: "paused" });
    set.handle.resume();
    expect(set.launcher.launchedAt.length).toBe(before + 1);
    await set.handle.stop();
    await expectNothingLeft(set);
  });

  it("reset is told to the policy after the step", async () => {
    const set = hooked(party, ({ handle }, call) => {
      if (call === 1) handle.reset();
    });
    await set.system.advance(40);
    expect(set.types()).toContain("reset");
    expect(set.types()).not.toContain("ended");
    await set.handle.stop();
  });

  it("restart has no answer yet: it throws to its caller and changes nothing", async () => {
    const errors: unknown[] = [];
    const set = hooked(party, ({ handle }) => {
      try {
        handle.restart();
      } catch (error) {
        errors.push(error);
      }
    });
    await set.system.advance(16);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every((error) => isContractError(error) && error.party === "caller")).toBe(true);
    expect(set.launcher.launchedAt).toEqual([0, 15]);
    await set.handle.stop();
  });
});

describe("from inside a launch that then fails", () => {
  it("stop ends it: there is nobody to be asked, and nothing is told of that", async () => {
    const system = manualSystem();
    let set: Stage | null = null;
    const script = (attempt: number) => {
      if (attempt === 2) void set?.handle.stop();
      return attempt === 2 ? { throws: "no" } : { runMs: 10, exit: FAILED };
    };
    set = stage({ system, script, policy: delay(5) });
    await system.advance(100);
    expect(await set.handle.outcome).toMatchObject({
      type: "stopped",
      attempts: 2,
      lastExit: { kind: "spawn-failed", error: "no" },
    });
    expect(set.types()).not.toContain("callback-failed");
    await expectNothingLeft(set);
  });
});

describe("before supervise has returned", () => {
  it("an abort inside the first launch() stops the child that it started", async () => {
    const system = manualSystem();
    const controller = new AbortController();
    const launcher = scriptedLauncher(system, () => {
      controller.abort();
      return {};
    });
    const handle = supervise(launcher, { policy: delay(0), signal: controller.signal }, system);
    expect(await handle.outcome).toMatchObject({ type: "stopped", by: "abort", attempts: 1 });
    expect([launcher.alive, system.pendingTimers]).toEqual([0, 0]);
  });

  it("an abort inside the policy's first answer keeps the first launch from happening", async () => {
    const system = manualSystem();
    const controller = new AbortController();
    const launcher = scriptedLauncher(system, []);
    const policy = restartPolicy({
      name: "aborting",
      launch(state) {
        controller.abort();
        return [state, launch()];
      },
    });
    const handle = supervise(launcher, { policy, signal: controller.signal }, system);
    expect(await handle.outcome).toMatchObject({ type: "stopped", by: "abort", attempts: 0 });
    expect(launcher.launchedAt).toEqual([]);
  });

  it("a signal that is aborted already launches nothing and asks nobody", async () => {
    const system = manualSystem();
    const launcher = scriptedLauncher(system, []);
    const events: string[] = [];
    const handle = supervise(
      launcher,
      {
        policy: delay(0),
        signal: AbortSignal.abort("gone"),
        onEvent: ({ type }) => void events.push(type),
        journal: () => void events.push("journal"),
      },
      system,
    );
    expect(await handle.outcome).toEqual({
      type: "stopped",
      by: "abort",
      abortReason: "gone",
      lastExit: null,
      attempts: 0,
    });
    expect(events).toEqual(["ended"]);
  });
});

describe("from a listener", () => {
  it("stop, at every kind of event", async () => {
    const types = ["launched", "ready", "exited", "delayed", "stopping"] as const;
    for (const type of types) {
      const set = stage({ script: crashes(10), policy: delay(5) });
      set.handle.on((event) => {
        if (event.type === type) void set.handle.stop();
      });
      if (type === "launched" || type === "ready") set.handle.restart();
      if (type === "stopping") set.handle.pause();
      await set.system.advance(1_000);
      expect(await isOver(set), type).toBe(true);
      await expectNothingLeft(set);
    }
  });

  it("restart answers at once: of `delayed` starts immediately, of `ready` is queued", async () => {
    const decisions: unknown[] = [];
    const set = stage({ script: crashes(10), policy: delay(100) });
    set.handle.on(({ type, attempt }) => {
      if (type === "delayed") decisions.push(set.handle.restart());
      if (type === "ready" && attempt === 2) decisions.push(set.handle.restart());
    });
    await set.system.advance(50);
    expect(decisions).toEqual(["started-immediately", "queued-after-stop"]);
    expect(set.launcher.launchedAt).toEqual([0, 10, 10]);
  });

  it("all listeners hear everything in one order, whatever a listener does meanwhile", async () => {
    const set = stage({ script: crashes(10), policy: delay(5) });
    const heard: [string[], string[]] = [[], []];
    set.handle.on(({ type, attempt }) => {
      heard[0].push(`${type} ${attempt}`);
      if (type === "exited" && attempt === 1) set.handle.restart();
      if (type === "ready" && attempt === 2) void set.handle.stop();
    });
    set.handle.on(({ type, attempt }) => void heard[1].push(`${type} ${attempt}`));
    await set.system.advance(1_000);
    expect(heard[0]).toEqual(heard[1]);
    expect(heard[0]).toEqual([
      "exited 1",
      "delayed 1",
      "fence 1",
      "launched 2",
      "ready 2",
      "stopping 2",
      "exited 2",
      "ended 2",
    ]);
  });

  it("removing itself, or another, or adding one: from the next event on", () => {
    const set = stage();
    const heard: string[] = [];
    const removeOther = () => other();
    const self = set.handle.on(({ type }) => {
      heard.push(`self ${type}`);
      self();
      removeOther();
      set.handle.on((event) => void heard.push(`new ${event.type}`));
    });
    const other = set.handle.on(({ type }) => void heard.push(`other ${type}`));
    set.handle.pause();
    expect(heard).toEqual(["self intent", "new stopping"]);
  });

  it("the same listener added twice hears twice, and is removed one by one", () => {
    const set = stage();
    let heard = 0;
    const listener = () => {
      heard++;
    };
    const first = set.handle.on(listener);
    set.handle.on(listener);
    set.handle.reset();
    expect(heard).toBe(2);
    first();
    first();
    set.handle.reset();
    expect(heard).toBe(3);
  });
});

describe("from onMessage", () => {
  it("a child may ask for its own restart", async () => {
    const system = manualSystem();
    const decisions: unknown[] = [];
    let handle: SupervisorHandle | null = null;
    const launcher = scriptedLauncher(system, [
      { says: [{ afterMs: 5, signal: { type: "message", message: "restart me" } }] },
    ]);
    handle = supervise(
      launcher,
      {
        policy: delay(0),
        onMessage: (message) => {
          if (message === "restart me" && handle) decisions.push(handle.restart());
        },
      },
      system,
    );
    await system.advance(10);
    expect(decisions).toEqual(["queued-after-stop"]);
    expect(launcher.launchedAt).toEqual([0, 5]);
  });
});
