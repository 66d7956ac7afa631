import type { Exit } from "@steadfast/policy";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { type WorkerLaunchOptions, workerLauncher } from "../../src/index.js";

export const info: LaunchInfo = {
  id: "worker",
  attempt: 1,
  generation: 0,
  cause: "start",
  failures: 0,
};

/** The URL of a module with this code. */
export function code(source: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

/** The URL of a worker beside the tests. */
export function worker(name: string): URL {
  return new URL(`workers/${name}`, import.meta.url);
}

/** A worker that has begun, and everything that it says. */
export interface Watched {
  readonly child: LiveChild<undefined>;
  readonly exited: Promise<Exit<undefined>>;
  readonly heard: readonly ChildSignal[];
  /** The next thing that it says, or said since the last call. Rejects if it ends first. */
  next(): Promise<ChildSignal>;
}

export function start(entry: string | URL, options?: WorkerLaunchOptions): Watched {
  return watch(workerLauncher(entry, options));
}

export function watch(launcher: Launcher<undefined>, launchInfo: LaunchInfo = info): Watched {
  const child = launcher.launch(launchInfo);
  const heard: ChildSignal[] = [];
  let taken = 0;
  let wake = () => {};
  child.onSignal((signal) => {
    heard.push(signal);
    wake();
  });
  return {
    child,
    exited: child.exited,
    heard,
    async next() {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (heard.length === taken) await Promise.race([news, child.exited]);
      const signal = heard[taken];
      if (!signal) throw new Error(`it ended first: ${JSON.stringify(await child.exited)}`);
      taken += 1;
      return signal;
    },
  };
}

/** The messages among what was heard. */
export function messages(heard: readonly ChildSignal[]): unknown[] {
  return heard.flatMap((signal) => (signal.type === "message" ? [signal.message] : []));
}
