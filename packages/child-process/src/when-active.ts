// A standby's side: it is up, and waits for the word to begin. Two copies of this module in one process share one wait.

import { fate, say } from "./say.js";
import { beginning, WAITING } from "./standby-words.js";

const KEY = Symbol.for("@steadfast/child-process/active");

/**
 * Settles when this process is to do its work: at once, unless it is a standby (`standby` of `supervise`), which waits
 * here until it is needed.
 *
 * What comes before it is done ahead: modules, caches, connections that several may have. What only one may do (listen on
 * a port, take jobs) comes after it. From then on `STEADFAST_ATTEMPT` and `STEADFAST_GENERATION` are in `process.env`, as in every
 * child. A standby that says `ready()` before, or that closes its channel, is ended. Without a supervisor it settles at once.
 * Keeps the process alive until it settles; a standby whose supervisor is gone ends itself, `stayOnDisconnect` or
 * not. Effect on state: `process.env`. Errors: none.
 *
 * @since 0.1.0
 * @example
 * await whenActive();
 * server.listen(8080, () => ready());
 */
export function whenActive(): Promise<void> {
  const shared = globalThis as { [KEY]?: Promise<void> };
  shared[KEY] ??= begun();
  return shared[KEY];
}

function begun(): Promise<void> {
  const { env } = process;
  // Without a channel of its own it is what a standby has started, not the standby.
  const isStandby = env.STEADFAST_STANDBY !== undefined && process.send !== undefined;
  // What this process starts is no standby of anybody's.
  delete env.STEADFAST_STANDBY;
  if (!isStandby) return Promise.resolve();
  fate.waits = true;
  return new Promise((resolve) => {
    function hear(message: unknown): void {
      const begin = beginning(message);
      if (!begin) return;
      // First of all: with no listener, what comes next is kept for the next one.
      process.off("message", hear);
      fate.waits = false;
      env.STEADFAST_ATTEMPT = `${begin.attempt}`;
      env.STEADFAST_GENERATION = `${begin.generation}`;
      resolve();
    }
    process.on("message", hear);
    if (!say(WAITING)) process.kill(process.pid, "SIGTERM"); // its supervisor is gone already
  });
}
