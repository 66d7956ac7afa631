// Adapters whose children end wrongly, or not at all.

import { virtualLauncher } from "../../launcher-laws/virtual-launcher.js";
import { childFault, eventFault, launcherFault, rawFault } from "./launcher-fault.js";

export const exitedRejects = childFault(
  {
    name: "launcher-exited-rejects",
    defect: "The promise of the exit rejects when the child fails: who does not catch it is ended.",
    seenIn:
      "execa 9: a process that fails rejects; poolifier 5.3.2: errors end up as uncaught ones",
  },
  ({ exited }) => ({
    exited: exited.then((exit) => {
      if (exit.kind === "failed") throw new Error(`exit code ${exit.code}`, { cause: exit.error });
      return exit;
    }),
  }),
);

export const refusalIsThrown = launcherFault(
  {
    name: "launcher-refusal-is-thrown",
    defect:
      "What the system refuses is thrown at the caller of `launch`, instead of being an exit.",
    seenIn: "Node.js 20 `spawn`: ENOENT is emitted, E2BIG is thrown",
  },
  (runtime) => ({
    launch(info) {
      let refusal: { readonly error: unknown } | null = null;
      const start = () => {
        try {
          return runtime.start();
        } catch (error) {
          refusal = { error };
          throw error;
        }
      };
      const child = virtualLauncher({ ...runtime, start }).launch(info);
      if (refusal !== null) throw (refusal as { readonly error: unknown }).error;
      return child;
    },
  }),
);

export const refusalIsSilent = eventFault(
  {
    name: "launcher-refusal-is-silent",
    defect: "It waits forever for the exit of a child that was never started.",
    seenIn: "Node.js 20: after ENOENT there is an `error` and no `exit`",
  },
  (event) => (event.type === "error" ? null : event),
);

export const refusalIsAStop = childFault(
  {
    name: "launcher-refusal-is-a-stop",
    defect:
      "A program that is not there is reported as if somebody had stopped it: nothing is retried.",
    seenIn: "respawn 2.6.0: ENOENT is `stop`, whatever `maxRestarts` says",
  },
  ({ exited }) => ({
    exited: exited.then((exit) => (exit.kind === "spawn-failed" ? { kind: "cancelled" } : exit)),
  }),
);

export const killIsAnExit = childFault(
  {
    name: "launcher-kill-is-an-exit",
    defect: "A child is reported as dead when it was killed, not when it is dead: two are alive.",
    seenIn: "nodejs/node#27490: `killed` is not dead; josdejong/workerpool#418",
  },
  (child) => {
    let settle: (exit: { kind: "signalled"; signal: string }) => void = () => {};
    const killed = new Promise<{ kind: "signalled"; signal: string }>((resolve) => {
      settle = resolve;
    });
    return {
      exited: Promise.race([child.exited, killed]),
      kill() {
        child.kill();
        settle({ kind: "signalled", signal: "SIGKILL" });
      },
    };
  },
);

export const nullIsZero = eventFault(
  {
    name: "launcher-null-is-zero",
    defect: "A child that a signal ended has no exit code, which is taken for 0: it went well.",
    seenIn: "entropitor/dotenv-cli PR#61: `process.exit(null)` hid a crash",
  },
  (event) =>
    event.type === "exit" && "signal" in event.end ? { type: "exit", end: { code: 0 } } : event,
);

export const errorIsTheEnd = eventFault(
  {
    name: "launcher-error-is-the-end",
    defect: "An error beside the exit is taken for the exit: the child is alive and given up.",
    seenIn: "metarhia/impress#1960: `error` and `exit` are two events with one cause, or not",
  },
  (event) => (event.type === "error" ? { type: "exit", end: { error: event.error } } : event),
);

export const waitsForAResult = eventFault(
  {
    name: "launcher-waits-for-a-result",
    defect:
      "A worker that calls `process.exit()` has no result and no error: its exit is not noticed.",
    seenIn: "tinypool 2.2.0, piscina/piscina#304, andywer/threads.js#386",
  },
  (event) => (event.type === "exit" && "code" in event.end && event.end.code === 0 ? null : event),
);

export const swallowsUndefined = eventFault(
  {
    name: "launcher-swallows-undefined",
    defect: "An error that is nothing is no error: what throws undefined never ends.",
    seenIn: "async-retry 1.3.3: `throw undefined` never settles",
  },
  (event) => (event.type === "exit" && "error" in event.end && !event.end.error ? null : event),
);

export const misuseIsAnExit = launcherFault(
  {
    name: "launcher-misuse-is-an-exit",
    defect: "A wrong call is an exit like any other, and is made again and again.",
    seenIn: "async-retry 1.3.3: the caller's own TypeError is retried like a failure",
  },
  (runtime) => {
    const healthy = virtualLauncher(runtime);
    return {
      launch(info) {
        try {
          return healthy.launch(info);
        } catch (error) {
          return {
            exited: Promise.resolve({ kind: "spawn-failed", error }),
            onSignal() {},
            requestStop() {},
            kill() {},
          };
        }
      },
    };
  },
);

export const stopBeforeStart = rawFault(
  {
    name: "launcher-stop-before-start-is-lost",
    defect: "A request to stop that comes before the child runs is forgotten.",
    seenIn: "andywer/threads.js#461, #316: to terminate before the initialisation hangs",
  },
  (raw) => {
    let started = false;
    return {
      onEvent: (listener) =>
        raw.onEvent((event) => {
          if (event.type === "started") started = true;
          listener(event);
        }),
      ask(reason) {
        if (started) raw.ask(reason);
      },
    };
  },
);
