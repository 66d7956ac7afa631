// Adapters that speak to the dead, or leave something behind.

import { virtualLauncher } from "../../launcher-laws/virtual-launcher.js";
import { childFault, launcherFault, rawFault } from "./launcher-fault.js";

export const killTwiceThrows = childFault(
  {
    name: "launcher-kill-twice-throws",
    defect: "To kill what is gone throws.",
    seenIn: "Node.js 20 `process.kill(pid)`: ESRCH once the process is gone",
  },
  (child) => {
    let gone = false;
    void child.exited.then(() => {
      gone = true;
    });
    return {
      kill() {
        if (gone) throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
        child.kill();
      },
    };
  },
);

export const killsAStranger = launcherFault(
  {
    name: "launcher-kills-another-process",
    defect: "It kills by a number that may be somebody else's by now.",
    seenIn: "running-process 4.5 knows a process by number and start, since numbers are used again",
  },
  (runtime) => ({
    launch(info) {
      let force = () => {};
      const child = virtualLauncher({
        ...runtime,
        start() {
          const raw = runtime.start();
          force = () => raw.force();
          return raw;
        },
      }).launch(info);
      return { ...child, kill: () => force() };
    },
  }),
);

export const leavesListeners = launcherFault(
  {
    name: "launcher-leaves-listeners",
    defect: "Each attempt adds a listener to what all share, and removes none.",
    seenIn: "sindresorhus/p-retry#71, nodejs/node#47449: MaxListenersExceededWarning",
  },
  (runtime) => {
    const healthy = virtualLauncher(runtime);
    return {
      launch(info) {
        runtime.onHost(() => {});
        return healthy.launch(info);
      },
    };
  },
);

export const leavesTimers = childFault(
  {
    name: "launcher-leaves-timers",
    defect: "A watchdog goes on when there is nothing left to watch, and keeps the host alive.",
    seenIn: "cockatiel 4.0.0: 50 ms into a wait of 800 ms it is aborted, and settles at 805 ms",
  },
  (_, { system }) => {
    system.timers.set(() => {}, 60_000);
    return {};
  },
);

export const lateErrorEscapes = rawFault(
  {
    name: "launcher-late-error-escapes",
    defect:
      "It stops to listen at the exit: an error that comes later has nobody, and ends the host.",
    seenIn: "poolifier 5.3.2: errors of a dead worker escape as uncaught exceptions",
  },
  (raw) => ({
    onEvent(listener) {
      const remove = raw.onEvent((event) => {
        listener(event);
        if (event.type === "exit") remove();
      });
      return remove;
    },
  }),
);

export const speaksAfterExit = childFault(
  {
    name: "launcher-speaks-after-the-exit",
    defect: "What was under way when the child ended is delivered after its exit.",
    seenIn: "Node.js 20 `child_process`: output and messages may follow the `exit`",
  },
  (child, { system }) => ({
    onSignal: (listener) =>
      child.onSignal((signal) => {
        listener(signal);
        if (signal.type !== "message") return;
        void child.exited.then(() => system.timers.set(() => listener(signal), 1));
      }),
  }),
);

export const dropsEarlySignals = launcherFault(
  {
    name: "launcher-drops-early-signals",
    defect: "What the child said before anybody listened is lost: it is never ready.",
    seenIn: "Node.js 20 `EventEmitter`: nothing is kept for who comes later",
  },
  (runtime) => {
    const healthy = virtualLauncher(runtime);
    return {
      launch(info) {
        const child = healthy.launch(info);
        let listener: Parameters<typeof child.onSignal>[0] = () => {};
        child.onSignal((signal) => listener(signal));
        return {
          ...child,
          onSignal(given) {
            listener = given;
          },
        };
      },
    };
  },
);

export const oldSpeaksToNew = launcherFault(
  {
    name: "launcher-old-speaks-to-new",
    defect: "All children of a launcher speak to one listener: an old one is heard as the new one.",
    seenIn: "F1bonacc1/process-compose#530: two processes under one name, one log",
  },
  (runtime) => {
    let listener: (signal: { type: "ready" }) => void = () => {};
    const raws = virtualLauncher({
      ...runtime,
      start() {
        const raw = runtime.start();
        raw.onEvent((event) => {
          if (event.type === "said") listener(event.signal as { type: "ready" });
        });
        return raw;
      },
    });
    return {
      launch(info) {
        const child = raws.launch(info);
        child.onSignal(() => {});
        return {
          ...child,
          onSignal(given) {
            listener = given;
          },
        };
      },
    };
  },
);

export const asksAgain = launcherFault(
  {
    name: "launcher-asks-again",
    defect: "Each request to stop is passed on, and the second one means: at once.",
    seenIn: "vitest-dev/vitest#3407: the first Ctrl+C stops gracefully, the second one at once",
  },
  (runtime) => ({
    launch(info) {
      let ask: (reason: string) => void = () => {};
      const child = virtualLauncher({
        ...runtime,
        start() {
          const raw = runtime.start();
          ask = (reason) => raw.ask(reason);
          return raw;
        },
      }).launch(info);
      let gone = false;
      void child.exited.then(() => {
        gone = true;
      });
      return { ...child, requestStop: (reason) => (gone ? undefined : ask(reason)) };
    },
  }),
);
