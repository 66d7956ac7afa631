// A launcher that breaks its contract, or was misused, ends the supervision as failed; what the system
// refuses is an exit. Whichever it is, nothing is left behind and nothing is thrown at the host.

import type { Exit } from "@steadfast/policy";
import { PolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import {
  isContractError,
  type Launcher,
  type LiveChild,
  type SuperviseOptions,
  type SupervisorEvent,
  supervise,
} from "../src/index.js";
import { manualSystem } from "../src/testing.js";
import { delay } from "./policies.js";
import { FAILED, stage } from "./stage.js";
import { expectNothingLeft } from "./states.js";

function coded(name: string, code?: unknown): Error {
  const error = new Error(`${name} ${code}`);
  return Object.assign(error, { name }, code === undefined ? {} : { code });
}

const invalid = (() => {
  try {
    new AbortController().signal.addEventListener("abort", 5 as never);
  } catch (error) {
    return error;
  }
  return coded("TypeError", "ERR_INVALID_ARG_TYPE");
})();

const MISUSE: readonly (readonly [string, unknown])[] = [
  ["a TypeError", new TypeError("x is not a function")],
  ["a RangeError", new RangeError("bad option")],
  ["a ReferenceError", new ReferenceError("x")],
  ["what Node throws for a wrong type", invalid],
  ["a wrong type with Node's code", coded("TypeError", "ERR_INVALID_ARG_TYPE")],
  ["a bad value with Node's code", coded("Error", "ERR_INVALID_OPT_VALUE")],
  ["one of our own option errors", new PolicyOptionsError("fork", "args", "an array", {})],
  ["arguments that no worker takes", coded("Error", "ERR_WORKER_INVALID_EXEC_ARGV")],
  ["a path that no worker takes", coded("Error", "ERR_WORKER_PATH")],
  ["data that cannot be cloned", coded("DataCloneError", 25)],
  ["an error of another realm", { name: "TypeError", message: "foreign" }],
];

const REFUSED: readonly (readonly [string, unknown])[] = [
  ["ENOENT", coded("Error", "ENOENT")],
  ["EAGAIN", coded("Error", "EAGAIN")],
  ["a system error that is called a TypeError", coded("TypeError", "EMFILE")],
  ["ERR_WORKER_OUT_OF_MEMORY", coded("Error", "ERR_WORKER_OUT_OF_MEMORY")],
  ["an error whose name begins like misuse", coded("TypeErrorOfTheDatabase")],
  ["an error whose name ends like misuse", coded("DatabaseTypeError")],
  ["an error whose code ends like misuse", coded("Error", "ERR_DATABASE_ERR_INVALID")],
  ["an error whose name is no text", { name: ["TypeError"], message: "odd" }],
  ["a plain error", new Error("no more licences")],
  ["a string", "no"],
  ["undefined", undefined],
];

describe("launch() throws", () => {
  it.each(MISUSE)("at first, %s: supervise throws it on", async (_, thrown) => {
    const events: SupervisorEvent[] = [];
    const controller = new AbortController();
    const begin = () =>
      stage({ script: [{ throws: thrown }], onEvent: (event) => void events.push(event) });
    let caught: unknown = "nothing";
    try {
      begin();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(events.map(({ type }) => type)).toEqual(["exited", "ended"]);
    expect(controller.signal.aborted).toBe(false);
  });

  it.each(MISUSE)("later, %s: the outcome is failed, without a retry", async (_, thrown) => {
    const set = stage({ script: [{ runMs: 5, exit: FAILED }, { throws: thrown }] });
    await set.system.advance(1_000);
    const outcome = await set.handle.outcome;
    expect(outcome).toMatchObject({ type: "failed", attempts: 2 });
    expect(outcome.type === "failed" && outcome.error).toBe(thrown);
    expect(outcome.lastExit).toEqual({ kind: "spawn-failed", error: thrown });
    expect(set.types().slice(-3)).toEqual(["delayed", "exited", "ended"]);
    await expectNothingLeft(set);
  });

  it.each(REFUSED)("%s: an exit that the policy judges", async (_, thrown) => {
    const script = [{ throws: thrown }, { throws: thrown }];
    const set = stage({ script, policy: delay(10) });
    await set.system.advance(20);
    expect(set.launcher.launchedAt).toEqual([0, 10, 20]);
    const told = set.journal.filter(({ event }) => event.type === "exited");
    expect(told).toHaveLength(2);
    expect(told[0]?.event).toMatchObject({
      exit: { kind: "spawn-failed" },
      failed: true,
      uptimeMs: 0,
    });
    expect(set.types().slice(0, 4)).toEqual(["exited", "delayed", "exited", "delayed"]);
    await set.handle.stop();
    await expectNothingLeft(set);
  });

  it("misuse that a restart() meets is in the outcome, not thrown at the operator", async () => {
    const set = stage({ script: [{}, { throws: new TypeError("bug") }] });
    set.handle.pause();
    await set.system.settle();
    set.handle.resume();
    expect(await set.handle.outcome).toMatchObject({ type: "failed", attempts: 2 });
    await expectNothingLeft(set);
  });
});

// --- children that are none -------------------------------------------------------------------------

interface Around {
  readonly launcher: Launcher;
  readonly options?: Partial<SuperviseOptions>;
}

function around({ launcher, options }: Around) {
  const system = manualSystem();
  const events: SupervisorEvent[] = [];
  const onEvent = (event: SupervisorEvent) => void events.push(event);
  const handle = supervise(launcher, { policy: delay(10), onEvent, ...options }, system);
  return { system, events, handle };
}

async function expectBlamed({ system, handle }: ReturnType<typeof around>): Promise<void> {
  await system.advance(10_000);
  const outcome = await handle.outcome;
  expect(outcome.type).toBe("failed");
  const error = outcome.type === "failed" ? outcome.error : null;
  expect(isContractError(error) && error.party).toBe("launcher");
  expect(system.pendingTimers).toBe(0);
}

const NO_CHILDREN: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["a promise of a child: launch was made async", Promise.resolve({})],
  ["an empty object", {}],
  ["`exited` that is no promise", { exited: 5 }],
  ["a Proxy that traps everything", trap()],
  ["a revoked Proxy", revoked()],
];

describe("launch() returns no child", () => {
  it.each(NO_CHILDREN)("%s", async (_, child) => {
    let launches = 0;
    const launcher: Launcher = {
      launch: () => {
        launches++;
        return child as LiveChild;
      },
    };
    const begun = around({ launcher });
    await expectBlamed(begun);
    expect(launches).toBe(1);
    expect(begun.events.map(({ type }) => type)).toEqual(["exited", "ended"]);
  });
});

/** A child of which something is wrong. */
function child(wrong: object): LiveChild {
  return {
    exited: new Promise(() => {}),
    onSignal() {},
    requestStop() {},
    kill() {},
    ...wrong,
  };
}

const THEN = "then";

/** Something that is awaited like a promise, and is none. */
function thenable(then: (done: (value: unknown) => void) => void): object {
  return { [THEN]: then };
}

const launching = (wrong: object): Launcher => ({ launch: () => child(wrong) });

describe("a child is half a child", () => {
  it.each([
    ["no onSignal", { onSignal: undefined }],
    [
      "onSignal throws",
      {
        onSignal: () => {
          throw new Error("boom");
        },
      },
    ],
    [
      "`exited` has a `then` that throws",
      {
        exited: thenable(() => {
          throw new Error("boom");
        }),
      },
    ],
  ])("%s", async (_, wrong) => {
    await expectBlamed(around({ launcher: launching(wrong) }));
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("boom"))],
    ["settles with undefined", () => Promise.resolve(undefined)],
    ["settles with null", () => Promise.resolve(null)],
    ["settles with a code", () => Promise.resolve(1)],
    ["settles with an unknown kind", () => Promise.resolve({ kind: "exploded" })],
    ["settles with a bad tail", () => Promise.resolve({ kind: "failed", stderrTail: "oops" })],
    ["settles with a tail of numbers", () => Promise.resolve({ kind: "failed", stderrTail: [1] })],
    ["settles with a revoked Proxy", () => thenable((done) => done(revoked()))],
  ])("`exited` %s: the child counts as gone", async (_, exited) => {
    const begun = around({ launcher: launching({ exited: exited() }) });
    await begun.system.settle();
    expect(await begun.handle.outcome).toMatchObject({ lastExit: { kind: "failed" } });
    expect(begun.system.now).toBe(0);
    await expectBlamed(begun);
  });

  it("`exited` keeps what it rejects with as the last error", async () => {
    const boom = new Error("boom");
    const { handle } = around({ launcher: launching({ exited: Promise.reject(boom) }) });
    expect((await handle.outcome).lastExit).toEqual({ kind: "failed", error: boom });
  });

  it("`exited` that settles twice counts once", async () => {
    const exits: Exit[] = [{ kind: "failed", code: 1 }, { kind: "completed" }];
    const exited = thenable((done) => {
      for (const exit of exits) done(exit);
    });
    const { system, events, handle } = around({ launcher: launching({ exited }) });
    await system.advance(10);
    const told = events.filter(({ type, attempt }) => type === "exited" && attempt === 1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ exit: { kind: "failed", code: 1 } });
    void handle.stop();
  });

  it.each([undefined, null, 5, {}, { type: "party" }])("it signals %j", async (signal) => {
    const launcher = launching({
      onSignal: (listener: (signal: unknown) => void) => listener(signal),
    });
    await expectBlamed(around({ launcher }));
  });
});

describe("a child's methods fail", () => {
  const boom = () => {
    throw new Error("boom");
  };
  const reject = () => Promise.reject(new Error("boom"));

  it.each([
    ["throw", boom],
    ["reject", reject],
  ])("requestStop, kill and abandon %s: told, and the ending goes its way", async (_, fails) => {
    const wrong = { requestStop: fails, kill: fails, abandon: fails };
    const { system, events, handle } = around({
      launcher: launching(wrong),
      options: { gracePeriodMs: 10, abandonAfterMs: 10 },
    });
    void handle.stop();
    await system.advance(20);
    expect(await handle.outcome).toMatchObject({
      type: "stopped",
      lastExit: { kind: "abandoned" },
    });
    const failed = events.flatMap((e) => (e.type === "callback-failed" ? [e.callback] : []));
    // A rejection of `abandon` comes after the end.
    expect(failed).toEqual(["requestStop", "kill", "abandon"].slice(0, fails === boom ? 3 : 2));
  });

  it("what `send` throws is thrown to whoever sends", () => {
    const { handle } = around({ launcher: launching({ send: boom }) });
    expect(() => handle.send("hello")).toThrow("boom");
    expect(handle.status().status).toBe("ready");
  });

  it("a child that cannot hear gets nothing", () => {
    const { handle } = around({ launcher: launching({}) });
    expect(handle.send("hello")).toBe(false);
  });
});
