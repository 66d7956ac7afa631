// What is said where something is wrong: who is to blame, what is allowed, and what came instead. An
// operator reads these, and nothing else, at night.

import { type Exit, launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import {
  type ChildSignal,
  ContractError,
  isContractError,
  type Launcher,
  type LiveChild,
  type System,
  sharedBudget,
  supervise,
} from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashes, stage } from "./stage.js";

const given = (options: object) => () => stage(options as never);
const supervising = (launcher: unknown, system: unknown) => () =>
  supervise(launcher as Launcher, { policy: delay(0) }, system as System);

describe("an option that is wrong", () => {
  it.each<[begin: () => unknown, words: string]>([
    [given({ policy: 5 }), "supervise: policy must be a restart policy, got 5"],
    [given({ isFailure: 5 }), "supervise: isFailure must be a function, got 5"],
    [given({ signal: 5 }), "supervise: signal must be an AbortSignal, got 5"],
    [given({ onNotYet: 5 }), "supervise: onNotYet must be one of wait, end, got 5"],
    [given({ operatorLaunches: 5 }), "supervise: operatorLaunches must be one of free, ask, got 5"],
    [
      given({ check: () => 5 }),
      "supervise: check must be a function that answers a list of findings, got 5",
    ],
    [
      given({ shared: sharedBudget(delay(0)) }),
      'supervise: shared must be a budget of the same system, whose clock it counts with, got "another one"',
    ],
    [supervising(5, manualSystem()), "supervise: launcher must be an object with launch(), got 5"],
    [
      supervising(scriptedLauncher(manualSystem(), []), 5),
      "supervise: system must be an object with clock(), random() and timers { set(), clear() }, got 5",
    ],
    [() => sharedBudget(5 as never), "sharedBudget: policy must be a restart policy, got 5"],
    [
      () => stage().handle.restart({ reason: " " }),
      'restart: reason must be a text that is not blank, got " "',
    ],
    [
      () => stage().handle.events({ capacity: 0 }),
      "events: capacity must be a whole number from 1 to 9007199254740991, got 0",
    ],
  ])("%#", (begin, words) => {
    expect(begin).toThrow(expect.objectContaining({ message: words }));
  });

  it.each([{ onNotYet: "wait" }, { operatorLaunches: "free" }, { signal: null }])(
    "%o is none",
    (options) => {
      expect(given(options)().handle.status().status).toBe("ready");
    },
  );
});

describe("a contract that was broken", () => {
  /** What the supervision failed of. */
  async function faultOf(set: ReturnType<typeof stage>): Promise<unknown> {
    await set.system.advance(1_000);
    const outcome = await set.handle.outcome;
    return outcome.type === "failed" ? outcome.error : null;
  }

  const answering = (step: () => unknown) =>
    stage({ policy: { ...delay(0), name: "odd", step: step as never } });
  const using = (odd: Partial<System>) =>
    stage({ as: (system) => ({ ...system, ...odd }), policy: delay(0) });

  it.each<[begin: () => ReturnType<typeof stage>, words: string]>([
    [() => answering(() => 5), "policy: odd: step must answer [state, decision]"],
    [
      () => stage({ script: crashes(1), isFailure: (() => 5) as never }),
      "caller: isFailure must answer true or false, got number",
    ],
    [() => using({ random: () => 1 }), "system: random() must answer a number in [0, 1), got 1"],
    [
      () => using({ wall: () => Number.NaN }),
      "system: wall() must answer epoch milliseconds, got NaN",
    ],
  ])("%#", async (begin, words) => {
    const fault = await faultOf(begin());
    expect(isContractError(fault)).toBe(true);
    expect(fault).toMatchObject({ name: "ContractError", message: words });
  });

  /** The one child of a supervision, in the hands of the test. */
  function heldChild(exited: Promise<unknown> = new Promise(() => {})) {
    let say: (signal: ChildSignal) => void = () => {};
    const child = {
      exited,
      onSignal: (listener: (signal: ChildSignal) => void) => {
        say = listener;
      },
      requestStop() {},
      kill() {},
    } as LiveChild;
    const system = manualSystem();
    const handle = supervise({ launch: () => child }, { policy: delay(0) }, system);
    return { system, handle, say: (signal: unknown) => say(signal as ChildSignal) };
  }

  it("by `exited`, says what it settled with", async () => {
    const held = heldChild(Promise.resolve({ kind: "gone" }));
    await held.system.advance(20_000);
    expect(await held.handle.outcome).toMatchObject({
      type: "failed",
      error: {
        message: expect.stringMatching(
          /^launcher: `exited` settled with something else than an exit: .*gone/,
        ),
      },
    });
  });

  it("by `exited` that rejects, says with what", async () => {
    const cause = new Error("boom");
    const held = heldChild(Promise.reject(cause));
    await held.system.advance(20_000);
    expect(await held.handle.outcome).toMatchObject({
      type: "failed",
      error: { message: "launcher: `exited` must not reject", cause },
    });
  });

  it.each([null, undefined, { type: "dead" }])("by a signal of %o", async (signal) => {
    const held = heldChild();
    held.say(signal);
    await held.system.advance(20_000);
    expect(await held.handle.outcome).toMatchObject({
      type: "failed",
      error: {
        message:
          "launcher: a signal must be ready, not-ready, heartbeat, disconnected, launched, used, answer, unreadable or message",
      },
    });
  });

  it.each([undefined, null, 5, {}, { exited: 5 }, { exited: null }])(
    "by a child of %o",
    async (child) => {
      const system = manualSystem();
      const launcher = { launch: () => child } as unknown as Launcher;
      const handle = supervise(launcher, { policy: delay(0) }, system);
      await system.advance(20_000);
      const message =
        "launcher: launch() must return a child with a promise `exited` and onSignal()";
      expect(await handle.outcome).toMatchObject({ type: "failed", error: { message } });
    },
  );

  it("twice, is told as it was the first time", async () => {
    let exit: (exit: Exit) => void = () => {};
    const held = heldChild(new Promise<unknown>((resolve) => (exit = resolve)));
    held.say({ type: "dead" });
    exit({ kind: "gone" } as never);
    await held.system.advance(20_000);
    expect(await held.handle.outcome).toMatchObject({
      type: "failed",
      error: {
        message:
          "launcher: a signal must be ready, not-ready, heartbeat, disconnected, launched, used, answer, unreadable or message",
      },
    });
  });

  it("has a cause where something was thrown, and no other error is one of it", () => {
    const cause = new Error("boom");
    expect(new ContractError("launcher", "odd", cause).cause).toBe(cause);
    expect(
      [new ContractError("policy", "odd"), new Error("odd"), null].map(isContractError),
    ).toEqual([true, false, false]);
  });
});

it("an order that needs no answer may be given from anywhere", async () => {
  const set: ReturnType<typeof stage> = stage({
    policy: restartPolicy({
      name: "ordering",
      reset(state) {
        set.handle.pause();
        set.handle.resume();
        return state;
      },
      launch: (state) => [state, launch()],
    }),
  });
  set.handle.reset();
  await set.system.settle();
  expect(set.handle.status()).toMatchObject({ outcome: null, intent: "active" });
});

it("an order that cannot be answered is named, with the place it was given in", () => {
  const said: unknown[] = [];
  const tried = (order: () => unknown) => {
    try {
      order();
    } catch (error) {
      said.push((error as Error).message);
    }
  };
  const set: ReturnType<typeof stage> = stage({
    operatorLaunches: "ask",
    policy: restartPolicy({
      name: "ordering",
      reset(state) {
        tried(() => set.handle.restart());
        tried(() => set.handle.resume());
        return state;
      },
      launch: (state) => [state, launch()],
    }),
  });
  set.handle.reset();
  const where =
    "cannot answer from inside a launcher, a policy, isFailure or a journal: call it later";
  expect(said).toEqual([`caller: restart() ${where}`, `caller: resume() ${where}`]);
});
