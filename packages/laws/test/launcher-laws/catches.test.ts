// Each law is shown red: an adapter that is right but for one thing, and the law that finds it.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LiveChild } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import {
  isLawsBrokenError,
  type LawFailed,
  launcherLaws,
  type MakeVirtualLauncher,
  type RawChild,
  type RawEvent,
  type Regression,
  type VirtualRuntime,
  virtualLauncher,
} from "../../src/index.js";

/** One launch of the right adapter: what it started, and what it returned. */
interface Launched {
  readonly child: LiveChild;
  /** Null if the system refused. */
  readonly raw: RawChild | null;
  readonly runtime: VirtualRuntime;
  /** Everything that was started before, this one included. */
  readonly all: readonly RawChild[];
}

/** The right adapter with something changed in each child that it returns. */
function but(change: (launched: Launched) => Partial<LiveChild>): MakeVirtualLauncher {
  return (runtime) => {
    const all: RawChild[] = [];
    let raw: RawChild | null = null;
    const launcher = virtualLauncher({
      ...runtime,
      start() {
        raw = runtime.start();
        all.push(raw);
        return raw;
      },
    });
    return {
      launch(info) {
        raw = null;
        const child = launcher.launch(info);
        return { ...child, ...change({ child, raw, runtime, all: [...all] }) };
      },
    };
  };
}

/** The right adapter over a runtime that it sees otherwise. */
function seeing(change: (raw: RawChild) => Partial<RawChild>): MakeVirtualLauncher {
  return (runtime) =>
    virtualLauncher({
      ...runtime,
      start() {
        const raw = runtime.start();
        return { ...raw, ...change(raw) };
      },
    });
}

/** The right adapter that sees each event otherwise, or not at all. */
function hearing(change: (event: RawEvent) => RawEvent | null): MakeVirtualLauncher {
  return seeing((raw) => ({
    onEvent: (listener) =>
      raw.onEvent((event) => {
        const heard = change(event);
        if (heard) listener(heard);
      }),
  }));
}

/** The right adapter that tells each exit otherwise. */
function exiting(change: (exit: Exit) => Exit | Promise<Exit>): MakeVirtualLauncher {
  return but(({ child }) => ({ exited: child.exited.then(change) }));
}

const thrownOn: MakeVirtualLauncher = (runtime) => {
  const thrown: unknown[] = [];
  const launcher = virtualLauncher({
    ...runtime,
    start() {
      try {
        return runtime.start();
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    },
  });
  return {
    launch(info) {
      const child = launcher.launch(info);
      for (const error of thrown.splice(0)) throw error;
      return child;
    },
  };
};

const reusing: MakeVirtualLauncher = (runtime) => {
  const launcher = virtualLauncher(runtime);
  let first: LiveChild | null = null;
  return {
    launch(info) {
      first ??= launcher.launch(info);
      return first;
    },
  };
};

const swallowing: MakeVirtualLauncher = (runtime) => {
  const launcher = virtualLauncher(runtime);
  const nothing = () => {};
  return {
    launch(info) {
      try {
        return launcher.launch(info);
      } catch (error) {
        const exited = Promise.resolve<Exit>({ kind: "spawn-failed", error });
        return { exited, onSignal: nothing, requestStop: nothing, kill: nothing };
      }
    },
  };
};

/** Late words go to whoever listens by then. */
const poisoned: MakeVirtualLauncher = (runtime) => {
  let current: ((signal: ChildSignal) => void) | null = null;
  return but(({ child, raw }) => {
    let over = false;
    raw?.onEvent((event) => {
      if (event.type === "exit") over = true;
      if (event.type === "said" && over) current?.(event.signal);
    });
    return {
      onSignal(listener) {
        current = listener;
        child.onSignal(listener);
      },
    };
  })(runtime);
};

/** Whoever asks late is told of the second exit. */
const twoFaced: MakeVirtualLauncher = (runtime) => {
  let raw: RawChild | null = null;
  const launcher = virtualLauncher({
    ...runtime,
    start() {
      raw = runtime.start();
      return raw;
    },
  });
  return {
    launch(info) {
      const child = launcher.launch(info);
      let exits = 0;
      raw?.onEvent(({ type }) => {
        if (type === "exit") exits++;
      });
      return {
        ...child,
        get exited() {
          return exits < 2 ? child.exited : Promise.resolve<Exit>({ kind: "failed" });
        },
      };
    },
  };
};

/** The law, what is wrong with the adapter, and the adapter. */
function firstNumber(runtime: VirtualRuntime) {
  const launcher = virtualLauncher(runtime);
  let first: number | undefined;
  return {
    launch(info: Parameters<typeof launcher.launch>[0]) {
      const child = launcher.launch(info);
      first ??= child.pid;
      return first === undefined ? child : { ...child, pid: first };
    },
  };
}

const closedChannel = but(({ child }) => {
  let gone = false;
  void child.exited.then(() => {
    gone = true;
  });
  return {
    send(message) {
      if (gone) throw new Error("ERR_IPC_CHANNEL_CLOSED");
      child.send?.(message);
    },
  };
});

const FAULTY: readonly (readonly [law: string, fault: string, make: MakeVirtualLauncher])[] = [
  ["pid-is-its-own", "all children have the number of the first", firstNumber],
  [
    "pid-is-its-own",
    "a child that was refused has the number 0",
    but(({ child, raw }) => ({ pid: (raw && child.pid) ?? 0 })),
  ],
  ["send-after-exit-is-nothing", "throws when the channel is closed", closedChannel],
  [
    "send-after-exit-is-nothing",
    "passes on what nobody is there for",
    but(({ raw }) => ({ send: (message) => raw?.send(message) })),
  ],
  ["launch-returns-a-child", "it throws ENOENT", thrownOn],
  ["launch-returns-a-child", "it reuses the child", reusing],
  [
    "launch-returns-a-child",
    "it starts two",
    but(({ runtime, raw }) => {
      if (raw) runtime.start().onEvent(() => {});
      return {};
    }),
  ],
  ["misuse-is-thrown", "it takes a wrong call for a refusal", swallowing],
  [
    "refusal-is-an-exit",
    "it loses the error",
    exiting((exit) => (exit.kind === "spawn-failed" ? { kind: "spawn-failed", error: "?" } : exit)),
  ],
  [
    "refusal-is-an-exit",
    "it tells a refusal as a failure",
    exiting((exit) =>
      exit.kind === "spawn-failed" ? { kind: "failed", error: exit.error } : exit,
    ),
  ],
  [
    "exited-settles-once",
    "it rejects when the child fails",
    exiting((exit) => (exit.kind === "completed" ? exit : Promise.reject(new Error(exit.kind)))),
  ],
  [
    "exited-settles-once",
    "it settles with no exit",
    exiting(({ kind }) => ({ kind: `was ${kind}` }) as never),
  ],
  ["exited-settles-once", "it settles a second time, with the second exit", twoFaced],
  [
    "exited-settles-once",
    "it waits for an exit that does not come after an error",
    hearing((event) => (event.type === "error" ? null : event)),
  ],
  [
    "exit-tells-the-cause",
    "it loses the signal",
    exiting((exit) => (exit.kind === "signalled" ? { kind: "failed" } : exit)),
  ],
  [
    "exit-tells-the-cause",
    "it takes every exit for a good one",
    exiting((exit) => (exit.kind === "spawn-failed" ? exit : { kind: "completed" })),
  ],
  [
    "exit-tells-the-cause",
    "it takes an error beside the exit for the exit",
    (runtime) =>
      but(({ child, raw }) => {
        const exited = new Promise<Exit>((resolve) => {
          void child.exited.then(resolve);
          raw?.onEvent((event) => {
            if (event.type === "error") resolve({ kind: "spawn-failed", error: event.error });
          });
        });
        return { exited };
      })(runtime),
  ],
  [
    "signals-in-order",
    "it drops what is said before anybody listens",
    but(({ raw }) => {
      let listener: (signal: ChildSignal) => void = () => {};
      raw?.onEvent((event) => event.type === "said" && listener(event.signal));
      return {
        onSignal(given) {
          listener = given;
        },
      };
    }),
  ],
  [
    "signals-in-order",
    "it tells the last word first",
    but(({ child }) => ({
      onSignal(listener) {
        let held: ChildSignal | null = null;
        child.onSignal((signal) => {
          if (held) {
            listener(signal);
            listener(held);
            held = null;
          } else held = signal;
        });
        void child.exited.then(() => {});
      },
    })),
  ],
  ["signals-in-order", "late words poison the next child", poisoned],
  [
    "no-signal-after-exit",
    "it tells what comes after the exit",
    but(({ child, raw }) => ({
      onSignal(listener) {
        let over = false;
        child.onSignal(listener);
        raw?.onEvent((event) => {
          if (event.type === "exit") over = true;
          if (event.type === "said" && over) listener(event.signal);
        });
      },
    })),
  ],
  [
    "messages-reach-the-child",
    "it sends the first message only",
    but(({ child }) => {
      let sent = false;
      return {
        send(message) {
          if (!sent) child.send?.(message);
          sent = true;
        },
      };
    }),
  ],
  [
    "errors-do-not-escape",
    "it listens no more after the exit",
    seeing((raw) => ({
      onEvent(listener) {
        const remove = raw.onEvent((event) => {
          if (event.type === "exit") remove();
          listener(event);
        });
        return remove;
      },
    })),
  ],
  [
    "errors-do-not-escape",
    "it throws when an exit comes twice",
    but(({ raw }) => {
      let times = 0;
      raw?.onEvent(({ type }) => {
        if (type === "exit" && ++times === 2) throw new Error("twice");
      });
      return {};
    }),
  ],
  [
    "stop-is-asked",
    "it forgets a stop in the turn of the launch",
    but(({ child, raw }) => {
      let started = false;
      raw?.onEvent(() => {
        started = true;
      });
      return { requestStop: (reason) => started && child.requestStop(reason) };
    }),
  ],
  ["stop-is-asked", "it never asks", but(() => ({ requestStop() {} }))],
  [
    "kill-ends-it",
    "it asks once more",
    but(({ child }) => ({ kill: () => child.requestStop("stop") })),
  ],
  [
    "kill-ends-it",
    "it kills only who was not asked",
    but(({ child }) => {
      let asked = false;
      return {
        requestStop(reason) {
          asked = true;
          child.requestStop(reason);
        },
        kill() {
          if (!asked) child.kill();
        },
      };
    }),
  ],
  [
    "calls-are-idempotent",
    "it asks as often as it is told",
    but(({ raw }) => ({ requestStop: (reason) => raw?.ask(reason) })),
  ],
  [
    "calls-are-idempotent",
    "a kill after the exit throws",
    but(({ child }) => {
      let over = false;
      void child.exited.then(() => {
        over = true;
      });
      return {
        kill() {
          if (over) throw new Error("no such process");
          child.kill();
        },
      };
    }),
  ],
  [
    "only-when-told",
    "it asks whoever was started last",
    (runtime) => {
      let last: RawChild | null = null;
      return but(({ raw }) => {
        last = raw ?? last;
        return { requestStop: (reason) => last?.ask(reason) };
      })(runtime);
    },
  ],
  [
    "the-dead-are-left-alone",
    "it kills by a number that may be somebody else's",
    but(({ raw }) => {
      let killed = false;
      return {
        kill() {
          if (!killed) raw?.force();
          killed = true;
        },
      };
    }),
  ],
  [
    "nothing-is-left",
    "it leaves a listener on the host",
    but(({ runtime }) => {
      runtime.onHost(() => {});
      return {};
    }),
  ],
  [
    "nothing-is-left",
    "it looks after its children for ever",
    but(({ runtime: { system } }) => {
      const look = () => void system.timers.set(look, 5);
      look();
      return {};
    }),
  ],
  [
    "supervised-one-alive",
    "it tells the exit when it has asked for it",
    but(({ child }) => {
      let settle: (exit: Exit) => void = () => {};
      const exited = new Promise<Exit>((resolve) => {
        settle = resolve;
      });
      void child.exited.then(settle);
      return {
        exited,
        requestStop(reason) {
          child.requestStop(reason);
          settle({ kind: "cancelled" });
        },
      };
    }),
  ],
  [
    "supervised-stop-ends",
    "it leaves a timer behind",
    but(({ runtime: { system } }) => {
      system.timers.set(() => {}, 1_000_000);
      return {};
    }),
  ],
  ["supervised-late-words", "late words poison the next child", poisoned],
];

/** How a law fails on an adapter; fails itself if it does not. */
async function failureOf(
  name: string,
  make: MakeVirtualLauncher,
  regressions: readonly Regression[] = [],
): Promise<LawFailed> {
  const law = launcherLaws(make, { regressions }).find((one) => one.name === name);
  try {
    await law?.run();
  } catch (error) {
    if (!isLawsBrokenError(error)) throw error;
    const [failure] = error.report.results;
    if (failure?.verdict === "failed") return failure;
  }
  throw new Error(`${name} finds nothing wrong`);
}

describe("an adapter with one fault is caught", () => {
  it.each(FAULTY)("by %s: %s", async (name, _, make) => {
    const { vacuous, input, table, replay } = await failureOf(name, make);
    expect(vacuous).toBe(false);
    expect(table).toMatch(/the child|does/);
    expect(replay).not.toBe(null);

    // What was printed can be kept: it fails again, and holds once the fault is mended.
    const regressions = [{ law: name, input: JSON.parse(JSON.stringify(input)) }];
    const kept = await failureOf(name, make, regressions);
    expect(kept.input).toBe(regressions[0]?.input);
    const mended = launcherLaws(virtualLauncher, { regressions }).find((law) => law.name === name);
    expect((await mended?.run())?.verdict).toBe("passed");
  });
});

it("no law stands without an adapter that it catches", () => {
  const caught = new Set(FAULTY.map(([law]) => law));
  const names = launcherLaws(virtualLauncher).map(({ name }) => name);
  expect(names.filter((name) => !caught.has(name))).toEqual([]);
});
