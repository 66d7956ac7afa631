// Callbacks run in the async context of their owner, whoever's timer, signal or command set them off.

import { AsyncLocalStorage } from "node:async_hooks";
import { launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it, vi } from "vitest";
import { captureContext, inContext } from "../src/async-context.js";
import { type Launcher, type LiveChild, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashLoop } from "./stage.js";

const storage = new AsyncLocalStorage<string>();

/** A supervision begun in the context `owner`, which writes down the context of every callback. */
function owned(owner: string, system = manualSystem(), signal?: AbortSignal) {
  const seen: string[] = [];
  const note = (what: string) => void seen.push(`${what} in ${storage.getStore()}`);
  const scripted = scriptedLauncher(system, crashLoop(10));
  const launcher: Launcher = {
    launch(info) {
      note("launch");
      const child = scripted.launch(info);
      const requestStop: LiveChild["requestStop"] = (reason) => {
        note("requestStop");
        child.requestStop(reason);
      };
      return { ...child, requestStop };
    },
  };
  const handle = storage.run(owner, () =>
    supervise(
      launcher,
      {
        policy: restartPolicy({
          name: "noting",
          launch(state) {
            note("policy");
            return [state, launch(0)];
          },
        }),
        isFailure: () => {
          note("isFailure");
          return true;
        },
        onEvent: ({ type }) => note(`event ${type}`),
        onMessage: () => note("message"),
        journal: () => note("journal"),
        ...(signal ? { signal } : {}),
      },
      system,
    ),
  );
  return { system, handle, seen, scripted };
}

const contextsOf = (seen: readonly string[]) => new Set(seen.map((one) => one.split(" in ")[1]));

describe("everything of a supervision runs in the context in which it was begun", () => {
  it("when timers ring that somebody else waits for", async () => {
    const { system, seen } = owned("mine");
    await storage.run("somebody's", () => system.advance(25));
    expect(seen.length).toBeGreaterThan(15);
    expect([...contextsOf(seen)]).toEqual(["mine"]);
  });

  it("when another supervision's timer serves both", async () => {
    const system = manualSystem();
    const one = owned("one", system);
    const two = owned("two", system);
    await storage.run("nobody's", () => system.advance(25));
    expect([...contextsOf(one.seen)]).toEqual(["one"]);
    expect([...contextsOf(two.seen)]).toEqual(["two"]);
  });

  it("when a shared signal is aborted elsewhere", () => {
    const controller = new AbortController();
    const system = manualSystem();
    const one = owned("one", system, controller.signal);
    const two = owned("two", system, controller.signal);
    storage.run("aborter's", () => controller.abort());
    expect([...contextsOf(one.seen)]).toEqual(["one"]);
    expect([...contextsOf(two.seen)]).toEqual(["two"]);
    expect(one.seen).toContain("requestStop in one");
  });

  it("when an operator gives an order from a request of his own", async () => {
    const { system, handle, seen, scripted } = owned("mine");
    storage.run("operator's", () => {
      scripted.say({ type: "message", message: 1 });
      handle.restart();
      handle.reset();
    });
    await system.settle();
    await storage.run("operator's", () => handle.stop());
    expect([...contextsOf(seen)]).toEqual(["mine"]);
    expect(seen).toContain("message in mine");
    expect(seen.filter((one) => one === "launch in mine")).toHaveLength(2);
  });
});

describe("a listener", () => {
  it("runs in the context of whoever added it", async () => {
    const { system, handle } = owned("mine");
    const seen: string[] = [];
    storage.run("listener's", () => handle.on(() => void seen.push(String(storage.getStore()))));
    await system.advance(15);
    expect(new Set(seen)).toEqual(new Set(["listener's"]));
  });
});

describe("where there is no AsyncResource", () => {
  it.each([
    ["no process", undefined],
    ["a process without modules", {}],
    ["no such module", { getBuiltinModule: () => undefined }],
    ["no such class", { getBuiltinModule: () => ({}) }],
  ])("but %s, a function just runs", (_, process) => {
    vi.stubGlobal("process", process);
    try {
      expect(inContext(captureContext(), () => 5)).toBe(5);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("everything works, without a context", async () => {
    const { getBuiltinModule } = process;
    Object.defineProperty(process, "getBuiltinModule", { value: undefined, configurable: true });
    try {
      const system = manualSystem();
      const launcher = scriptedLauncher(system, crashLoop(10));
      const handle = supervise(launcher, { policy: delay(0) }, system);
      await system.advance(25);
      expect(launcher.launchedAt).toEqual([0, 10, 20]);
      expect((await handle.stop()).type).toBe("stopped");
    } finally {
      Object.defineProperty(process, "getBuiltinModule", {
        value: getBuiltinModule,
        configurable: true,
        writable: true,
      });
    }
  });
});
